"""Rules 1, 3, 5, 6, 7 and 9 beside the fields of the form."""

from dataclasses import replace
from typing import Any

import pytest

from smup.territory import Kind as UnitKind
from smup.training.rules.form import Form, UnitFacts
from smup.training.rules.headcount import Consent
from smup.training.rules.kinds import Kind
from smup.training.rules.queues import QueueKey
from smup.training.rules.settings import EditionSettings

from .making import LIPINKI, broken, form, people, stage, told


def test_a_form_that_keeps_the_rules_is_accepted(edition: EditionSettings) -> None:
    assert broken(form(), edition) == ()


@pytest.mark.parametrize(
    ("circumstances", "expected"),
    [
        ({"already": True}, [(1, "unit_already", "unit")]),
        ({"on_pilot_list": True}, [(1, "unit_in_pilot", "unit")]),
        (
            {"already": True, "on_pilot_list": True},
            [(1, "unit_in_pilot", "unit"), (1, "unit_already", "unit")],
        ),
        ({"unit": None}, [(1, "unit_unknown", "unit")]),
        ({"unit": UnitFacts("12", UnitKind.WOJEWODZTWO)}, [(1, "unit_kind", "unit")]),
        ({"unit": UnitFacts("PL", UnitKind.KRAJ)}, [(1, "unit_kind", "unit")]),
        ({"unit": UnitFacts("1205G", UnitKind.GMINY_POWIATU)}, [(1, "unit_kind", "unit")]),
        ({"unit": UnitFacts("1465", UnitKind.MIASTO)}, []),
        ({"unit": UnitFacts("1205", UnitKind.POWIAT)}, []),
        ({"nip_of_another": True}, [(1, "nip_of_another", "nip")]),
        ({"no_stage": True}, [(3, "no_stage", "stage")]),
    ],
)
def test_each_unit_registers_once_and_no_pilot_unit_at_all(
    edition: EditionSettings,
    circumstances: dict[str, Any],
    expected: list[tuple[int, str, str]],
) -> None:
    assert told(broken(form(), edition, **circumstances)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unit": ""}, (1, "unit_missing", "unit")),
        ({"nip": "  "}, (1, "nip_missing", "nip")),
        ({"nip": "5261040829"}, (1, "nip_checksum", "nip")),
        ({"nip": "0" * 10}, (1, "nip_zeros", "nip")),
        ({"nip": "526104082"}, (1, "nip_length", "nip")),
        ({"nip": "5" * 10_000_000}, (0, "too_long", "nip")),
        ({"office_name": ""}, (9, "office_name_missing", "office_name")),
        ({"office_name": "U" * 201}, (0, "too_long", "office_name")),
        ({"office_name": "U" * 10_000_000}, (0, "too_long", "office_name")),
        ({"office_name": "Urząd\x00Gminy"}, (0, "unwritable", "office_name")),
        ({"office_name": "Urząd\ud800"}, (0, "unwritable", "office_name")),
        ({"office_address": " \n "}, (9, "office_address_missing", "office_address")),
        ({"headcount": None}, (9, "headcount_missing", "headcount")),
        ({"headcount": 0}, (9, "headcount_impossible", "headcount")),
        ({"headcount": -5}, (9, "headcount_impossible", "headcount")),
        ({"headcount": 10**12}, (9, "headcount_impossible", "headcount")),
        ({"contact_name": ""}, (9, "contact_name_missing", "contact_name")),
        ({"contact_name": "Anna \u202eyzc"}, (0, "unwritable", "contact_name")),
        ({"contact_name": "Anna\nBcc: x@y.pl"}, (0, "unwritable", "contact_name")),
        ({"contact_phone": ""}, (9, "contact_phone_missing", "contact_phone")),
        ({"contact_phone": "12345678"}, (9, "phone_invalid", "contact_phone")),
        ({"contact_phone": "1234567890123456"}, (9, "phone_invalid", "contact_phone")),
        ({"contact_phone": "1" * 31}, (0, "too_long", "contact_phone")),
        ({"contact_phone": "zadzwoń 123456789"}, (9, "phone_invalid", "contact_phone")),
        ({"contact_email": ""}, (9, "contact_email_missing", "contact_email")),
        ({"contact_email": "gmina.lipinki.pl"}, (9, "email_invalid", "contact_email")),
        ({"contact_email": "a@b.pl, c@d.pl"}, (9, "email_invalid", "contact_email")),
        ({"contact_email": "gmina@lipinki"}, (9, "email_invalid", "contact_email")),
        ({"contact_email": "a" * 65 + "@lipinki.pl"}, (9, "email_invalid", "contact_email")),
        ({"contact_email": "a" * 245 + "@lipinki.pl"}, (0, "too_long", "contact_email")),
        ({"contact_email": "sołtys@lipinki.pl"}, (9, "email_invalid", "contact_email")),
        ({"contact_email": "a..b@lipinki.pl"}, (9, "email_invalid", "contact_email")),
        ({"accepts_rules": False}, (5, "rules_not_accepted", "accepts_rules")),
        ({"declares_employees": False}, (9, "not_declared", "declares_employees")),
        ({"participants": people(":edukacja")}, (7, "kind_missing", "participants.0.kind")),
        ({"participants": people("online")}, (7, "area_missing", "participants.0.area")),
        (
            {"participants": people("online:geodezja-i-kartografia")},
            (3, "area_not_offered", "participants.0.area"),
        ),
        ({"participants": ()}, (6, "too_few_people", "participants")),
        (
            {"participants": people(*["online:edukacja"] * 2)},
            (6, "too_many_people", "participants"),
        ),
        (
            {"participants": people(*["online:edukacja"] * 51)},
            (6, "far_too_many_people", "participants"),
        ),
    ],
)
def test_one_fault_gives_one_refusal_beside_its_field(
    edition: EditionSettings, changes: dict[str, object], expected: tuple[int, str, str]
) -> None:
    assert told(broken(form(**changes), edition)) == [expected]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("contact_phone", "184477000"),
        ("contact_phone", "+48 18 447 70 00"),
        ("contact_phone", "(18) 447-70-00"),
        ("contact_phone", "600 700 800"),
        ("contact_email", "sekretarz@um.lodz.pl"),
        ("contact_email", "o'hara+smup@xn--d-uga0v.pl"),
        ("contact_email", "urzad@żółw.pl"),
        ("office_name", "U" * 200),
        ("office_name", "Urząd\u00a0Gminy „Lipinki” – św. Jana"),
        ("office_address", "Lipinki 53\r\n38-305 Lipinki"),
        ("nip", "PL 526 10 40 828"),
    ],
)
def test_what_people_do_type_is_accepted(edition: EditionSettings, field: str, text: str) -> None:
    assert broken(form(**{field: text}), edition) == ()


def test_no_refusal_hides_another_and_they_stand_in_the_order_of_the_fields(
    edition: EditionSettings,
) -> None:
    empty = Form("", "", "", "", None, "", "", "", (), False, False)
    found = broken(empty, edition, no_stage=True)
    assert [one.field for one in found] == [
        "stage",
        "unit",
        "nip",
        "office_name",
        "office_address",
        "headcount",
        "contact_name",
        "contact_phone",
        "contact_email",
        "participants",
        "declares_employees",
        "accepts_rules",
    ]


def test_number_and_kinds_are_both_told(edition: EditionSettings) -> None:
    """Three in person in two areas of an office that may send one."""
    three = people("in_person:edukacja", "in_person:edukacja", "in_person:kultura-i-rekreacja")
    assert told(broken(form(participants=three), edition)) == [
        (6, "too_many_people", "participants"),
        (7, "in_person_areas", "participants"),
        (7, "in_person_people", "participants"),
    ]


def test_a_kind_that_the_stage_does_not_offer_is_refused(edition: EditionSettings) -> None:
    online_only = stage(kinds=(Kind.ONLINE,), capacities={QueueKey(Kind.ONLINE): 10})
    sent = form(participants=people("in_person:edukacja"))
    assert told(broken(sent, edition, at=online_only)) == [
        (3, "kind_not_offered", "participants.0.kind")
    ]


def test_consent_changes_the_number_and_rule_seven_follows_it(edition: EditionSettings) -> None:
    """An office of 150 sends two, in person both; with consent three, of whom two in person."""
    three = form(headcount=150, participants=people(*["in_person:edukacja"] * 3))
    consent = Consent(3, "dwie osoby wymieniają się obowiązkami")
    assert told(broken(three, edition, consent=consent)) == [
        (7, "in_person_people", "participants")
    ]
    good = people("in_person:edukacja", "in_person:edukacja", "online:ochrona-srodowiska")
    assert broken(replace(three, participants=good), edition, consent=consent) == ()
    assert told(broken(replace(three, participants=good), edition)) == [
        (6, "too_many_people", "participants")
    ]


def test_a_stage_of_the_reserve_list_takes_no_new_forms(edition: EditionSettings) -> None:
    found = broken(form(), edition, at=stage(only_reserve=True), unit=LIPINKI)
    assert told(found) == [(4, "stage_only_reserve", "stage")]


@pytest.mark.parametrize(("sex", "whole"), [("k", True), ("m", True), ("", False), ("x", False)])
def test_sex_is_missed_only_where_the_edition_asks(
    edition: EditionSettings, sex: str, whole: bool
) -> None:
    sent = form(participants=(replace(people("online:edukacja")[0], sex=sex),))
    assert broken(sent, edition) == ()
    asking = edition.model_copy(update={"ask_sex": True})
    expected = [] if whole else [(9, "sex_missing", "participants.0.sex")]
    assert told(broken(sent, asking)) == expected

"""Setting up an edition: settings, stages, places, the pilot list."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from smup.accounts.actor import SYSTEM
from smup.language.dates import ZONE
from smup.training.rules.queues import Kind, QueueKey
from smup.training.rules.refusal import Refused
from smup.training.rules.settings import SettingsError, edition_text
from smup.training.rules.settings_text import with_values
from tests.helpers.recruiting import form, gminas, nips, send

NOW = datetime(2022, 1, 3, 12, tzinfo=ZONE)
TEXT = edition_text("2022-2023")
ONLINE, SCHOOLS = QueueKey(Kind.ONLINE), QueueKey(Kind.IN_PERSON, "edukacja")


def plan(**more: Any) -> Any:
    from smup.training.actions.setting_up import StagePlan

    good = StagePlan(
        opens=datetime(2022, 1, 10, 9, tzinfo=ZONE),
        closes=datetime(2022, 2, 9, 9, tzinfo=ZONE),
        areas=("edukacja",),
        quarters=("2022-Q1",),
        places={ONLINE: 3, SCHOOLS: 2},
    )
    return replace(good, **more)


def running() -> tuple[Any, Any]:
    """A published edition and its first stage, announced."""
    from smup.training.actions import setting_up, staging

    edition = setting_up.create_edition("2022-2023", TEXT, actor=SYSTEM, now=NOW)
    setting_up.publish(edition, actor=SYSTEM, now=NOW)
    stage = setting_up.create_stage(edition, plan(), actor=SYSTEM, now=NOW)
    return edition, staging.announce(stage, actor=SYSTEM, now=NOW)


def keys(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.key for one in caught.value.refusals]


def test_an_edition_comes_with_its_organisers(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event, Organisation

    edition, _ = running()
    edition.refresh_from_db()
    assert edition.state == "published"
    assert {one.pk for one in Organisation.objects.all()} == {"zmp", "zpp"}
    verbs = list(Event.objects.order_by("pk").values_list("what", flat=True))
    assert verbs == [
        "training.edition.drafted",
        "training.edition.published",
        "training.stage.planned",
        "training.stage.announced",
    ]


@pytest.mark.parametrize("slug", ["", "2022/2023", "Edycja", "-a", "a" * 21])
def test_a_bad_short_name_is_refused(sqlite: dict[str, Any], slug: str) -> None:
    from smup.training.actions import setting_up
    from smup.training.models import Edition

    with pytest.raises(Refused):
        setting_up.create_edition(slug, TEXT, actor=SYSTEM, now=NOW)
    assert not Edition.objects.exists()


def test_bad_settings_are_refused_with_their_line(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import setting_up

    edition, _ = running()
    line = TEXT[: TEXT.index("target_units")].count("\n") + 1
    wrong = TEXT.replace("target_units: 577", "target_units: wiele")
    with pytest.raises(SettingsError) as caught:
        setting_up.change_settings(edition, wrong, why="pomyłka", actor=SYSTEM, now=NOW)
    (sentence,) = caught.value.sentences
    assert sentence.startswith(f"wiersz {line}, target_units: ")
    edition.refresh_from_db()
    assert edition.settings == TEXT


def test_what_decided_about_units_stays_once_they_have_registered(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import setting_up

    edition, stage = running()
    change = setting_up.change_settings
    looser = TEXT.replace("{up_to: 50, people: 1}", "{up_to: 60, people: 1}")
    assert change(edition, looser, why="próg", actor=SYSTEM, now=NOW).rules.headcount[0].up_to == 60
    send(edition, form(gminas(1)[0], next(nips())), stage.opens)
    for bad, key in (
        (TEXT, "setting_fixed"),
        (with_values(looser, {"keeps_turn": False}), "setting_fixed"),
        (looser.replace("  - edukacja\n", ""), "area_in_use"),
    ):
        with pytest.raises(Refused) as caught:
            change(edition, bad, why="zmiana", actor=SYSTEM, now=NOW)
        assert keys(caught) == [key]
    later = with_values(looser, {"agreement_days": 21, "ask_sex": True})
    assert change(edition, later, why="urlopy", actor=SYSTEM, now=NOW).rules.agreement_days == 21


def test_changed_settings_need_a_reason(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import setting_up

    edition, _ = running()
    with pytest.raises(Refused) as caught:
        setting_up.change_settings(edition, TEXT + "# x\n", why=" ", actor=SYSTEM, now=NOW)
    assert keys(caught) == ["reason_missing"]


def test_single_values_are_put_into_the_text_where_they_stand() -> None:
    changed = with_values(TEXT, {"retention_days": 100, "min_attendance": 0.75, "ask_sex": True})
    pairs = zip(TEXT.splitlines(), changed.splitlines(), strict=True)
    assert [new for old, new in pairs if old != new] == [
        "retention_days: 100 # assumption: five years",
        "ask_sex: true",
        "min_attendance: 0.75 # assumption: usual in trainings paid by the European Social Fund",
    ]
    assert with_values("name: x\n", {"offer_days": 3}) == "name: x\noffer_days: 3\n"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"closes": datetime(2022, 2, 9, 8, 59, tzinfo=ZONE)}, "stage_too_short"),
        ({"opens": NOW - timedelta(days=1)}, "opens_before_announcement"),
        ({"quarters": ()}, "no_quarters"),
        ({"places": {ONLINE: 3}, "areas": ()}, "no_areas"),
        (
            {"places": {SCHOOLS: 2, ONLINE: 3, QueueKey(Kind.IN_PERSON, "kultura"): 1}},
            "capacities_incomplete",
        ),
        ({"only_reserve": True}, "only_reserve_too_early"),
    ],
)
def test_a_stage_that_breaks_a_rule_is_not_planned(
    sqlite: dict[str, Any], wrong: dict[str, Any], key: str
) -> None:
    from smup.training.actions import setting_up

    edition = setting_up.create_edition("2022-2023", TEXT, actor=SYSTEM, now=NOW)
    with pytest.raises(Refused) as caught:
        setting_up.create_stage(edition, plan(**wrong), actor=SYSTEM, now=NOW)
    assert key in keys(caught)
    assert not edition.stages.exists()


def test_an_announced_stage_changes_its_places_alone(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import setting_up

    edition, stage = running()
    for code, nip in zip(gminas(3), nips(), strict=False):
        send(edition, form(code, nip), stage.opens)
    with pytest.raises(Refused) as caught:
        setting_up.change_stage(stage, plan(quarters=("2022-Q2",)), actor=SYSTEM, now=NOW)
    assert keys(caught) == ["stage_announced"]
    set_capacity = setting_up.set_capacity
    with pytest.raises(Refused) as caught:
        set_capacity(stage, {ONLINE: 2, SCHOOLS: 2}, why="sala", actor=SYSTEM, now=NOW)
    assert keys(caught) == ["capacity_below_taken"]
    with pytest.raises(Refused) as caught:
        set_capacity(stage, {ONLINE: 4}, why="sala", actor=SYSTEM, now=NOW)
    assert keys(caught) == ["capacities_incomplete"]
    set_capacity(stage, {ONLINE: 4, SCHOOLS: 0}, why="sala", actor=SYSTEM, now=NOW)
    assert sorted(stage.capacities.values_list("kind", "persons")) == [
        ("in_person", 0),
        ("online", 4),
    ]


def test_the_pilot_list_is_what_was_given_last(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import setting_up

    edition, stage = running()
    first, second, third = gminas(3)
    load = setting_up.load_pilot_list
    assert load(edition, [first, second], actor=SYSTEM, now=NOW) == 2
    assert load(edition, [second], actor=SYSTEM, now=NOW) == 1
    assert list(edition.pilot_units.values_list("unit", flat=True)) == [second]
    send(edition, form(third, next(nips())), stage.opens)
    with pytest.raises(Refused) as caught:
        load(edition, [second, third], actor=SYSTEM, now=NOW)
    assert keys(caught) == ["pilot_registered"]
    assert list(edition.pilot_units.values_list("unit", flat=True)) == [second]

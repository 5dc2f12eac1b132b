"""Names of subjects and labels lead to one number, or to a finding with what resembles them."""

from typing import Any

import pytest

from smup.catalogue import CatalogueErrors, Variable
from smup.sources.bdl import accept, read_found
from smup.sources.bdl.wanted import levels_of
from tests.sources.bdl.conftest import Opening
from tests.sources.bdl.desk import ALL_KINDS, PIECES, ROADS, SHARE, variable

SUBJECTS: list[dict[str, Any]] = [
    {
        "id": "P10",
        "name": "Wychowanie przedszkolne - przedszkola",
        "variables": [
            {"id": 1, "labels": ["3-6 lat", "ogółem"], "measure": PIECES, "levels": [6]},
            {"id": 2, "labels": ["ogółem"], "measure": PIECES, "levels": [6]},
            {"id": 3, "labels": ["grunty"], "measure": [9, "km2"], "levels": [6]},
            {"id": 4, "labels": ["dwa razy"], "measure": PIECES, "levels": [6]},
            {"id": 5, "labels": ["Dwa Razy"], "measure": PIECES, "levels": [6]},
        ],
    },
    {
        "id": "P11",
        "name": "Ludność",
        "variables": [{"id": 6, "labels": ["ogółem"], "measure": [1, "osoba"], "levels": [6]}],
    },
]
PRESCHOOLS = "Wychowanie przedszkolne – przedszkola"


def numbered(office: Opening, bdl: dict[str, Any], **other: Any) -> tuple[int | None, str]:
    here = office(variables=(variable("zmienna", bdl, **other),), subjects=SUBJECTS)
    outcome = here.run()
    found = read_found(here.home)
    said = [one.message for one in outcome.findings if one.code == "bdl-nie-znaleziono"]
    return (found["zmienna"].id if found else None), "; ".join(said)


def test_case_diacritics_and_dashes_do_not_matter(office: Opening) -> None:
    bdl = {"subject": PRESCHOOLS, "labels": ["3–6 LAT", "ogolem"]}
    assert numbered(office, bdl) == (1, "")


def test_labels_are_compared_whole(office: Opening) -> None:
    assert numbered(office, {"subject": PRESCHOOLS, "labels": ["ogółem"]}) == (2, "")


def test_a_subject_of_one_variable_needs_no_labels(office: Opening) -> None:
    assert numbered(office, {"subject": "Ludność"}, unit="os") == (6, "")


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "labels that resemble": (
        {"subject": PRESCHOOLS, "labels": ["3-5 lat", "ogółem"]},
        "szt",
        "podobne: 1: 3-6 lat / ogółem",
    ),
    "two of one name": ({"subject": PRESCHOOLS, "labels": ["dwa razy"]}, "szt", "(4, 5)"),
    "a subject that resembles": ({"subject": "Ludnosci"}, "os", "nie ma tematu o tej nazwie"),
    "square kilometres for hectares": (
        {"subject": "P10", "labels": ["grunty"]},
        "ha",
        "jednostkę miary „km2”",
    ),
    "a number nobody knows": ({"id": 999}, "szt", "nie zna numeru 999"),
}


@pytest.mark.parametrize(("bdl", "unit", "told"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_guessed(office: Opening, bdl: dict[str, Any], unit: str, told: str) -> None:
    number, message = numbered(office, bdl, unit=unit)
    assert number is None
    assert told in message


def test_what_was_not_found_is_looked_up_again_after_a_month(office: Opening) -> None:
    lost = variable("zmienna", {"subject": "P11", "labels": ["nowa"]}, unit="os")
    here = office(variables=(lost,), subjects=SUBJECTS)
    here.run()
    here.next_night()
    assert here.run().asked == 1  # the attributes of every night
    for _ in range(31):
        here.next_night()
    assert here.run().asked == 2


def test_accepting_takes_the_chosen_numbers_and_leaves_the_others(office: Opening) -> None:
    here = office(variables=(ROADS, SHARE))
    here.run()
    catalogue = here.root / "catalogue"
    with pytest.raises(ValueError, match="nie czeka"):
        accept(catalogue, here.home, ["nieznana"])
    assert [one.id for one in accept(catalogue, here.home, ["drogi"])] == [101]
    assert set(read_found(here.home)) == {"filie"}
    assert here.run().tables == ("bdl.drogi",)
    assert set(read_found(here.home)) == {"filie"}
    row = (catalogue / "bdl-numbers.csv").read_text("utf-8").splitlines()[-1]
    assert row == (
        "drogi,101,drogi PUBLICZNE / gminne / ogolem,P1,Drogi publiczne,gminne / ogółem,3,szt.,"
        "2026-03-01"
    )


def test_numbers_go_on_waiting_when_a_run_stops_early(office: Opening) -> None:
    here = office(variables=(ROADS, SHARE))
    here.run()
    here.next_night()
    here.serving.change(key="inny")
    assert here.run().unfinished
    assert set(read_found(here.home)) == {"drogi", "filie"}


def test_a_position_changed_in_the_catalogue_waits_for_a_person_again(office: Opening) -> None:
    here = office(variables=(ROADS,))
    here.run()
    here.accept()
    here.run()
    here.variables = (variable("drogi", {"subject": "P1", "labels": ["gminne", "twarde"]}),)
    assert here.run().tables == ("bdl.drogi",)  # taken away: nobody stands for its figures
    assert read_found(here.home)["drogi"].id == 102
    assert not list((here.home / "tables").iterdir())
    here.accept()
    assert here.run().tables == ("bdl.drogi",)


def test_a_broken_row_of_accepted_numbers_is_told_with_its_line(office: Opening) -> None:
    here = office(variables=(ROADS,))
    here.run()
    here.accept()
    path = here.root / "catalogue" / "bdl-numbers.csv"
    path.write_text(path.read_text("utf-8").replace(",101,", ",sto,"), "utf-8")
    with pytest.raises(CatalogueErrors, match=r"bdl-numbers\.csv"):
        here.run()


@pytest.mark.parametrize(
    ("kinds", "additive", "levels"),
    [
        (("gmina", "miasto-na-prawach-powiatu"), True, (6,)),
        (ALL_KINDS, True, (6, 5)),
        (("miasto-na-prawach-powiatu", "powiat"), True, (5,)),
        (("miasto-na-prawach-powiatu", "powiat"), False, (5, 2, 0)),
        (ALL_KINDS, False, (6, 5, 2, 0)),
        (("miasto-na-prawach-powiatu",), True, (5,)),
    ],
)
def test_levels_that_kinds_of_unit_need(
    kinds: tuple[str, ...], additive: bool, levels: tuple[int, ...]
) -> None:
    one: Variable = variable("zmienna", {"id": 1}, kinds=kinds, additive=additive)
    assert levels_of(one) == levels

"""Figures of the national service, fetched from a real server that does what it is known to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from smup.ingest.keys import Units
from smup.panel import STATUS_NAMES, Status
from smup.sources.national import published
from smup.sources.national.answers import Unit, Value
from smup.sources.national.dictionaries import Dictionaries, places
from smup.sources.national.published import UNREAD
from smup.sources.national.reading import Tally, Wanted, lines_of
from smup.sources.provider import Outcome
from smup.territory import Kind
from tests.contract.national import (
    EMPTY_YEAR,
    OF_ALL,
    OF_CITIES,
    OF_GMINAS,
    YEARS,
    codes,
    dictionary,
    figure,
    number,
)
from tests.contract.serving import Serving
from tests.helpers.country import CITY, country
from tests.sources.national import desk

# What the flags of the contract mean, read from it and not from the code under test.
MEANING = {1: "observed", 2: "zero", 3: "below_format", 5: "missing"}
Cell = tuple[int, float | None, str]  # flag, value, status ("" where it could not be read)
ASKED = 2 + 5 + 3 + 3 * 5  # units (till nothing comes), lists, cards, figures of five years
Cells = dict[tuple[str, int, int, str], Cell]


@pytest.fixture
def server() -> Iterator[Serving]:
    with Serving("tests.contract.national:National") as one:
        yield one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return desk.write_root(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def expected() -> Cells:
    """A pair of indicators by kind of unit is one indicator of ours; the third is for both."""
    wanted = {
        OF_GMINAS: ("udzial-uczniow", ("gmina-",)),
        OF_CITIES: ("udzial-uczniow", ("miasto-",)),
        OF_ALL: ("ludnosc", ("gmina-", "miasto-")),
    }
    cells: Cells = {}
    for national, (indicator, kinds) in wanted.items():
        for year in YEARS:
            for code in codes(national, year) if (national, year) != EMPTY_YEAR else ():
                if country().units[code].kind.value.startswith(kinds):
                    flag, value = figure(national, year, code)
                    known = value if MEANING[flag] in ("observed", "zero") else None
                    cells[indicator, national, year, code] = (flag, known, MEANING[flag])
    return cells


def held(home: Path) -> Cells:
    table = published.read(home)
    assert table is not None
    names = {int(status): name for status, name in STATUS_NAMES.items()} | {UNREAD: ""}
    return {
        (indicator, int(national), int(year), unit): (
            int(flag),
            None if value != value else float(value),
            names[int(status)],
        )
        for indicator, national, year, unit, flag, value, status in zip(
            table.indicator,
            table.national,
            table.year,
            table.unit,
            table.flag,
            table.value,
            table.status,
            strict=True,
        )
    }


_ANSWERS = [{"wrapped": True}, {"wrapped": False}, {"empty": "[]"}, {"has_services": False}]


def told(outcome: Outcome, code: str) -> list[str]:
    return [one.message for one in outcome.findings if one.code == code]


def test_every_published_figure_lands_under_our_unit(
    root: Path, home: Path, server: Serving
) -> None:
    outcome = desk.run(root, home, server.address)
    assert held(home) == expected()
    assert {value for _, _, value in expected().values()} == set(MEANING.values())
    assert (outcome.unfinished, outcome.tables, outcome.asked) == ("", ("smup",), ASKED)
    assert set(server.asked().values()) == {1}


def test_rows_that_are_not_ours_are_told_and_left_out(
    root: Path, home: Path, server: Serving
) -> None:
    outcome = desk.run(root, home, server.address)
    assert len(told(outcome, "poza-rodzajem")) == 2  # powiats and województwa
    assert "4 razy, np. 0201034 w 2020" in told(outcome, "czesc-gminy")[0]
    assert "id-teryt 9002" in told(outcome, "brak-kodu")[0]
    assert "id-teryt 123456789" in told(outcome, "nieznana-jednostka")[0]


@pytest.mark.parametrize("settings", _ANSWERS)
def test_both_envelopes_and_both_empty_answers_are_read(
    root: Path, home: Path, server: Serving, settings: dict[str, object]
) -> None:
    server.change(**settings)
    assert desk.run(root, home, server.address).unfinished == ""
    assert held(home) == expected()


@pytest.mark.parametrize("most", [1, 4, 12, 24])
def test_pages_shorter_than_asked_for_are_followed(
    root: Path, home: Path, server: Serving, most: int
) -> None:
    server.change(most=most)
    desk.run(root, home, server.address)
    assert held(home) == expected()
    assert len(published.header(published.path_in(home))["national"]) == 3


def test_a_service_that_ignores_pages_is_not_asked_for_ever(
    root: Path, home: Path, server: Serving
) -> None:
    server.change(ignores_page=True)
    outcome = desk.run(root, home, server.address)
    assert held(home) == expected()
    assert outcome.asked == ASKED


def test_rows_on_two_pages_are_one_figure_and_a_warning_of_lost_ones(
    root: Path, home: Path, server: Serving
) -> None:
    server.change(most=4, unstable=True)
    outcome = desk.run(root, home, server.address)
    assert held(home) == expected()
    assert "innych wierszy może brakować" in told(outcome, "zdublowany-klucz")[0]


def test_an_unknown_flag_is_neither_a_value_nor_a_gap(
    root: Path, home: Path, server: Serving
) -> None:
    server.change(figures={f"{OF_GMINAS} 2023 020101": [9, 44.0]})
    outcome = desk.run(root, home, server.address)
    cell = "udzial-uczniow", OF_GMINAS, 2023, "020101"
    assert held(home) == expected() | {cell: (9, None, "")}
    assert "flaga 9 („nie ma jej w słowniku usługi”)" in told(outcome, "nieznana-flaga")[0]


def test_a_flag_without_words_we_know_is_refused(root: Path, home: Path, server: Serving) -> None:
    server.change(flags={"1": "zjawisko wystąpiło", "3": "coś nowego"})
    outcome = desk.run(root, home, server.address)
    below = {key for key, cell in expected().items() if cell[0] == 3}
    assert {key for key, cell in held(home).items() if cell[2] == ""} == below
    assert all("coś nowego" in text for text in told(outcome, "nieznana-flaga"))


def test_a_number_whose_words_say_another_flag_is_not_believed(
    root: Path, home: Path, server: Serving
) -> None:
    server.change(flags={"1": "zjawisko nie wystąpiło", "2": "zjawisko nie wystąpiło"})
    outcome = desk.run(root, home, server.address)
    assert {cell[2] for cell in held(home).values() if cell[0] == 1} == {""}
    assert "flaga 1 znaczy w słowniku usługi" in told(outcome, "nieznana-flaga")[0]


@pytest.mark.parametrize("cell", [[5, 12.0], [2, 3.0], [1, None]])
def test_a_flag_that_contradicts_its_number_is_not_read(
    root: Path, home: Path, server: Serving, cell: list[float | None]
) -> None:
    server.change(figures={f"{OF_CITIES} 2022 {CITY}": cell})
    outcome = desk.run(root, home, server.address)
    assert held(home)["udzial-uczniow", OF_CITIES, 2022, CITY] == (cell[0], None, "")
    assert f"{CITY} w 2022" in told(outcome, "sprzeczna-flaga")[0]


def test_no_figure_stands_beside_the_flag_of_a_gap(root: Path, home: Path, server: Serving) -> None:
    """Some services write 0 there."""
    server.change(figures={f"{OF_CITIES} 2022 {CITY}": [5, 0]})
    desk.run(root, home, server.address)
    assert held(home)["udzial-uczniow", OF_CITIES, 2022, CITY] == (5, None, "missing")


def test_a_city_that_stands_as_gmina_and_as_powiat_must_say_the_same() -> None:
    units = places([Unit.model_validate(one) for one in dictionary()], Units(country()))
    known = Dictionaries({1: Status.OBSERVED}, {}, units, YEARS, {}, 5000)
    one = Wanted(OF_CITIES, "udzial-uczniow", frozenset({Kind.MIASTO}))

    def read(*figures: float) -> tuple[list[float | None], list[str]]:
        rows = [
            Value.model_validate(
                {"id": OF_CITIES, "id-daty": 20221231, "id-teryt": number(code), "id-flaga": 1}
                | {"wartosc": value, "precyzja": 0}
            )
            for code, value in zip((CITY, "0461P"), figures, strict=True)
        ]
        tally = Tally()
        lines = list(lines_of(rows, one, known, country(), tally))
        return [line.value for line in lines], [it.code for it in tally.findings()]

    assert read(7.0, 7.0) == ([7.0], ["powtorzony-wiersz"])
    assert read(7.0, 8.0) == ([], ["sprzeczne-wiersze"])

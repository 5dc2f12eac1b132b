"""What a single row means: money, codes, whose it is."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.catalogue.models import Budget
from smup.ingest.figures import Notes
from smup.sources.budget.amounts import MOST, NotMoney, grosze
from smup.sources.budget.bodies import Body, Nobody, unit_of
from smup.sources.budget.forms import reports
from smup.sources.budget.positions import unknown_paragraphs
from smup.sources.budget.raw import Raw, raw_of
from smup.sources.budget.rows import repeated, rows_of
from tests.contract.bestia import polish
from tests.helpers.country import country


def texts(*cells: str | None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, pa.string())])


@given(st.lists(st.integers(-MOST, MOST), min_size=1))
def test_amounts_come_back_to_the_grosz(amounts: list[int]) -> None:
    assert grosze(texts(*map(polish, amounts))).tolist() == amounts
    plain = [str(Decimal(amount) / 100) for amount in amounts]
    assert grosze(texts(*plain)).tolist() == amounts


def test_writings_of_amounts() -> None:
    cells = ("1 000,00", "1\u00a0000,5", " 7 ", "-3,10", "\u22123,10", "", None, "0")
    assert grosze(texts(*cells)).tolist() == [100000, 100050, 700, -310, -310, 0, 0, 0]


@pytest.mark.parametrize(
    "cell", ["x", "1e5", "1,234", "12 34,00", "1.000,00", "nan", "inf", "--1", "9" * 30, "0x10"]
)
def test_what_is_no_amount(cell: str) -> None:
    with pytest.raises(NotMoney) as caught:
        grosze(texts("1,00", "2,00", cell))
    assert caught.value.row == 2


def test_two_writings_in_one_column_are_refused() -> None:
    with pytest.raises(NotMoney):
        grosze(texts("1,50", "1.50"))


@pytest.mark.parametrize(
    ("codes", "unit"),
    [
        (("02", "01", "01", "1", "1"), "020101"),
        (("2", "1", "1", "1", "1"), "020101"),  # zeros a spreadsheet lost
        (("02", "01", "00", "0", "1"), "0201"),
        (("02", "01", "00", "", ""), "0201"),
        (("04", "61", "00", "0", "2"), "0461"),
        (("02", "01", "01", "Z", "1"), "rb-zwiazek"),
        (("02", "01", "00", "0", "7"), "rb-zwiazek"),
        (("02", "01", "00", "0", "8"), "rb-zwiazek"),
        (("02", "00", "00", "0", "0"), "wiersz-spoza-podzialu"),
        (("02", "01", "00", "0", "2"), "nieczytelny-kod"),  # a city, says the type
        (("04", "61", "00", "0", "1"), "nieczytelny-kod"),  # no city, says the type
        (("02", "01", "01", "4", "1"), "nieczytelny-kod"),
        (("02", "01", "", "1", "1"), "nieczytelny-kod"),
        (("02", "x1", "01", "1", "1"), "nieczytelny-kod"),
        (("02", "01", "99", "1", "1"), "nieznana-jednostka"),
    ],
)
def test_whose_report_it_is(codes: tuple[str, str, str, str, str], unit: str) -> None:
    found = unit_of(Body(*codes, "1", "X"), country())
    assert (found.code if isinstance(found, Nobody) else found) == unit


def spending(*rows: tuple[str, ...]) -> Raw:
    headers = ("WK", "PK", "GK", "GT", "PT", "DZIAL", "ROZDZIAL", "PARAGRAF", "P4", "WW")
    columns = {header: texts(*(row[at] for row in rows)) for at, header in enumerate(headers)}
    return raw_of(reports()["mf-rb-28s"], columns, "test")


BREG = ("02", "01", "01", "1", "1")


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (("801", "80101", "401", "0"), (801, 80101, 401, 0)),
        (("801", "80101", "401", "7"), (801, 80101, 401, 7)),
        (("801", "80101", "4017", ""), (801, 80101, 401, 7)),
        (("801", "80101", "4017", "7"), (801, 80101, 401, 7)),
        (("10", "1008", "430", "0"), (10, 1008, 430, 0)),
        (("801", "80101", "4017", "0"), None),  # the two fourth digits disagree
        (("801", "85401", "401", "0"), None),  # a chapter of another division
        (("801", "80101", "40", "x"), None),
        (("", "", "401", "0"), None),
    ],
)
def test_classification(codes: tuple[str, ...], told: tuple[int, ...] | None) -> None:
    notes = Notes("mf-rb-28s", "test")
    rows = rows_of(spending((*BREG, *codes, "1,00")), 2024, country(), notes)
    if told is None:
        assert [f.code for f in notes.findings()] == ["rb-nieczytelna-klasyfikacja"]
        assert rows.units == ()
        return
    columns = (rows.division, rows.chapter, rows.paragraph, rows.financing)
    assert tuple(int(column[0]) for column in columns) == told
    assert rows.sums("wykonanie").tolist() == [100]


def test_a_row_that_stands_twice_takes_the_report_out() -> None:
    other = ("02", "01", "02", "2", "1")
    raw = spending(
        (*BREG, "801", "80101", "401", "0", "1,00"),
        (*other, "801", "80101", "401", "0", "1,00"),
        (*BREG, "801", "80101", "401", "0", "2,00"),
    )
    assert repeated(raw) == "powtórzone wiersze: 1"
    notes = Notes("mf-rb-28s", "test")
    rows = rows_of(raw, 2024, country(), notes)
    assert rows.units == ("020102",)
    assert [(f.code, f.unit) for f in notes.findings()] == [("zdublowany-klucz", "020101")]


@pytest.mark.parametrize(("unit", "year"), [("020104", 2022), ("040104", 2022)])
def test_units_of_other_years_do_not_land(unit: str, year: int) -> None:
    codes = (unit[:2], unit[2:4], unit[4:], "2", "1")
    notes = Notes("mf-rb-28s", "test")
    rows = rows_of(spending((*codes, "801", "80101", "401", "0", "1,00")), year, country(), notes)
    assert rows.units == ()
    code = "zniesiona-jednostka" if unit == "020104" else "przyszla-jednostka"
    assert [f.code for f in notes.findings()] == [code]


def test_every_sum_is_exact_to_the_grosz() -> None:
    amounts = np.random.default_rng(9).integers(-(10**11), 10**11, 500)
    raw = spending(
        *(
            (*BREG, "801", f"80{100 + n // 10}", f"4{n % 10:02}", "0", polish(int(amount)))
            for n, amount in enumerate(amounts)
        )
    )
    rows = rows_of(raw, 2024, country(), Notes("", ""))
    assert rows.sums("wykonanie").tolist() == [int(amounts.sum())]


def test_the_empty_classification_knows_no_kind() -> None:
    rows = rows_of(
        spending((*BREG, "801", "80101", "401", "0", "1,00")), 2024, country(), Notes("", "")
    )
    assert unknown_paragraphs(rows, Budget()) == {401: 1}

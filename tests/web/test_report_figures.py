"""Every figure in the tables of a unit report, as its PDF says them, against the API."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.test.client import Client
from pypdf import PdfReader

from smup.catalogue import Indicator
from smup.documents.blocks import DataTable
from smup.documents.document import tables_of
from smup.documents.pdf import report_pdf
from smup.reports.compose import compose
from smup.reports.definition import Definition, Kind
from smup.store.releases import Release

VILLAGE, TOWN, MIXED, CITY, POWIAT = "020102", "020101", "020105", "0261", "0201"
BESIDE = {
    "sąsiedzi": "neighbours",
    "grupa": "group",
    "podobne": "peers",
    "powiat": "powiat",
    "woj.": "wojewodztwo",
    "kraj": "kraj",
}


def without_breaks(said: str) -> str:
    """Without what the end of a line adds: spaces and hyphens."""
    return re.sub(r"[\s\u00ad-]", "", said)


def in_polish(value: float, decimals: int) -> str:
    """Half away from zero, a comma, thousands apart by no-break spaces, a real minus."""
    whole = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if whole == 0:
        whole = abs(whole)
    return f"{whole:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",").replace("-", "−")


def named(release: Release) -> dict[str, Indicator]:
    """By the name a table says; of a name two indicators share, none."""
    found: dict[str, Indicator | None] = {}
    for one in release.catalogue.shown:
        found[one.name.pl] = None if one.name.pl in found else one
    return {name: one for name, one in found.items() if one is not None}


def standings(tables: list[DataTable]) -> list[DataTable]:
    return [one for one in tables if one.columns[:3] and one.columns[1].title == "Wartość"]


@pytest.mark.parametrize("unit", [VILLAGE, TOWN, MIXED, CITY, POWIAT])
@pytest.mark.parametrize("kind", [Kind.UNIT, Kind.PROFILE])
def test_every_value_is_in_the_pdf_and_is_that_of_the_api(
    client: Client, release: Release, unit: str, kind: Kind
) -> None:
    document = compose(release, Definition(kind=kind, units=(unit,)))
    reader = PdfReader(io.BytesIO(report_pdf(document)))
    said = without_breaks("".join(page.extract_text() for page in reader.pages))
    tables, known, checked = standings(tables_of(document)), named(release), 0
    for table in tables:
        for row in table.rows:
            assert without_breaks("".join(cell.text for cell in row)) in said, row[0].text
            indicator = known.get(row[0].text.split(" [")[0])
            if indicator is None:
                continue
            asked = f"/api/v1/data?indicator={indicator.id}&unit={unit}"
            newest = latest(client.get(asked).json()["rows"])
            if newest is None:
                assert row[1].gap
                assert row[1].value is None
                continue
            assert row[1].text == in_polish(newest["value"], indicator.decimals)
            assert row[2].text.split(" ")[0] == str(newest["year"])
            checked += 1
    assert checked >= (20 if kind is Kind.UNIT else 5)


@pytest.mark.parametrize("unit", [VILLAGE, CITY])
def test_medians_and_places_are_those_of_the_api(
    client: Client, release: Release, unit: str
) -> None:
    document = compose(release, Definition(kind=Kind.PROFILE, units=(unit,)))
    known, checked = named(release), 0
    for table in standings(tables_of(document)):
        for row in table.rows:
            indicator = known.get(row[0].text.split(" [")[0])
            if indicator is None or row[1].gap:
                continue
            asked = {"unit": unit, "indicator": indicator.id, "year": row[2].text[:4]}
            told = client.get("/api/v1/compare", asked).json()
            medians = {one["id"]: one["median"] for one in told["comparators"]}
            for column, cell in zip(table.columns, row, strict=True):
                if column.title not in BESIDE or cell.value is None:
                    continue
                median = medians[BESIDE[column.title]]
                assert cell.text == in_polish(median, indicator.decimals), (row[0].text, column)
                checked += 1
    assert checked >= 10


def latest(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    known = [row for row in rows if row["value"] is not None]
    return max(known, key=lambda row: row["year"], default=None)

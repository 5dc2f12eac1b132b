"""Pages of units: places counted again from the release, findings, files, every kind of unit."""

import csv
import io
import re

import pytest
from django.test.client import Client
from python_calamine import CalamineWorkbook

from smup.catalogue import Indicator
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release
from smup.telling.units.standing import standings
from smup.territory import Level
from tests.web.pages import in_english, words

pytestmark = pytest.mark.xdist_group("site")

KINDS = (
    "PL", "02", "0201", "0201G", "1465", "1465?rola=powiat", "020101", "020102", "320304",
    "120713", "1431",
)  # fmt: skip


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def values_of(release: Release, indicator: Indicator, year: int) -> dict[str, float]:
    """Every unit's value in one year, by plain Python."""
    panel = release.indicators
    at = panel.item_index[indicator.id], panel.year_index[year]
    return {
        unit: float(value)
        for unit, value, status in zip(panel.units, panel.values[at], panel.status[at], strict=True)
        if status < FIRST_GAP
    }


@pytest.mark.parametrize("code", ["020101", "020102", "061901", "0201", "1412", "1465"])
def test_places_are_those_among_the_peers(release: Release, code: str) -> None:
    """Each place, counted again among the frozen peers by plain Python."""
    unit, checked = release.territory.units[code], 0
    indicators = [i for i in release.catalogue.indicators_of() if release.years_of(i.id)]
    for one in standings(release, unit, indicators, None):
        if one.year is None or one.beside is None or not one.has_place:
            continue
        values = values_of(release, one.indicator, one.year)
        own, peers = values[code], release.peers(code, one.indicator.area).codes
        others = [values[c] for c in peers if c in values]
        best_first = one.indicator.better != "lower"
        ahead = sum(v > own if best_first else v < own for v in others)
        rank = one.beside.rank
        assert (rank.position, rank.with_data, rank.tied) == (
            ahead + 1, len(others) + 1, others.count(own) + 1,
        ), one.indicator.id  # fmt: skip
        assert one.beside.compared == len(others) >= 7
        checked += 1
    assert checked > 20


@pytest.mark.parametrize("code", ["1465", "02"])
def test_the_table_of_services_shows_these_places(
    client: Client, release: Release, code: str
) -> None:
    html, unit = page(client, f"/jst/{code}"), release.territory.units[code]
    told = re.findall(rf'href="/jst/{code}/wskaznik/([a-z0-9-]+)"><svg.*?class="at">([^<]+)<', html)
    assert told
    chosen = [release.catalogue.indicators[one] for one, _ in told]
    for one, (_, shown) in zip(standings(release, unit, chosen, None), told, strict=True):
        assert one.beside is not None
        rank = one.beside.rank
        first, _, last = shown.partition(" z ")[0].partition("–")
        assert int(first) == rank.position
        assert int(last or first) - int(first) + 1 == rank.tied
        assert int(shown.partition(" z ")[2]) == rank.with_data


@pytest.mark.parametrize("code", ["020101", "0201", "1465"])
def test_a_finding_is_far_from_the_peers_and_never_of_what_is_not_judged(
    client: Client, release: Release, code: str
) -> None:
    html = page(client, f"/jst/{code}")
    section = html.partition('class="findings"')[2].partition("</section>")[0]
    for one in re.findall(rf"/jst/{code}/wskaznik/([a-z0-9-]+)", section):
        indicator = release.catalogue.indicators[one]
        assert indicator.better != "neither"
        assert indicator.service is not None


@pytest.mark.parametrize("code", ["320304", "1431", "PL", "0201G"])
def test_without_places_there_are_no_findings(client: Client, code: str) -> None:
    assert 'class="findings"' not in page(client, f"/jst/{code}")


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_kind_of_unit_has_its_pages(client: Client, code: str, language: str) -> None:
    unit, _, query = code.partition("?")
    address = f"/jst/{unit}/usluga/szkoly-podstawowe?{query}"
    for one in (f"/jst/{code}", address):
        html = page(client, in_english(one) if language == "en" else one)
        assert len(re.findall("<h1", html)) == 1
        assert len(html) < 120_000


def test_an_area_without_any_value_is_told_in_one_line(client: Client) -> None:
    text = words(page(client, "/jst/1465"))
    assert "Obszary bez danych" in text
    assert "Drogownictwo i transport 39 wskaźników czeka na dane" in text


def test_the_role_of_a_city_stays_on_the_page_and_in_its_links(client: Client) -> None:
    html = page(client, "/jst/1465?rola=powiat")
    assert "jako powiat" in words(html).partition("Kod TERYT")[0]
    assert "/jst/1465/usluga/szkoly-podstawowe?rola=powiat" in html
    service = page(client, "/jst/1465/usluga/szkoly-podstawowe?rola=powiat")
    assert 'href="/jst/1465/usluga/szkoly-podstawowe?rola=gmina"' in service


@pytest.mark.parametrize("asked", ["?obszar=nie-ma", "?rola=x", "?obszar=%3Cscript%3E&rola=powiat"])
def test_absurd_parameters_change_nothing(client: Client, asked: str) -> None:
    """Of the page itself; its foot may name the address as it was asked."""
    plain, strange = (
        page(client, address).partition("<main")[2].partition("</main>")[0]
        for address in ("/jst/020101", f"/jst/020101{asked}")
    )
    assert strange == plain


def test_a_service_shows_the_medians_of_everybody(client: Client, release: Release) -> None:
    """The medians beside pupils per teacher, from plain lists of values."""
    indicator = release.catalogue.indicators["uczniowie-na-nauczyciela-szkoly-podstawowe"]
    year = release.default_year(indicator.id, Level.GMINA)
    assert year is not None
    values, units = values_of(release, indicator, year), release.territory.units
    neighbours = release.territory.neighbours["020101", Level.GMINA]
    powiat = [c for c, u in units.items() if u.powiat == "0201" and u.level is Level.GMINA]
    text = words(page(client, "/jst/020101/usluga/szkoly-podstawowe"))
    for name, codes in (
        ("sąsiedzi", neighbours),
        ("jednostki podobne", release.peers("020101", indicator.area).codes),
        ("powiat bolesławiecki", powiat),
    ):
        known = sorted(values[code] for code in codes if code in values)
        half = len(known) // 2
        median = known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
        shown = f"{median:.2f}".replace(".", ",")
        assert f"{name} {shown} " in text


def test_gaps_give_their_reason_and_lead_to_its_explanation(client: Client) -> None:
    html = page(client, "/jst/320304/usluga/szkoly-podstawowe")
    assert "Brak danych: jednostka wtedy nie istniała" in words(html)
    assert 'class="why" href="/metodologia#' in html


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_file_of_a_unit_holds_its_values(
    client: Client, release: Release, language: str
) -> None:
    prefix, mark, point = ("", ";", ",") if language == "pl" else ("/en", ",", ".")
    response = client.get(f"{prefix}/jst/020101/dane.csv")
    assert response["Content-Disposition"].endswith(f'smup-020101-{release.id}.csv"')
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=mark))
    head, rows = lines[0], lines[1:]
    assert len(head) == 13
    told = {(row[0], int(row[6])): row for row in rows}
    assert len(told) == len(rows)
    for one in ("ludnosc", "urodzenia-na-1000", "egzamin-osmoklasisty-matematyka"):
        for year, value, _, _ in release.series(one, "020101"):
            if value is not None:
                assert float(told[one, year][7].replace(point, ".")) == value
    known = [row for row in rows if row[7]]
    assert known
    assert all(bool(row[7]) != bool(row[8]) for row in rows)  # a value, or a reason


def test_the_workbook_says_the_same_as_the_text(client: Client, release: Release) -> None:
    text = client.get("/jst/0201/dane.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/jst/0201/dane.xlsx").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert len(sheet) == len(lines)
    assert [str(cell) for cell in sheet[0]] == lines[0]
    for row, line in zip(sheet[1:], lines[1:], strict=True):
        assert row[0] == line[0]
        assert (row[7] == "") == (line[7] == "")
        if line[7]:
            assert float(row[7]) == pytest.approx(float(line[7].replace(",", ".")))
    assert release.id in str(book.get_sheet_by_index(1).to_python())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/jst/020101/dane.pdf", 404),
        ("/jst/9999/dane.csv", 404),
        ("/jst/146501/dane.csv", 301),
        ("/jst/020101/usluga/nie-ma", 404),
        ("/jst/9999/usluga/biblioteki", 404),
    ],
)
def test_addresses_that_lead_nowhere_say_so(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status

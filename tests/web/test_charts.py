"""Figures by address: the picture of the page, its numbers as files, small pages for frames."""

import csv
import html
import io
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import altair as alt
import pytest
from django.test.client import Client
from python_calamine import CalamineWorkbook

from smup.store.releases import Release

SVG = "{http://www.w3.org/2000/svg}"
TREND = "jst=1465&wskaznik=ludnosc"
CITIES = "jst=1465,0264,1261,2262"
TOO_MANY = ",".join(str(code) for code in range(500))
EVERY_KIND = (
    f"trend?{TREND}",
    f"porownanie?{TREND}",
    f"zmiana?{TREND}",
    "rozklad?wskaznik=ludnosc&poziom=powiat&rok=2010&jst=1465,0264",
    "lejek?wskaznik=udzial-alarmow-falszywych&poziom=powiat",
    f"rozrzut?wskaznik=gestosc-zaludnienia,urodzenia-na-1000,ludnosc&{CITIES}",
    f"linie?wskaznik=ludnosc&{CITIES}",
    f"kropki?wskaznik=ludnosc&{CITIES}&lata=2010,2020",
    f"slupki?wskaznik=ludnosc&{CITIES}&rok=2020",
    f"male-wykresy?wskaznik=ludnosc&{CITIES}",
    "male-wykresy?wskaznik=ludnosc,bezrobotni-zarejestrowani&jst=1465",
)


def address(asked: str, form: str, prefix: str = "") -> str:
    kind, _, query = asked.partition("?")
    return f"{prefix}/wykres/{kind}.{form}?{query}"


@pytest.mark.parametrize("asked", EVERY_KIND)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_picture_stands_alone(client: Client, release: Release, asked: str, prefix: str) -> None:
    answer = client.get(address(asked, "svg", prefix))
    assert answer.status_code == 200, answer.content.decode()[-900:]
    assert answer["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(answer.content)
    words = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert ("Źródło: " if not prefix else "Source: ") in words
    assert release.id in words
    assert float(root.attrib["width"]) == 768


@pytest.mark.parametrize("asked", EVERY_KIND)
def test_a_specification_is_valid(client: Client, asked: str) -> None:
    answer = client.get(address(asked, "json"))
    spec = answer.json()
    alt.Chart.from_dict(spec)
    assert spec["data"]["values"]


@pytest.mark.parametrize("asked", EVERY_KIND)
def test_csv_and_xlsx_hold_the_same_numbers(client: Client, asked: str) -> None:
    rows = polish_csv(client.get(address(asked, "csv")).content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address(asked, "xlsx")).content))
    sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert len(sheet) == len(rows) > 1
    for one, other in zip(rows[1:], sheet[1:], strict=True):
        for text, cell in zip(one, other, strict=True):
            if isinstance(cell, float):
                assert float(text.replace(",", ".")) == pytest.approx(cell, abs=0.51)
            else:
                assert text == cell


def polish_csv(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    text = body.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_numbers_are_those_of_the_release(client: Client, release: Release) -> None:
    rows = polish_csv(
        client.get(address("trend?jst=0264&wskaznik=bezrobotni-na-1000-mieszkancow", "csv")).content
    )
    got = {row[4]: row[5] for row in rows if row[0] == "0264"}
    for year, value, _, _ in release.series("bezrobotni-na-1000-mieszkancow", "0264"):
        shown = "" if value is None else f"{value:.1f}".replace(".", ",")
        assert got[str(year)] == shown
    assert got["2022"].count(",") == 1


def test_a_gap_is_empty_and_has_its_reason(client: Client) -> None:
    rows = polish_csv(client.get(address(f"trend?{TREND}", "csv")).content)
    first = next(row for row in rows if row[0] == "1465" and row[4] == "1995")
    assert first[5] == ""
    assert first[6] == "jednostka wtedy nie istniała"


def test_english_files_have_english_numbers(client: Client) -> None:
    body = client.get(
        address("trend?jst=0264&wskaznik=bezrobotni-na-1000-mieszkancow", "csv", "/en")
    ).content
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0][1] == "Unit"
    assert re.fullmatch(r"\d+\.\d", rows[1][5])


def test_the_note_sheet_says_what_and_whence(client: Client, release: Release) -> None:
    body = client.get(address(f"trend?{TREND}", "xlsx")).content
    notes = dict(
        row[:2]
        for row in CalamineWorkbook.from_filelike(io.BytesIO(body))
        .get_sheet_by_index(1)
        .to_python()
    )
    assert notes["Wydanie"] == release.id
    assert "Główny Urząd Statystyczny" in notes["Źródło"]
    assert notes["Tytuł"].startswith("Warszawa")


def test_a_png_is_twice_as_sharp_and_has_letters(client: Client) -> None:
    body = client.get(address(f"slupki?wskaznik=ludnosc&{CITIES}&rok=2020", "png")).content
    assert body.startswith(b"\x89PNG")
    width = int.from_bytes(body[16:20], "big")
    assert width == 2 * 768
    assert len(body) > 20_000  # without letters it would be a few kB


@pytest.mark.parametrize("page", ["/jst/1465/wskaznik/ludnosc", "/wskaznik/ludnosc?poziom=powiat"])
def test_pages_offer_their_figures_and_the_addresses_draw_the_same(
    client: Client, page: str
) -> None:
    text = client.get(page).content.decode()
    found = [html.unescape(a) for a in re.findall(r'href="(/wykres/[^"]+\.svg\?[^"]+)"', text)]
    assert len(found) >= 2
    for one in (each for each in found if not each.startswith("/wykres/mapa")):
        drawn = client.get(one).content.decode()
        inner = re.search(r'<svg class="chart".*</svg>', drawn, re.S)
        assert inner is not None
        description = re.search(r"<desc[^>]*>(.*?)</desc>", inner[0])
        assert description is not None
        assert description[1] in text


def test_files_have_speaking_names(client: Client) -> None:
    answer = client.get(address(f"trend?{TREND}", "xlsx"))
    assert answer["Content-Disposition"] == 'attachment; filename="trend-1465-ludnosc-gmina.xlsx"'
    assert client.get(address(f"trend?{TREND}", "svg"))["Content-Disposition"].startswith("inline")


def test_the_api_gives_the_same_picture(client: Client) -> None:
    ours = client.get(address(f"trend?{TREND}", "svg"))
    theirs = client.get(f"/api/v1/charts/trend.svg?{TREND}")
    assert theirs.content == ours.content
    assert theirs["Access-Control-Allow-Origin"] == "*"


def test_only_the_small_page_may_be_framed(client: Client, release: Release) -> None:
    framed = client.get(f"/osadz/trend?{TREND}")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    text = framed.content.decode()
    assert 'href="/jst/1465/wskaznik/ludnosc?rola=gmina"' in text
    assert release.id in text
    page = client.get("/jst/1465/wskaznik/ludnosc")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    codes = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.S)
    (code,) = [one for one in codes if "/osadz/trend?" in one]
    frame = ET.fromstring(html.unescape(code).replace("&", "&amp;"))
    to = urlsplit(frame.attrib["src"])
    assert to.path == "/osadz/trend"
    assert parse_qs(to.query)["jst"] == ["1465"]
    assert frame.attrib["title"].startswith("Warszawa")


def test_a_known_small_page_keeps_its_permission(client: Client) -> None:
    first = client.get(f"/osadz/trend?{TREND}")
    again = client.get(f"/osadz/trend?{TREND}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "frame-ancestors *" in again["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("/wykres/nic.svg", 404, "trend"),
        ("/wykres/trend.gif?jst=1465", 404, "trend"),
        ("/wykres/trend.svg", 400, "jst"),
        ("/wykres/trend.svg?jst=1465", 400, "wskaznik"),
        ("/wykres/trend.svg?jst=9999999&wskaznik=ludnosc", 404, "9999999"),
        ("/wykres/trend.svg?jst=1465&wskaznik=ludnos", 404, "Ludność"),
        ("/wykres/trend.svg?jst=1465&wskaznik=urodzenia-na-1000", 400, "2024"),
        ("/wykres/rozrzut.svg?wskaznik=ludnosc", 400, "dwa wskaźniki"),
        (f"/wykres/linie.svg?wskaznik=ludnosc&jst={TOO_MANY}", 400, "najwyżej 10"),
        ("/wykres/linie.svg?wskaznik=ludnosc&jst=<script>alert(1)</script>", 404, "&lt;script&gt;"),
        ("/osadz/nic", 404, "trend"),
        ("/osadz/trend?jst=1465", 400, "wskaznik"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_explained(
    client: Client, asked: str, status: int, said: str
) -> None:
    answer = client.get(asked)
    assert answer.status_code == status
    text = answer.content.decode()
    assert said in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("years", ["0", "9999-1", "abc", "2010-", "-", "٢٠١٠", "2010-2012-2014"])
def test_absurd_years_draw_something(client: Client, years: str) -> None:
    assert (
        client.get(
            "/wykres/linie.svg", {"wskaznik": "ludnosc", "jst": "1465", "lata": years}
        ).status_code
        == 200
    )


def test_correlation_and_line_are_those_of_others(release: Release) -> None:
    from scipy.stats import linregress

    from smup.telling.charts.scattering import fit

    panel = release.indicators
    rows = [
        panel.values[panel.item_index[name], panel.year_index[2024]]
        for name in ("ludnosc", "urodzenia-na-1000")
    ]
    import numpy as np

    x, y = np.array(rows)[:, ~np.isnan(np.array(rows)).any(axis=0)]
    ours, theirs = fit(x, y), linregress(x, y)
    assert ours is not None
    assert (ours.n, ours.r) == (len(x), pytest.approx(theirs.rvalue))
    assert ours.slope == pytest.approx(theirs.slope)
    assert ours.intercept == pytest.approx(theirs.intercept)
    assert fit(x[:7], y[:7]) is None
    assert fit(np.ones(9), y[:9]) is None


def test_spreadsheets_take_no_words_for_formulas() -> None:
    from smup.present.data import Column, Data, Plot
    from smup.telling.charts.files import csv_file

    data = Data(
        (Column("a", "=A1"), Column("b", "b", 1)), (("=1+1", -1.5), ("@x", None)), Plot("bar")
    )
    assert csv_file(data, "pl").decode("utf-8-sig") == "'=A1;b\r\n'=1+1;-1,5\r\n'@x;\r\n"


def test_a_scatter_counts_the_units_of_its_year(client: Client) -> None:
    """380 powiats of 2022; the register also holds two that ended twenty years before."""
    asked = "wskaznik=ludnosc,dzieci-w-zlobkach&poziom=powiat&rok=2022"
    page = client.get(f"/osadz/rozrzut?{asked}").content.decode()
    assert "Wartość ma 376 z 380 jednostek." in page

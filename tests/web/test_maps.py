"""Maps of the portal: classes, circles, zoom, two side by side, what the script loads, files."""

import re
from collections import Counter
from html import unescape
from itertools import pairwise
from typing import Any

import brotli
import pytest
from django.test.client import Client

from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release
from smup.territory import Level

pytestmark = pytest.mark.xdist_group("site")

POWIATS = "/wskaznik/ludnosc?poziom=powiat&rok=2024"
VALUES = "/wskaznik/ludnosc/mapa.json?poziom=powiat&rok="


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def values_of(client: Client, address: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(address).json()
    return found


def figures(release: Release, indicator: str, year: int, level: Level) -> dict[str, float]:
    """Known values of a level, read straight from the panel."""
    panel = release.indicators
    at = panel.item_index[indicator], panel.year_index[year]
    return {
        unit.code: float(panel.values[at][panel.unit_index[unit.code]])
        for unit in release.territory.of_level(level)
        if panel.status[at][panel.unit_index[unit.code]] < FIRST_GAP
    }


def shape_of(client: Client, page: str) -> dict[str, Any]:
    found = re.search(r'data-map="([^"]+)"', page)
    assert found
    answer = client.get(found[1])
    assert "immutable" in answer["Cache-Control"]
    shape: dict[str, Any] = answer.json()
    return shape


def test_the_script_gets_one_class_and_one_word_a_unit(client: Client, release: Release) -> None:
    shape = shape_of(client, read(client, POWIATS))
    told = values_of(client, VALUES + "2024")
    n = len(shape["codes"])
    assert (
        len(told["keys"]) == len(told["words"]) == len(shape["names"]) == len(shape["paths"]) == n
    )
    assert len(shape["points"]) == 2 * n
    warsaw = shape["codes"].index("1465")
    value = figures(release, "ludnosc", 2024, Level.POWIAT)["1465"]
    assert re.sub(r"\D", "", told["words"][warsaw]) == f"{value:.0f}"
    assert told["keys"][warsaw] == "4"


def test_classes_hold_equal_numbers_in_the_year_they_are_made_from(client: Client) -> None:
    counts = values_of(client, VALUES + "2024")["counts"]
    assert sum(counts) == 380
    assert all(70 <= count <= 82 for count in counts if count)


@pytest.mark.parametrize("cut", ["", "&klasy=jenks", "&klasy=rowne", "&klasy=wlasne&progi=50000"])
def test_a_colour_means_the_same_in_every_year(client: Client, release: Release, cut: str) -> None:
    """No value of a darker class, of whatever year, is below one of a lighter class."""
    codes = shape_of(client, read(client, POWIATS))["codes"]
    ends: dict[str, list[float]] = {}
    for year in (2004, 2014, 2024):
        known = figures(release, "ludnosc", year, Level.POWIAT)
        for code, key in zip(codes, values_of(client, f"{VALUES}{year}{cut}")["keys"], strict=True):
            if code in known:
                ends.setdefault(key, []).append(known[code])
    ordered = [ends[key] for key in sorted(ends)]
    assert len(ordered) > 1
    for lighter, darker in pairwise(ordered):
        assert max(lighter) < min(darker)


def test_own_limits_are_kept_and_shown(client: Client, release: Release) -> None:
    page = read(client, POWIATS + "&klasy=wlasne&progi=50%20000;100000;x")
    known = figures(release, "ludnosc", 2024, Level.POWIAT)
    legend = page.split('<dl class="legend"')[1].split("</dl>")[0]
    told = dict(
        re.findall(r'<span class="tab">([^<]+)</span></dt><dd class="quiet tab">(\d+)', legend)
    )
    told = {words.replace("\u00a0", " "): count for words, count in told.items()}
    assert told["do 50 000"] == str(sum(v <= 50_000 for v in known.values()))
    assert told["powyżej 100 000"] == str(sum(v > 100_000 for v in known.values()))
    assert 'value="50000; 100000"' in page


@pytest.mark.parametrize(
    "query",
    [
        "klasy=x",
        "klasy=wlasne",
        "klasy=wlasne&progi=nan,inf,,1e400",
        "obszar=99",
        "obszar=1465",
        "obok=ludnosc",
        "obok=1066",
        "obok=%00",
        "jst=%3Cscript%3E",
        "mapa=kolo",
        "rok=99999999999999999999",
        "rok=²⁰²⁴",
        "poziom=kraj",
    ],
)
def test_what_is_not_known_is_as_usual(client: Client, query: str) -> None:
    for address in (
        "/wskaznik/ludnosc?",
        "/wskaznik/ludnosc/mapa.json?",
        "/wskaznik/ludnosc/mapa.svg?",
    ):
        answer = client.get(address + query)
        assert answer.status_code == 200
        assert b"<script>" not in answer.content


def test_circles_are_for_counts_only(client: Client, release: Release) -> None:
    assert "mapa=kola" in read(client, POWIATS)
    assert "mapa=kola" not in read(client, "/wskaznik/gestosc-zaludnienia?poziom=powiat")
    assert "mapa=kola" not in read(client, "/wskaznik/saldo-migracji-na-1000?poziom=powiat")
    told = values_of(client, VALUES + "2024&mapa=kola")
    codes = shape_of(client, read(client, POWIATS + "&mapa=kola"))["codes"]
    known = figures(release, "ludnosc", 2024, Level.POWIAT)
    areas = {code: r * r for code, r in zip(codes, told["radii"], strict=True)}
    for code in ("1465", "0265", "0202"):
        share = areas[code] / areas["1465"]
        assert share == pytest.approx(known[code] / known["1465"], rel=0.05)


def test_a_voivodeship_fills_the_picture(client: Client) -> None:
    whole = read(client, "/wskaznik/ludnosc/mapa.svg?poziom=powiat")
    part = read(client, "/wskaznik/ludnosc/mapa.svg?poziom=powiat&obszar=14&jst=1465")
    sizes = [
        [float(v) for v in (re.search(r'viewBox="([^"]+)"', svg) or ["", ""])[1].split()]
        for svg in (whole, part)
    ]
    assert sizes[1][2] < sizes[0][2] / 1.5
    assert sizes[1][2] / sizes[1][3] == pytest.approx(sizes[0][2] / sizes[0][3], rel=0.001)
    assert part.count('class="m-chosen"') == 1
    page = read(client, POWIATS + "&obszar=14&jst=1465")
    assert 'data-region="14"' in page
    assert 'data-chosen="1465"' in page
    assert "Powiększenie: województwo mazowieckie." in page
    assert '<option value="14" selected>' in page


def test_two_maps_side_by_side(client: Client) -> None:
    years = read(client, POWIATS + "&obok=2014")
    assert re.findall(r'class="figure-title" data-title>([^<]+)', years) == [
        "Ludność: powiaty, 2024",
        "Ludność: powiaty, 2014",
    ]
    assert len(set(re.findall(r'data-map="([^"]+)"', years))) == 1
    others = read(client, POWIATS + "&obok=gestosc-zaludnienia")
    assert others.count('class="map-box"') == 2
    assert "Gęstość zaludnienia: powiaty" in others
    assert read(client, POWIATS + "&obok=2024").count('class="map-box"') == 1


def test_the_map_says_where_the_ends_are(client: Client, release: Release) -> None:
    known = figures(release, "ludnosc", 2024, Level.POWIAT)
    highest = max(known, key=known.__getitem__)
    assert release.territory.units[highest].name == "Warszawa"
    told = values_of(client, VALUES + "2024")["finding"].replace("\u00a0", " ")
    assert told.startswith("Najwyższa wartość: Warszawa (1 ")
    assert "najniższa: powiat sejneński (" in told
    assert "Wartość podano dla 380 z 380 powiatów." in told
    english = values_of(client, "/en" + VALUES + "2024")["finding"]
    assert "A value is given for 380 of 380 powiats." in english


def test_every_year_is_a_link_without_script(client: Client) -> None:
    page = read(client, POWIATS)
    told = page.split("<noscript>")[1].split("</noscript>")[0]
    years = re.findall(r">(\d{4})</a>", told)
    assert years == (re.search(r'data-years="([\d ]+)"', page) or ["", ""])[1].split()
    assert "2004" in years


def test_files_of_a_map_hold_all_units_with_reasons(client: Client) -> None:
    page = read(client, POWIATS)
    found = re.search(r'href="(/wykres/mapa\.csv\?[^"]+)"', page)
    assert found
    rows = client.get(found[1]).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 381
    assert Counter(row.split(";")[4] for row in rows[1:]) == {"2024": 380}
    svg = client.get(found[1].replace(".csv", ".svg")).content.decode()
    assert "Ludność: powiaty, 2024" in svg
    assert svg.count("<path d=") == 379  # one powiat has no outline in these borders


def test_the_script_of_a_map_is_small(client: Client) -> None:
    """Another year of the gmina map: at most 15 kB."""
    body = client.get("/wskaznik/ludnosc/mapa.json?poziom=gmina").content
    assert len(brotli.compress(body, quality=5)) <= 15_000

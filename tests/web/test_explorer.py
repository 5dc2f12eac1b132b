"""The explorer: what an address asks, what the table and the files answer, how it refuses."""

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from django.test.client import Client

from smup.store.releases import Release
from smup.territory import Kind, Level
from smup.territory.search import search

pytestmark = pytest.mark.xdist_group("site")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    content: bytes = response.content
    return content.decode()


def moved(client: Client, address: str) -> dict[str, list[str]]:
    """The parameters of the question that a control leads to."""
    response = client.get(address)
    assert response.status_code == 302, address
    return parse_qs(urlsplit(response.headers["Location"]).query)


def rows(text: str) -> list[tuple[str, list[str]]]:
    """(name, cells) of every row of units in the pivot table, as read by eye."""
    table = text[text.index('<table class="pivot') : text.index("</table>", text.index("pivot"))]
    body = re.sub(r'<tbody class="summary">.*?</tbody>|<thead>.*?</thead>', "", table, flags=re.S)
    found = []
    for row in re.findall(r"<tr.*?</tr>", body, re.S):
        name = re.search(r"<th.*?>(?:<a.*?>)?(.*?)<", row)
        assert name is not None
        cells = [
            re.sub(r"<sup.*?</sup>|<span class=\"unseen\">.*?</span>|<.*?>", "", cell)
            for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.S)
        ]
        found.append((unescape(name[1]), cells))
    return found


def shown(value: float, decimals: int) -> str:
    """A number as Poles write it, by other means than the portal's."""
    return f"{value:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


def test_an_empty_page_offers_five_questions_that_have_answers(
    client: Client, release: Release
) -> None:
    text = page(client, "/analizy")
    examples = re.findall(r'<li><a href="(/analizy\?[^"]+)">', text)
    assert len(examples) == 5
    for address in examples:
        answer = page(client, unescape(address))
        assert '<table class="pivot' in answer
        assert "<svg" in answer
        assert 'class="trouble"' not in answer


def test_the_table_holds_the_values_of_the_release(client: Client, release: Release) -> None:
    text = page(client, "/analizy?wskaznik=ludnosc&jst=1465,1261&lata=2019-2024&kolumny=lata")
    panel = release.indicators
    years = [y for y in release.years_of("ludnosc") if 2019 <= y <= 2024]
    for name, cells in rows(text):
        code = {"Warszawa": "1465", "Kraków": "1261"}[name]
        wanted = [panel.cell("ludnosc", year, code)[0] for year in years]
        assert cells == ["–" if v is None else shown(v, 0) for v in wanted]
    assert [name for name, _ in rows(text)] == ["Warszawa", "Kraków"]  # in the order of the list


def test_a_rule_finds_the_same_units_as_a_loop(client: Client, release: Release) -> None:
    year = max(release.years_of("ludnosc"))
    wanted = set()
    for unit in release.territory.of_level(Level.GMINA):
        if unit.kind is Kind.GMINA_WIEJSKA and unit.wojewodztwo == "14" and unit.exists_in(year):
            people = release.indicators.cell("ludnosc", year, unit.code)[0]
            if people is not None and 5000 <= people <= 10000:
                wanted.add(unit.name)
    address = "/analizy?wskaznik=ludnosc&rodzaj=gmina-wiejska&woj=14&ludnosc=5000-10000&lata=2024"
    text = page(client, address)
    assert f"gminy ({len(wanted)})" not in ("gminy (0)",)
    names = [name for name, _ in rows(text)]
    second = page(client, address + "&strona=2") if len(wanted) > 100 else ""
    names += [name for name, _ in rows(second)] if second else []
    assert set(names) == wanted


def test_a_condition_keeps_those_that_meet_it(client: Client, release: Release) -> None:
    text = page(
        client,
        "/analizy?wskaznik=gestosc-zaludnienia&poziom=gmina&gdzie=gestosc-zaludnienia%3E3000",
    )
    year = release.default_year("gestosc-zaludnienia", Level.GMINA)
    assert year is not None
    wanted = 0
    for unit in release.territory.of_level(Level.GMINA):
        value = release.indicators.cell("gestosc-zaludnienia", year, unit.code)[0]
        wanted += value is not None and value > 3000
    assert wanted > 3
    assert len(rows(text)) == wanted


def test_sorting_puts_gaps_last_in_both_directions(client: Client, release: Release) -> None:
    base = "/analizy?wskaznik=egzamin-osmoklasisty-matematyka&poziom=powiat&lata=2025"
    panel = release.indicators
    year = panel.year_index[2025]
    units = release.territory.of_level(Level.POWIAT)
    columns = [panel.unit_index[u.code] for u in units if u.exists_in(2025)]
    at = panel.item_index["egzamin-osmoklasisty-matematyka"]
    values = np.array(panel.values[at, year, columns])
    known = sorted(values[~np.isnan(values)])
    assert 0 < len(known) < len(values)  # there are gaps to put last
    for sign, wanted in (("", known[:100]), ("-", known[::-1][:100])):
        sort = f"&sort={sign}egzamin-osmoklasisty-matematyka.2025"
        cells = [cells[0] for _, cells in rows(page(client, base + sort))]
        assert cells[: len(wanted)] == [shown(v, 1) for v in wanted]
        assert set(cells[len(known) :]) <= {"–"}
        direction = "descending" if sign else "ascending"
        assert f'aria-sort="{direction}"' in page(client, base + sort)


def test_every_gap_says_why(client: Client) -> None:
    text = page(client, "/analizy?wskaznik=egzamin-osmoklasisty-matematyka&jst=1465,0201&lata=2025")
    gaps = re.findall(r'<td class="num gap">(.*?)</td>', text)
    assert gaps
    for gap in gaps:
        assert 'class="unseen">brak: ' in gap
    assert '<dl class="marks"' in text


def test_the_median_row_counts_who_has_a_value(client: Client, release: Release) -> None:
    codes = [u.code for u in release.territory.of_kind([Kind.MIASTO]) if u.exists_in(2024)]
    text = page(client, "/analizy?wskaznik=ludnosc&rodzaj=miasto-na-prawach-powiatu&lata=2024")
    values = [release.indicators.cell("ludnosc", 2024, code)[0] for code in codes]
    known = [v for v in values if v is not None]
    summary = text[text.index('<tbody class="summary">') : text.index("</tbody>")]
    assert f"{len(known)} z {len(codes)}" in summary
    assert shown(round(float(np.median(known)) + 1e-9), 0) in summary
    assert f"Miasta na prawach powiatu ({len(codes)}) występują tu w roli gmin." in text


@pytest.mark.parametrize(
    ("turned", "first", "heads"),
    [
        ("wiersze=lata&kolumny=wskazniki", "2019", ["Ludność", "Warszawa"]),
        ("wiersze=wskazniki&kolumny=lata", "Ludność", ["2019", "Warszawa"]),
        ("wiersze=jednostki&kolumny=lata", "Warszawa", ["2019", "Ludność"]),
    ],
)
def test_any_axis_can_be_rows(client: Client, turned: str, first: str, heads: list[str]) -> None:
    text = page(
        client,
        "/analizy?wskaznik=ludnosc,bezrobotni-zarejestrowani&jst=1465,1261&lata=2019-2020&"
        + turned,
    )
    found = rows(text)
    assert found[0][0] == first
    assert all(len(cells) == 4 for _, cells in found)
    for head in heads:
        assert head in text[text.index("<thead>") : text.index("</thead>")]


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        (
            "gminy wiejskie 5-10 tys.",
            {"rodzaj": ["gmina-wiejska"], "ludnosc": ["5000-10000"]},
        ),
        (
            "Gminy wiejskie i miejsko-wiejskie od 5 do 10 tys. mieszkańców w mazowieckim",
            {
                "rodzaj": ["gmina-wiejska,gmina-miejsko-wiejska"],
                "ludnosc": ["5000-10000"],
                "woj": ["14"],
            },
        ),
        ("miasta na prawach powiatu ponad 200 tys.", {"ludnosc": ["200001-"]}),
        ("gminy do 5 tys. w kujawsko-pomorskim", {"ludnosc": ["-5000"], "woj": ["04"]}),
        ("gminy w pomorskim i śląskim", {"woj": ["22,24"], "poziom": ["gmina"]}),
        ("gminy w powiecie płockim", {"w": ["1419"], "poziom": ["gmina"]}),
        ("powiaty ziemskie co najmniej 100 000", {"ludnosc": ["100000-"], "rodzaj": ["powiat"]}),
        ("podobne do Płocka", {"podobne": ["1462"]}),
        ("sąsiedzi Gdyni", {"sasiedzi": ["2262"]}),
        ("Płock", {"jst": ["1462"]}),
        ("Płock, Radom", {"jst": ["1462,1463"]}),
        ("1465", {"jst": ["1465"]}),
        ("rural gminas 5-10 thousand in mazowieckie", {"rodzaj": ["gmina-wiejska"], "woj": ["14"]}),
        ("powiaty", {"poziom": ["powiat"]}),
    ],
)
def test_sets_are_understood_in_words(
    client: Client, phrase: str, wanted: dict[str, list[str]]
) -> None:
    response = client.get("/analizy", {"wskaznik": "ludnosc", "dodaj-jst": phrase})
    assert response.status_code == 302, response.content.decode()[:5000]
    found = parse_qs(urlsplit(response.headers["Location"]).query)
    assert found.items() >= wanted.items()
    assert "dodaj-jst" not in found


def test_what_is_not_understood_is_said(client: Client) -> None:
    response = client.get(
        "/analizy", {"wskaznik": "ludnosc", "dodaj-jst": "gminy wiejskie nadmorskie"}
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert "nadmorskie" in text[text.index('class="trouble"') :]
    assert 'value="gmina-wiejska" selected' in text
    assert 'aria-invalid="true"' in text


def test_a_name_of_several_units_offers_them(client: Client, release: Release) -> None:
    text = client.get("/analizy", {"wskaznik": "ludnosc", "dodaj-jst": "Bolesławiec"}).content
    named = {hit.unit.code for hit in search(release.territory, "Bolesławiec") if hit.score == 0.95}
    assert len(named) == 3
    for code in named:
        assert f"jst={code}" in text.decode()


def test_a_word_of_several_indicators_offers_them(client: Client) -> None:
    text = client.get("/analizy", {"dodaj-wskaznik": "bezrobotni"}).content.decode()
    assert 'href="/analizy?wskaznik=bezrobotni-zarejestrowani"' in text
    found = moved(client, "/analizy?dodaj-wskaznik=Ludno%C5%9B%C4%87")
    assert found == {"wskaznik": ["ludnosc"]}


def test_controls_lead_to_the_address_of_the_question(client: Client) -> None:
    found = moved(
        client, "/analizy?wskaznik=ludnosc&lata=ostatnie-5&od=2020&do=2018&rodzaj=&woj=14"
    )
    assert found == {"wskaznik": ["ludnosc"], "woj": ["14"], "lata": ["2018-2020"]}
    found = moved(client, "/analizy?wskaznik=ludnosc&ludnosc-od=10000&ludnosc-do=")
    assert found["ludnosc"] == ["10000-"]
    found = moved(
        client,
        "/analizy?wskaznik=ludnosc&gdzie-wskaznik=ludnosc&gdzie-znak=%3E%3D&gdzie-wartosc=1000,5",
    )
    assert found["gdzie"] == ["ludnosc>=1000.5"]


def test_levels_are_not_mixed_in_silence(client: Client) -> None:
    text = page(client, "/analizy?wskaznik=ludnosc&jst=1465,020101,14&lata=2024")
    assert "Pokazane są gminy, dlatego pominięto: województwo mazowieckie." in text
    assert [name for name, _ in rows(text)] == ["Warszawa", "Bolesławiec"]
    mixed = page(client, "/analizy?wskaznik=ludnosc&jst=1465,020101,14&lata=2024&poziom=rozne")
    assert len(rows(mixed)) == 3
    assert "większa zawiera mniejsze" in mixed


def test_pages_of_a_hundred_rows_hold_everybody_once(client: Client, release: Release) -> None:
    base = "/analizy?wskaznik=ludnosc&lata=2024&poziom=gmina&woj=14"
    everybody = [
        u.name
        for u in release.territory.of_level(Level.GMINA)
        if u.wojewodztwo == "14" and u.exists_in(2024)
    ]
    pages = -(-len(everybody) // 100)
    found = [
        name
        for number in range(1, pages + 1)
        for name, _ in rows(page(client, f"{base}&strona={number}"))
    ]
    assert sorted(found) == sorted(everybody)


def test_the_filter_and_the_gaps_narrow_rows(client: Client) -> None:
    text = page(client, "/analizy?wskaznik=ludnosc&lata=2024&poziom=gmina&filtr=boles%C5%82aw")
    assert {name for name, _ in rows(text)} >= {"Bolesławiec", "Bolesław"}
    assert all("boles" in name.lower() for name, _ in rows(text))
    base = "/analizy?wskaznik=egzamin-osmoklasisty-matematyka&poziom=powiat&lata=2025"
    hidden = rows(page(client, base + "&braki=ukryj"))
    assert hidden
    assert all(cells != ["–"] for _, cells in hidden)


def test_more_indicators_than_fit_are_refused_in_words(client: Client, release: Release) -> None:
    names = [one.id for one in release.catalogue.shown if release.years_of(one.id)][:14]
    text = page(client, f"/analizy?wskaznik={','.join(names)}&jst=1465")
    assert "Najwięcej 12 wskaźników naraz, a w adresie jest ich 14." in text


def test_a_picture_that_does_not_suit_says_why(client: Client) -> None:
    text = page(client, "/analizy?wskaznik=ludnosc&poziom=gmina&lata=2024&obraz=rozrzut")
    assert "Wybranego obrazu nie da się narysować: potrzebne są dwa wskaźniki." in text
    assert '<table class="pivot' in text


@pytest.mark.parametrize(
    ("picture", "question"),
    [
        ("linia", "wskaznik=ludnosc&jst=1465,1261&lata=wszystkie"),
        ("linia", "wskaznik=bezrobotni-na-1000-mieszkancow&podobne=1462&lata=wszystkie"),
        ("linia", "wskaznik=zgony,urodzenia,ludnosc&jst=1465&lata=wszystkie"),
        ("slupki", "wskaznik=ludnosc&poziom=wojewodztwo"),
        ("punkty", "wskaznik=ludnosc&jst=1465,1261,1061"),
        ("rozklad", "wskaznik=frekwencja-sejm&rodzaj=gmina-wiejska"),
        ("rozrzut", "wskaznik=urodzenia-na-1000,zgony-na-1000,ludnosc&poziom=gmina"),
        ("cwiartki", "wskaznik=bezrobotni-na-1000-mieszkancow&jst=1462&rodzaj=powiat"),
        ("mapa", "wskaznik=ludnosc&poziom=powiat"),
        ("male", "wskaznik=ludnosc,bezrobotni-zarejestrowani&jst=1465&lata=wszystkie"),
        ("male", "wskaznik=ludnosc&jst=1465,1261,1061&lata=wszystkie"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_picture_is_drawn_and_had_alone(
    client: Client, picture: str, question: str, prefix: str
) -> None:
    text = page(client, f"{prefix}/analizy?{question}&obraz={picture}")
    assert 'class="trouble"' not in text
    assert "data-map=" in text if picture == "mapa" else 'class="chart' in text
    alone = client.get(f"{prefix}/wykres/analiza.svg?{question}&obraz={picture}")
    assert alone.status_code == 200
    assert alone.content.decode().startswith("<svg")


def test_the_map_colours_only_the_units_asked_for(client: Client, release: Release) -> None:
    values = client.get("/analizy/mapa.json?wskaznik=ludnosc&poziom=powiat&woj=14&lata=2022").json()
    outside = values["words"].count("poza wyborem")
    shape = len(values["words"])
    inside = [u for u in release.territory.of_level(Level.POWIAT) if u.wojewodztwo == "14"]
    assert values["keys"].count("g") == outside
    assert 0 < shape - outside <= len(inside)
    picture = client.get("/analizy/mapa.svg?wskaznik=ludnosc&poziom=powiat&woj=14&lata=2022")
    assert picture.status_code == 200
    assert client.get("/analizy/mapa.json?wskaznik=ludnosc&jst=PL").status_code == 404


def test_the_files_hold_the_whole_selection(client: Client, release: Release) -> None:
    query = "wskaznik=ludnosc,urodzenia-na-1000&woj=14&poziom=gmina&lata=2022,2024"
    response = client.get(f"/analizy/dane.csv?{query}")
    assert response.headers["Content-Disposition"].startswith("attachment")
    text = response.content.decode("utf-8-sig")
    assert "\r\n" in text
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    units = [u for u in release.territory.of_level(Level.GMINA) if u.wojewodztwo == "14"]
    assert len(lines) - 1 == 2 * sum(u.exists_in(2024) for u in units)
    panel = release.indicators
    for code, _, _, year, people, why, births, _ in lines[1:]:
        wanted = panel.cell("ludnosc", int(year), code)[0]
        assert people == ("" if wanted is None else f"{wanted:.0f}")
        assert bool(why) or wanted is not None
        value = panel.cell("urodzenia-na-1000", int(year), code)[0]
        assert births == ("" if value is None else f"{value:.4f}".replace(".", ","))
    english = client.get(f"/en/analizy/dane.csv?{query}").content.decode("utf-8-sig")
    assert "," in english.splitlines()[0]
    assert client.get(f"/analizy/dane.xlsx?{query}").content.startswith(b"PK")


def test_too_large_a_file_is_refused_in_words(client: Client, release: Release) -> None:
    known = [one.id for one in release.catalogue.shown]
    names = sorted(known, key=lambda name: -len(release.years_of(name)))[:12]
    query = f"wskaznik={','.join(names)}&poziom=gmina&lata=wszystkie"
    assert "Pliki zbiorcze" in page(client, f"/analizy?{query}")
    response = client.get(f"/analizy/dane.csv?{query}")
    assert 400 <= response.status_code < 500
    assert "a plik najwyżej 200" in response.content.decode()


def test_the_api_gives_the_same_values(client: Client) -> None:
    text = page(client, "/analizy?wskaznik=ludnosc&jst=1465,1261&lata=2019-2020")
    address = unescape(re.search(r'href="(/api/v1/data[^"]+)"', text)[1])  # type: ignore[index]
    answer = client.get(address).json()
    assert {(r["unit"], r["year"]) for r in answer["rows"]} == {
        (unit, year) for unit in ("1465", "1261") for year in (2019, 2020)
    }
    warsaw = [shown(r["value"], 0) for r in answer["rows"] if r["unit"] == "1465"]
    assert warsaw == dict(rows(text))["Warszawa"]


def test_suggestions_lead_to_the_question_with_more(client: Client) -> None:
    base = "/analizy/podpowiedzi.json?wskaznik=ludnosc&jst=1465"
    found = client.get(base + "&co=jst&q=P%C5%82ock").json()["suggestions"]
    assert {"jst=1465,1462", "podobne=1462", "sasiedzi=1462"} <= {
        part for one in found for part in one["href"].split("&")
    }
    found = client.get(base + "&co=jst&q=gminy+wiejskie+5-10+tys.").json()["suggestions"]
    assert "rodzaj=gmina-wiejska&ludnosc=5000-10000" in found[0]["href"]
    found = client.get(base + "&co=wskaznik&q=bezrobotni").json()["suggestions"]
    assert found[0]["href"].startswith("/analizy?wskaznik=ludnosc,bezrobotni")
    for strange in ("&co=jst&q=", "&co=x&q=aa", "&q=%00", "&co=jst&q=" + "a" * 5000):
        assert client.get(base + strange).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("wskaznik=ludnos", 404),
        ("wskaznik=<script>alert(1)</script>", 404),
        ("wskaznik=ludnosc&jst=999999", 404),
        ("wskaznik=ludnosc&jst=1465,xx&lata=9999", 200),
        ("wskaznik=ludnosc&lata=abc", 200),
        ("wskaznik=ludnosc&lata=0000-9999", 200),
        ("wskaznik=ludnosc&lata=ostatnie-0", 200),
        ("wskaznik=ludnosc&jst=1465&strona=99999999999&sort=.....&obraz=x&wiersze=y", 200),
        ("wskaznik=ludnosc&wiersze=lata&kolumny=lata&jst=1465", 200),
        ("wskaznik=ludnosc&ludnosc=-&gdzie=x%3E&gdzie=ludnosc~5", 404),
        ("wskaznik=ludnosc&woj=14&ludnosc=-&gdzie=x%3E&gdzie=ludnosc~5", 200),
        ("wskaznik=ludnosc&ludnosc=99999999-999999999", 404),
        ("wskaznik=ludnosc&poziom=planeta&rodzaj=wie%C5%9B&woj=99&grupa=x&podobne=x&w=y", 404),
        ("wskaznik=ludnosc&woj=14&poziom=gmina&filtr=%3Cb%3E%00", 200),
        ("dodaj-jst=%00&dodaj-wskaznik=%F0%9F%97%BA", 200),
        ("wskaznik=ludnosc&jst=" + ",".join(["1465"] * 3000), 200),
        ("jst=" + "9" * 5000, 404),
        ("wskaznik=wody-w-studni&jst=1465", 404),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_bad_addresses_are_answered_in_words(
    client: Client, query: str, status: int, prefix: str
) -> None:
    response = client.get(f"{prefix}/analizy?{query}")
    text = response.content.decode()
    assert response.status_code == status
    assert "<script>alert" not in text
    assert "Traceback" not in text
    if status == 404:
        assert 'class="trouble"' in text


def test_every_page_of_the_explorer_has_what_it_needs(client: Client) -> None:
    text = page(client, "/en/analizy?wskaznik=ludnosc&jst=1465")
    assert '<html lang="en">' in text
    assert "Explorer" in text
    assert 'href="/analizy?wskaznik=ludnosc&amp;jst=1465"' in text


def kept(client: Client, address: str, kind: str, **headers: str) -> tuple[int, str]:
    response = client.post(
        "/l",
        {"adres": address, "rodzaj": kind},
        headers={"sec-fetch-site": "same-origin"} | headers,
    )
    return response.status_code, response.content.decode()


@pytest.fixture
def people(home: object) -> None:
    """The tables of people, in the database of the portal under test."""
    from smup.web.config.server import migrate

    migrate()


def test_a_fixed_link_stays_and_a_moving_one_moves(
    client: Client, people: None, release: Release
) -> None:
    address = "/analizy?wskaznik=ludnosc&jst=1465&lata=ostatnie-2"
    newest = [
        y
        for y in release.years_of("ludnosc")
        if release.indicators.cell("ludnosc", y, "1465")[0] is not None
    ][-2:]
    for kind, wanted in (
        (
            "staly",
            {"lata": [",".join(map(str, newest))], "wydanie": [release.id]},
        ),
        ("ruchomy", {"lata": ["ostatnie-2"]}),
    ):
        status, text = kept(client, address, kind)
        assert status == 200
        short = re.search(r'value="http://localhost(/l/[a-z0-9]+)"', text)
        assert short is not None
        assert kept(client, address, kind)[1].count(short[1]) == 1  # the same content, the same key
        led = client.get(short[1])
        assert led.status_code == 302
        found = parse_qs(urlsplit(led.headers["Location"]).query)
        assert found == {"wskaznik": ["ludnosc"], "jst": ["1465"]} | wanted
        assert client.get(led.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
        ({"origin": "http://localhost"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
    ],
)
def test_only_pages_of_the_portal_may_keep_links(
    client: Client, people: None, headers: dict[str, str], status: int
) -> None:
    form = {"adres": "/analizy?wskaznik=ludnosc&jst=1261", "rodzaj": "staly"}
    assert client.post("/l", form, headers=headers).status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/analizy",
        "/analizy?wskaznik=nie-ma",
        "https://evil.example/analizy?wskaznik=ludnosc",
        "//evil.example/analizy?wskaznik=ludnosc",
        "/jst/1465?wskaznik=ludnosc",
        "javascript:alert(1)",
        "/analizy?wskaznik=" + "a" * 20_000,
    ],
)
def test_only_questions_of_the_explorer_are_kept(
    client: Client, people: None, address: str
) -> None:
    from smup.workspace.models import Link

    before = Link.objects.count()
    status, text = kept(client, address, "staly")
    assert status == 400
    assert 'class="notice"' in text
    assert Link.objects.count() == before


def test_unknown_links_and_methods(client: Client, people: None) -> None:
    assert client.get("/l/zzzzzzzzzz").status_code == 404
    assert client.get("/l/<script>").status_code == 404
    assert client.get("/l").status_code == 302
    assert client.post("/l/zzzzzzzzzz").status_code == 405


def test_writes_of_one_place_are_limited() -> None:
    from smup.workspace.rate import Rate

    now = [0.0]
    rate = Rate(most=3, window=60, clock=lambda: now[0])
    assert [rate.allows("10.0.0.1") for _ in range(5)] == [True, True, True, False, False]
    assert rate.allows("10.0.0.2")
    now[0] = 61
    assert rate.allows("10.0.0.1")

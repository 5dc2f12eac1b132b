"""Intervals, places within reach and funnels on the pages and in the API."""

import re

import pytest
from django.test.client import Client

from smup.compare import compare_unit
from smup.store.releases import Release
from smup.telling.charts.funnel import funnel_figure
from smup.telling.units.places import places_within_reach, reach_words
from smup.territory import Level

pytestmark = pytest.mark.xdist_group("site")

FIRES = "pozary-na-1000"


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode()).replace("\xa0", " ")


def test_the_interval_stands_beside_the_value(client: Client, release: Release) -> None:
    html = read(client, f"/jst/020101/wskaznik/{FIRES}")
    found = compare_unit(release.frame, "020101", FIRES)
    assert found.interval is not None
    assert found.basis is not None
    low, high = (
        f"{end:.2f}".replace(".", ",") for end in (found.interval.low, found.interval.high)
    )
    assert f"95% przedział: {low} – {high}" in html
    assert f"({found.basis.events:.0f} na " in html
    assert "bo małe liczby zmieniają się przypadkiem" in html
    assert "wartość wygładzona" in html
    assert f"/wskaznik/{FIRES}?" in html.split("Ta jednostka na wykresie lejkowym")[0][-200:]


def test_places_within_reach_stand_in_brackets(client: Client, release: Release) -> None:
    html = read(client, f"/jst/020101/wskaznik/{FIRES}")
    rank = compare_unit(release.frame, "020101", FIRES).rank
    assert rank.low is not None
    assert rank.high is not None
    assert rank.low < rank.high
    assert f"({reach_words(rank.low, rank.high, 'pl')})".replace("\xa0", " ") in html


def test_an_indicator_without_intervals_says_nothing_of_them(client: Client) -> None:
    for address in ("/jst/020101/wskaznik/ludnosc", "/wskaznik/ludnosc"):
        html = read(client, address)
        assert "przedział:" not in html
        assert "lejk" not in html
        assert "Miejsca możliwe" not in html


def test_the_ranking_has_a_column_of_places_within_reach(client: Client, release: Release) -> None:
    html = read(client, f"/wskaznik/{FIRES}?poziom=powiat&jst=0221")
    row = html.split('<tr class="ours"')[1].split("</tr>")[0]
    shown = re.findall(r'<td class="num">([^<]*)</td>', row)
    year = release.default_year(FIRES, Level.POWIAT)
    assert year is not None
    reach = places_within_reach(release, FIRES, Level.POWIAT, year)["0221"]
    assert reach is not None
    assert shown[2] == reach_words(*reach, "pl")
    assert reach[0] <= int(shown[0]) <= reach[1]


def test_places_within_reach_are_those_of_the_comparison(release: Release) -> None:
    """All powiats and cities stand in one stratum here, so both count the same units."""
    year = release.default_year(FIRES, Level.POWIAT)
    assert year is not None
    for unit, reach in list(places_within_reach(release, FIRES, Level.POWIAT, year).items())[::40]:
        rank = compare_unit(release.frame, unit, FIRES, year, Level.POWIAT).rank
        assert reach == (rank.low, rank.high)


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_funnel_marks_the_chosen_unit(client: Client, lang: str) -> None:
    prefix = "" if lang == "pl" else "/en"
    html = read(client, f"{prefix}/wskaznik/{FIRES}?poziom=gmina&jst=Hel")
    section = html.split('<h2 id="lejek">')[1].split("</section>")[0]
    assert ">Hel</text>" in section
    assert re.search(r'<h3 class="figure-title">Hel: ', section)
    assert section.count("<svg") >= 1
    without = read(client, f"{prefix}/wskaznik/{FIRES}?poziom=gmina")
    assert ">Hel</text>" not in without


def test_the_funnel_counts_the_units_outside(release: Release) -> None:
    year = release.default_year(FIRES, Level.GMINA)
    assert year is not None
    indicator = release.catalogue.indicators[FIRES]
    figure = funnel_figure(release, indicator, Level.GMINA, year, None, "pl")
    assert figure is not None
    outside = int(re.search(r": (\d+) z ", figure.heading.title)[1])  # type: ignore[index]
    assert len(figure.table.rows) == 1 + outside


def test_the_funnel_counts_the_units_of_its_year(release: Release) -> None:
    """380 powiats of 2024, not the two that ended in 2001 and 2002; "z" takes the genitive."""
    indicator = release.catalogue.indicators["zgony-niemowlat-na-1000-urodzen"]
    figure = funnel_figure(release, indicator, Level.POWIAT, 2024, None, "pl")
    assert figure is not None
    assert figure.heading.foot.startswith("Wartość ma 380 z 380 jednostek.")


def test_a_plain_count_has_an_interval_but_no_funnel(client: Client) -> None:
    assert "lejek-wykres" not in read(client, "/wskaznik/zdarzenia-psp?poziom=gmina")
    html = read(client, "/jst/020101/wskaznik/zdarzenia-psp")
    assert "liczba zdarzeń: " in html
    assert "wykresie lejkowym" not in html


def test_the_answer_of_the_api_carries_the_interval(client: Client) -> None:
    answer = client.get(f"/api/v1/compare?unit=020101&indicator={FIRES}").json()
    assert set(answer["interval"]) == {"low", "high", "method", "level"}
    assert answer["interval"]["low"] <= answer["value"] <= answer["interval"]["high"]
    assert answer["rank"]["low"] <= answer["rank"]["position"] <= answer["rank"]["high"]
    plain = client.get("/api/v1/compare?unit=020101&indicator=ludnosc").json()
    assert (plain["interval"], plain["interval_reason"], plain["smoothed"]) == (None, None, None)

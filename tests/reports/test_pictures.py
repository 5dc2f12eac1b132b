"""Pictures of reports: drawn without a page around them, read out, with the numbers they show."""

import re
from xml.etree import ElementTree as ET

import pytest

from smup.catalogue import Indicator
from smup.documents.blocks import Cell, Chart, Picture
from smup.present.alone import bare
from smup.present.charts import Bar, BarSpec, HistogramSpec, bar_ranking, histogram
from smup.present.figure import Figure, Heading
from smup.reports.pictures import picture, trend_picture
from smup.store.releases import Release
from smup.telling.charts.choosing import bars, dots, lines, multiples_of_units
from smup.telling.charts.indicators import multiples_of_indicators
from tests.reports.matters import matter_for

SVG = "{http://www.w3.org/2000/svg}"
VILLAGE, TOWN, CITY, WOJEWODZTWO = "020102", "020101", "0261", "02"


def long_series(release: Release, code: str) -> tuple[Indicator, list[int]]:
    """An indicator of which the unit has four values, and their years."""
    for indicator in release.catalogue.indicators_of():
        cells = release.series(indicator.id, code) if release.years_of(indicator.id) else []
        years = [year for year, value, _, _ in cells if value is not None]
        if len(years) > 3 and indicator.comparable_over_time:
            return indicator, years
    raise AssertionError("no unit has four values")


@pytest.fixture(scope="module")
def drawn(release: Release) -> Picture:
    """Population of three units over the years."""
    units = [release.territory.units[code] for code in (VILLAGE, TOWN, CITY)]
    indicator = release.catalogue.indicators["ludnosc"]
    years = release.years_of("ludnosc")[-5:]
    made = lines(release, units, indicator, years, "pl")
    assert made is not None
    return picture(made, matter_for(release, VILLAGE))


def test_a_picture_needs_no_style_sheet_no_script_and_no_names(drawn: Picture) -> None:
    root = ET.fromstring(drawn.svg)
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    for each in root.iter():
        assert each.tag.removeprefix(SVG) not in ("title", "desc", "script", "style", "a")
        assert not {"id", "role", "aria-labelledby", "style"} & set(each.attrib)
        if each.tag == f"{SVG}text":
            assert "fill" in each.attrib


def test_words_of_the_drawing_stay(drawn: Picture) -> None:
    words = [text.text for text in ET.fromstring(drawn.svg).iter(f"{SVG}text")]
    assert "Jelenia Góra" in words


def test_the_mark_of_invented_figures_stays_in_the_picture() -> None:
    heading = Heading("x", "Tytuł", "Co", "Skąd", "Dane zmyślone")
    made = bar_ranking(BarSpec(heading, (Bar("Hel", 1.0, "1%"),), "Zdanie.", ("Gmina", "Wartość")))
    assert "Dane zmyślone" in bare(made)


def test_numbers_of_a_line_are_those_of_the_release(release: Release, drawn: Picture) -> None:
    years = [row[0].text for row in drawn.data.rows]
    shown = release.years_of("ludnosc")[-5:]
    assert years == [str(year) for year in range(shown[0], shown[-1] + 1)]
    missing = {year for year in years if int(year) not in shown}
    assert missing == {"2023"}
    names = [column.title for column in drawn.data.columns[1:]]
    assert names == ["Bolesławiec (gmina wiejska)", "Bolesławiec (gmina miejska)", "Jelenia Góra"]
    codes = dict(zip(names, (VILLAGE, TOWN, CITY), strict=True))
    for row in drawn.data.rows:
        for name, cell in zip(names, row[1:], strict=True):
            if row[0].text in missing:
                assert cell == Cell("brak danych za ten rok", gap=True)
                continue
            value, _, _ = release.indicators.cell("ludnosc", int(row[0].text), codes[name])
            assert cell.value == value
            assert value is None or cell.text.replace("\u00a0", "") == f"{value:.0f}"
    assert drawn.chart == Chart("line", 0, (1, 2, 3))
    assert {column.unit for column in drawn.data.columns[1:]} == {"os."}


def test_a_picture_is_read_out_with_what_it_measures(drawn: Picture) -> None:
    assert drawn.alt.startswith("Wykres liniowy: Ludność")
    assert "Jelenia Góra" in drawn.alt
    assert "Ludność, os." in drawn.caption


def test_a_gap_keeps_its_reason(release: Release) -> None:
    """Units of which at least one has no value in some year in which another has."""
    matter = matter_for(release, VILLAGE)
    units = [release.territory.units[code] for code in (VILLAGE, CITY)]
    for indicator in release.catalogue.indicators_of():
        years = release.years_of(indicator.id)
        made = dots(release, units, indicator, years[-1:], "pl") if years else None
        cells = [one for row in picture(made, matter).data.rows for one in row] if made else []
        for cell in cells:
            assert not cell.gap or (cell.value is None and cell.text)
            if cell.gap and cell.text != "–":
                return
    raise AssertionError("no gap was met")


def test_bars_and_small_charts_have_their_native_charts(release: Release) -> None:
    matter = matter_for(release, VILLAGE)
    units = [release.territory.units[code] for code in (VILLAGE, CITY)]
    indicator = release.catalogue.indicators["ludnosc"]
    year = release.years_of("ludnosc")[-1]
    made = bars(release, units, indicator, year, "pl")
    assert made is not None
    assert picture(made, matter).chart == Chart("bar", 0, (1,))
    years = release.years_of("ludnosc")
    several = multiples_of_units(release, units, indicator, years, "pl")
    assert several is not None
    assert picture(several, matter).chart == Chart("line", 0, (1, 2))


def test_series_of_different_measures_share_no_axis(release: Release) -> None:
    chosen = [release.catalogue.indicators[one] for one in ("ludnosc", "gestosc-zaludnienia")]
    years = release.years_of("ludnosc")
    unit = release.territory.units[VILLAGE]
    made = multiples_of_indicators(release, unit, chosen, years, "pl")
    assert made is not None
    assert picture(made, matter_for(release, VILLAGE)).chart is None


def test_columns_of_a_histogram_are_counted() -> None:
    heading = Heading("rozklad", "Tytuł", "Co", "Skąd")
    values = [float(n) for n in range(20)]
    made = histogram(
        HistogramSpec(heading, values, 9.5, "mediana", "i więcej", ("Zakres", "Ile"), "Zdanie.")
    )
    assert sum(float(row[1]) for row in made.table.rows) == len(values)


def test_years_asked_for_are_the_years_drawn(release: Release) -> None:
    indicator, years = long_series(release, CITY)
    asked = (years[-3], years[-1])
    made = trend_picture(matter_for(release, CITY, years=asked), indicator)
    assert isinstance(made, Picture)
    drawn_years = [int(row[0].text) for row in made.data.rows]
    assert drawn_years == [
        year for year in release.years_of(indicator.id) if asked[0] <= year <= asked[1]
    ]
    assert re.search(rf"między {asked[0]} a {asked[1]} r\.", made.caption)


def test_years_that_do_not_compare_are_joined_by_no_line(release: Release) -> None:
    drawn = 0
    for indicator in release.catalogue.shown:
        if not indicator.comparable_over_time and len(release.years_of(indicator.id)) > 1:
            made = trend_picture(matter_for(release, WOJEWODZTWO), indicator)
            if isinstance(made, Picture):
                drawn += 1
                assert made.chart is None
    assert drawn


def test_one_year_is_a_sentence_not_a_picture(release: Release) -> None:
    year = release.years_of("ludnosc")[-1]
    matter = matter_for(release, VILLAGE, years=(year, year))
    made = trend_picture(matter, release.catalogue.indicators["ludnosc"])
    assert isinstance(made, str)
    assert made


def test_a_figure_without_a_sentence_is_still_read_out(release: Release) -> None:
    heading = Heading("x", "Tytuł", "Co, %", "Skąd")
    made = bar_ranking(BarSpec(heading, (Bar("Hel", 1.0, "1%"),), "Tytuł.", ("Gmina", "Wartość")))
    assert isinstance(made, Figure)
    alt = picture(made, matter_for(release, VILLAGE)).alt
    assert alt == "Wykres: Co, %. Tytuł."

"""What a picture must say wherever it is copied to."""

import xml.etree.ElementTree as ET

import pytest

from smup.present.charts import Bar, BarSpec, bar_ranking
from smup.present.figure import Heading
from smup.present.maps import Look, choropleth

SVG = "{http://www.w3.org/2000/svg}"
MARK = "Dane zmyślone. Liczby wymyślono & nie opisują nikogo."
SHAPE = {"viewBox": [0, 0, 100, 50], "paths": {"0201": "M0,0h5v5z"}, "borders": {}}


def chart(mark: str) -> ET.Element:
    heading = Heading("x", "Tytuł", "Co, w czym", "Źródło", mark)
    spec = BarSpec(heading, (Bar("Hel", 1.0, "1 os."),), "Zdanie.", ("Gmina", "Wartość"))
    return ET.fromstring(bar_ranking(spec).svg)


def words(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_a_chart_says_it_below_and_in_its_description() -> None:
    plain, marked = chart(""), chart(MARK)
    assert MARK in words(marked)
    assert MARK not in words(plain)
    assert marked.findtext(f"{SVG}desc") == f"Zdanie. {MARK}"
    assert plain.findtext(f"{SVG}desc") == "Zdanie."
    lowest = float(next(t for t in marked.iter(f"{SVG}text") if t.text == MARK).get("y", "0"))
    assert float(plain.get("height", "0")) < lowest < float(marked.get("height", "0"))


@pytest.mark.parametrize("mark", ["", MARK])
def test_a_map_says_it_in_its_corner_and_its_name(mark: str) -> None:
    svg = ET.fromstring(
        choropleth(SHAPE, {"0201": "1"}, "s", "Ludność, os., 2024", Look(mark=mark))
    )
    assert words(svg) == ([mark] if mark else [])
    assert svg.get("aria-label") == (
        f"Ludność, os., 2024. {mark}" if mark else "Ludność, os., 2024"
    )
    for text in svg.iter(f"{SVG}text"):
        assert 0 < float(text.get("x", "-1")) < 100
        assert 0 < float(text.get("y", "-1")) < 50

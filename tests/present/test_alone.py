"""A figure out of its page keeps its words; its specification is one Vega-Lite accepts."""

from xml.etree import ElementTree as ET

import altair as alt
import pytest
from jsonschema import ValidationError

from smup.present.alone import alone, wrapped
from smup.present.charts import Bar, BarSpec, bar_ranking
from smup.present.data import Column, Data, Plot
from smup.present.figure import Figure, Heading
from smup.present.vega import vega_lite

SVG = "{http://www.w3.org/2000/svg}"


def figure(**more: object) -> Figure:
    heading = Heading("x", "Tytuł & <reszta>", "Co, %, 2024", "Źródło: GUS. Wydanie 7.", "Zmyślone")
    made = bar_ranking(BarSpec(heading, (Bar("Hel", 1.0, "1%"),), "Zdanie.", ("Gmina", "Wartość")))
    return Figure(made.heading, made.svg, made.table, made.sentence, **more)  # type: ignore[arg-type]


def test_title_source_release_and_mark_are_in_the_picture() -> None:
    root = ET.fromstring(alone(figure()))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Tytuł & <reszta>", "Co, %, 2024", "Źródło: GUS. Wydanie 7.", "Zmyślone"} <= set(words)
    places = [float(t.attrib["y"]) for t in root if t.tag == f"{SVG}text"]
    assert max(places) < float(root.attrib["height"])
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"


def test_colours_need_no_style_sheet() -> None:
    for element in ET.fromstring(alone(figure())).iter():
        if element.tag in (f"{SVG}rect", f"{SVG}circle"):
            assert "fill" in element.attrib


def test_long_words_are_wrapped_and_none_is_lost() -> None:
    words = "słowo " * 60 + "x" * 200
    lines = wrapped(words, 14)
    assert " ".join(lines) == words
    assert max(len(line) for line in lines[:-1]) < 100


DATA = Data(
    (Column("name", "Gmina"), Column("year", "Rok", 0), Column("value", "Wartość", 1)),
    (("Hel", 2023, 1.5), ("Hel", 2024, None)),
    Plot("line", {"x": "year", "y": "value", "color": "name"}),
)


@pytest.mark.parametrize(
    "plot",
    [
        DATA.plot,
        Plot("bar", {"x": "value", "y": "name"}, zero=True),
        Plot("bar", {"x": "value"}, binned=True),
        Plot("point", {"x": "year", "y": "value", "shape": "name"}),
        Plot("line", {"x": "year", "y": "value", "facet": "name"}),
    ],
)
def test_a_specification_is_valid_and_holds_the_numbers(plot: Plot) -> None:
    spec = vega_lite(figure(numbers=lambda: Data(DATA.columns, DATA.rows, plot)))
    alt.Chart.from_dict(spec)
    assert spec["data"] == {
        "values": [
            {"name": "Hel", "year": 2023, "value": 1.5},
            {"name": "Hel", "year": 2024, "value": None},
        ]
    }
    with pytest.raises(ValidationError):
        alt.Chart.from_dict(spec | {"mark": "nonsense"})


def test_what_has_no_data_has_no_specification() -> None:
    with pytest.raises(ValueError, match="without data"):
        vega_lite(figure())
    with pytest.raises(ValueError, match="do not have"):
        Data(DATA.columns, DATA.rows, Plot("bar", {"x": "missing"}))
    with pytest.raises(ValueError, match="differ in length"):
        Data(DATA.columns, (("Hel",),), DATA.plot)

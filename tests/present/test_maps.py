"""Every unit gets exactly one class; the legend counts them; the SVG draws them."""

from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from smup.panel import Status
from smup.present.classes import Classes, classes
from smup.present.maps import Look, choropleth, legend_swatch
from smup.present.shading import Cells, Shading, shade

Cell = tuple[float | None, Status]
SHAPE: dict[str, Any] = {
    "viewBox": [0, 0, 40, 20],
    "paths": {"a": "M0,0h20v20h-20z", "b": "M20,0h20v20h-20z"},
    "borders": {"wojewodztwo": "M20,0v20"},
}


def cell(value: int | None) -> Cell:
    if value is None:
        return None, Status.MISSING
    return float(value), Status.ZERO if value == 0 else Status.OBSERVED


def shaded(cells: Cells, decimals: int = 0) -> Shading:
    values = [v if v is not None else float("nan") for v, _ in cells.values()]
    return shade(cells, classes(values, "quantile", decimals), decimals)


@given(st.lists(st.none() | st.integers(-20, 20), min_size=1, max_size=120))
def test_every_unit_is_in_one_class_and_counted(values: list[int | None]) -> None:
    cells = {f"u{i}": cell(v) for i, v in enumerate(values)}
    shading = shaded(cells)
    assert set(shading.keys) == set(cells)
    counted = {row.key: row.count for row in shading.legend if row.count}
    assert counted == Counter(shading.keys.values())
    for (value, _), key in zip(cells.values(), shading.keys.values(), strict=True):
        assert (value is None) == (key == "n")
        assert (value == 0) == (key == "z")


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=120))
def test_darker_means_more(values: list[int]) -> None:
    shading = shaded({str(i): cell(v) for i, v in enumerate(values)})
    classed = [(v, shading.keys[str(i)]) for i, v in enumerate(values) if v != 0]
    keys = [int(key) for _, key in sorted(classed)]
    assert keys == sorted(keys)
    if min(values) < 0 < max(values):
        assert shading.palette == "d"
        assert all((v < 0) == (key in "01") for v, key in classed)
    else:
        assert shading.palette == "s"


def test_reasons_are_drawn_differently() -> None:
    cells: dict[str, Cell] = {
        "a": (None, Status.NOT_APPLICABLE),
        "b": (None, Status.CONFIDENTIAL),
        "c": (None, Status.MISSING),
        "d": (0.0, Status.ZERO),
        "e": (1.0, Status.OBSERVED),
    }
    assert shaded(cells).keys == {"a": "a", "b": "c", "c": "n", "d": "z", "e": "2"}


def test_the_legend_gives_the_limits_of_a_class() -> None:
    shading = shaded({str(v): (v / 10, Status.OBSERVED) for v in range(1, 101)}, 1)
    assert [row.words for row in shading.legend] == [
        "do 2,0",
        "2,1 – 4,0",
        "4,1 – 6,0",
        "6,1 – 8,0",
        "powyżej 8,0",
    ]
    assert [row.count for row in shading.legend] == [20] * 5


def test_the_legend_of_differences_has_zero_in_the_middle() -> None:
    made = Classes((-2.0, 0.0, 5.0), (0, 1, 3, 4), 2, diverging=True)
    cells: dict[str, Cell] = {str(v): cell(v) for v in (-9, -1, 0, 1, 6)}
    legend = shade(cells, made, 0).legend
    assert [(row.key, row.words) for row in legend] == [
        ("0", "do −2"),
        ("1", "−1"),
        ("z", "zero"),
        ("3", "1 – 5"),
        ("4", "powyżej 5"),
    ]


def test_a_legend_lists_what_other_years_hold() -> None:
    made = classes([1.0, 2.0], "quantile", 0)
    legend = shade({"a": cell(1)}, made, 0, listed=frozenset("zc")).legend
    assert [(row.key, row.count) for row in legend] == [("z", 0), ("0", 1), ("4", 0), ("c", 0)]


def test_a_map_is_an_image_with_a_name() -> None:
    svg = choropleth(SHAPE, {"a": "0"}, "s", "Ludność <2024>")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Ludność <2024>"
    assert 'class="m-sn" fill="url(#m-hatch)"' in svg  # b has no key: no data
    assert "style=" not in svg


def test_a_map_of_links_is_hidden_from_assistive_technology() -> None:
    svg = choropleth(
        SHAPE, {"a": "0", "b": "1"}, "s", "", Look(link=lambda c: (f"/jst/{c}", f"unit {c}"))
    )
    root = ET.fromstring(svg)
    links = list(root.iter("{http://www.w3.org/2000/svg}a"))
    assert root.get("aria-hidden") == "true"
    assert [a.get("href") for a in links] == ["/jst/a", "/jst/b"]
    assert all(a.get("tabindex") == "-1" for a in links)


def test_a_part_of_a_map_and_a_unit_marked() -> None:
    look = Look(box=(20, 0, 20, 10), chosen="b")
    root = ET.fromstring(choropleth(SHAPE, {"a": "0"}, "s", "Mapa", look))
    assert root.get("viewBox") == "20 0 20 10"
    marked = [p for p in root if p.get("class") == "m-chosen"]
    assert [p.get("d") for p in marked] == [SHAPE["paths"]["b"]]


def test_swatches_can_be_repeated_on_a_page() -> None:
    for key in ("n", "a", "c", "3", "z"):
        assert " id=" not in legend_swatch(key, "s")
    assert len({legend_swatch(key, "s") for key in "nac01234z"}) == 9

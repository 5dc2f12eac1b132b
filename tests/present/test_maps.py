"""Every unit gets exactly one class; the legend counts them; the SVG draws them."""

from collections import Counter
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from smup.panel import Status
from smup.present.maps import choropleth, legend_swatch
from smup.present.shading import shade

Cell = tuple[float | None, Status]
SHAPE = {
    "viewBox": [0, 0, 40, 20],
    "paths": {"a": "M0,0h20v20h-20z", "b": "M20,0h20v20h-20z"},
    "borders": {"wojewodztwo": "M20,0v20"},
}


def cell(value: int | None) -> Cell:
    if value is None:
        return None, Status.MISSING
    return float(value), Status.ZERO if value == 0 else Status.OBSERVED


@given(st.lists(st.none() | st.integers(-20, 20), min_size=1, max_size=120))
def test_every_unit_is_in_one_class_and_counted(values: list[int | None]) -> None:
    cells = {f"u{i}": cell(v) for i, v in enumerate(values)}
    shading = shade(cells, 0)
    assert set(shading.keys) == set(cells)
    counted = {row.key: row.count for row in shading.legend}
    assert counted == Counter(shading.keys.values())
    for (value, _), key in zip(cells.values(), shading.keys.values(), strict=True):
        assert (value is None) == (key == "n")
        assert (value == 0) == (key == "z")


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=120))
def test_darker_means_more(values: list[int]) -> None:
    shading = shade({str(i): cell(v) for i, v in enumerate(values)}, 0)
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
    assert shade(cells, 0).keys == {"a": "a", "b": "c", "c": "n", "d": "z", "e": "2"}


def test_the_legend_gives_the_values_inside_a_class() -> None:
    shading = shade({str(v): (v / 10, Status.OBSERVED) for v in range(1, 101)}, 1)
    assert [row.words for row in shading.legend][:2] == ["0,1 – 2,0", "2,1 – 4,0"]
    assert [row.count for row in shading.legend] == [20] * 5


def test_a_map_is_an_image_with_a_name() -> None:
    svg = choropleth(SHAPE, {"a": "0"}, "s", "Ludność <2024>")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Ludność <2024>"
    assert 'class="m-sn" fill="url(#m-hatch)"' in svg  # b has no key: no data
    assert "style=" not in svg


def test_a_map_of_links_is_hidden_from_assistive_technology() -> None:
    svg = choropleth(SHAPE, {"a": "0", "b": "1"}, "s", "", lambda c: (f"/jst/{c}", f"unit {c}"))
    root = ET.fromstring(svg)
    links = list(root.iter("{http://www.w3.org/2000/svg}a"))
    assert root.get("aria-hidden") == "true"
    assert [a.get("href") for a in links] == ["/jst/a", "/jst/b"]
    assert all(a.get("tabindex") == "-1" for a in links)


def test_swatches_bring_their_own_patterns() -> None:
    assert 'id="l-hatch"' in legend_swatch("n", "s")
    assert "pattern" not in legend_swatch("3", "s")

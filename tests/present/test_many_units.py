"""Charts of several units: every value where its number says, all of them told apart."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.present.charts import (
    Dot,
    DotRow,
    DotSpec,
    LineSpec,
    MultiplesSpec,
    Panel,
    Point,
    ScatterSpec,
    Series,
    dot_plot,
    line_chart,
    scatter,
    small_multiples,
)
from smup.present.charts.scatter import Dot as Mark
from smup.present.charts.scatter import Line
from smup.present.figure import Figure, Heading
from smup.present.tables import Table
from tests.present.test_charts import SVG, VALUES, marks, parse, share

HEADING = Heading("c", "Tytuł <o>", "Miara, os., 2024", "Źródło: X. Wydanie 1.")
TABLE = Table("t", ("a",), (("b",),))


def series(name: str, *values: float | None, order: int | None = None) -> Series:
    points = tuple(
        Point(2020 + i, v, "brak" if v is None else f"{v} os.", "n" if v is None else "")
        for i, v in enumerate(values)
    )
    return Series(name, points, ours=order is None, order=order)


def lines(*many: Series, breaks: tuple[tuple[int, str], ...] = ()) -> Figure:
    return line_chart(LineSpec(HEADING, many, "Zdanie.", "Rok", breaks=breaks))


def titles(root: ET.Element) -> list[str]:
    return [title.text or "" for title in root.iter(f"{SVG}title")][1:]


def words(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_a_year_tells_every_series() -> None:
    root = parse(lines(series("Hel", 1, 2), series("Sopot", 3, None, order=1)).svg)
    assert titles(root) == ["2020: Hel 1 os.; Sopot 3 os.", "2021: Hel 2 os.; Sopot brak"]


def test_ten_series_differ_in_more_than_colour() -> None:
    many = [series("Hel", 1, 2), *(series(f"u{i}", i, i + 1, order=i) for i in range(1, 10))]
    root = parse(lines(*many).svg)
    drawn = marks(root, "line", "c-k-line")
    looks = {(line.get("class"), line.get("stroke-dasharray")) for line in drawn}
    assert len(looks) == 9
    assert [w for w in words(root) if w.startswith("u")] == [f"u{i}" for i in range(1, 10)]


def test_a_break_parts_the_line_and_is_told() -> None:
    figure = lines(series("Hel", 1, 2, 3), breaks=((2021, "nowa definicja"),))
    root = parse(figure.svg)
    assert len(marks(root, "line", "c-ours-line")) == 1
    (broken,) = marks(root, "line", "c-break")
    first, second, _ = marks(root, "circle", "c-ours")
    assert share(broken, "x1") == pytest.approx((share(first, "cx") + share(second, "cx")) / 2)
    assert "2021: Hel 2 os. (nowa definicja)" in titles(root)


def test_each_kind_of_gap_has_its_sign_and_word() -> None:
    points = (Point(2020, 1, "1"), Point(2021, None, "x", "a"), Point(2022, None, "x", "c"))
    root = parse(line_chart(LineSpec(HEADING, (Series("Hel", points, True),), "", "Rok")).svg)
    assert "× nie dotyczy, ◆ wartość poufna" in words(root)
    assert {"×", "◆"} <= set(words(root))


@pytest.mark.parametrize(("low", "said"), [(0.0, False), (40.0, True)])
def test_an_axis_that_does_not_start_at_zero_says_so(low: float, said: bool) -> None:
    root = parse(lines(series("Hel", low, 60)).svg)
    assert ("Oś pionowa nie zaczyna się od zera." in words(root)) is said


def dots(*rows: DotRow, labels: tuple[str, ...] = ("2020", "2024")) -> Figure:
    return dot_plot(DotSpec(HEADING, rows, labels, "Jednostka", "Zdanie.", ("mediana", 50.0)))


def test_dots_stand_on_one_scale_and_say_their_year() -> None:
    figure = dots(DotRow("Hel", (Dot(0.0, "0"), Dot(100.0, "100")), True))
    root = parse(figure.svg)
    (full,) = marks(root, "circle", "c-ours")
    assert share(full, "cx") == 100
    (median,) = marks(root, "line", "c-median")
    assert share(median, "x1") == 50
    assert titles(root) == ["Hel, 2020: 0", "Hel, 2024: 100"]
    assert figure.table.rows == (("Hel", "0", "100"),)


def test_a_row_without_a_value_gives_its_reason() -> None:
    figure = dots(DotRow("A", (Dot(1.0, "1"), Dot(2.0, "2"))), DotRow("B", (Dot(None, "x"),) * 2))
    assert "x" in words(parse(figure.svg))
    with pytest.raises(ValueError, match="at least one value"):
        dots(DotRow("B", (Dot(None, "x"),) * 2))
    with pytest.raises(ValueError, match="differ in length"):
        dots(DotRow("B", (Dot(1.0, "x"),)))


def cloud(*found: Mark, **more: object) -> Figure:
    return scatter(ScatterSpec(HEADING, found, ("x, zł", "y, %"), "Zdanie.", TABLE, **more))  # type: ignore[arg-type]


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=30))
def test_every_dot_lies_inside_the_plot(points: list[tuple[float, float]]) -> None:
    root = parse(
        cloud(*(Mark("u", x, y, "u", chosen=not i) for i, (x, y) in enumerate(points))).svg
    )
    (ours,) = marks(root, "circle", "c-ours")
    assert 0 <= share(ours, "cx") <= 100
    (inner,) = [e for e in root.iter(f"{SVG}svg") if e.get("preserveAspectRatio") == "none"]
    _, _, width, height = map(float, inner.attrib["viewBox"].split())
    for path in inner:
        for place in path.attrib["d"].split("M")[1:]:
            x, y = place.removesuffix("h0").split()
            assert -1 <= float(x) <= width + 1
            assert -1 <= float(y) <= height + 1


def test_groups_differ_in_form_and_area_follows_size() -> None:
    found = [Mark(f"u{i}", i, i, "", group=i % 2, size=float(i)) for i in range(10)]
    root = parse(cloud(*found, groups=("wiejskie", "miejskie"), size_words="Ludność").svg)
    paths = marks(root, "path", "c-many")
    assert {p.get("stroke-linecap") for p in paths} == {"round", "square"}
    assert len({p.get("stroke-width") for p in paths}) > 2
    assert {"wiejskie", "miejskie", "Ludność"} <= set(words(root))


def test_numbers_of_an_axis_stand_evenly() -> None:
    root = parse(cloud(*(Mark("u", x, y, "") for x, y in ((1, 7.6), (2, 17.4)))).svg)
    heights = sorted(float(line.attrib["y1"]) for line in marks(root, "line", "c-grid"))
    steps = {round(b - a, 1) for a, b in pairwise(heights)}
    assert len(heights) > 2
    assert len(steps) == 1


def test_a_fitted_line_ends_at_the_axes() -> None:
    found = [Mark("u", float(x), float(2 * x), "") for x in range(11)]
    root = parse(cloud(*found, fitted=Line(2.0, 0.0, "r = 1,00")).svg)
    (line,) = marks(root, "path", "c-median")
    assert line.get("d") == "M0 300L691.2 0"  # from the lower left to the upper right corner
    assert "r = 1,00" in words(root)


def test_small_multiples_share_one_scale_unless_told() -> None:
    panels = (Panel(series("Hel", 0, 10)), Panel(series("Sopot", 0, 100)))

    def last_height(common: bool) -> list[float]:
        spec = MultiplesSpec(HEADING, panels, "Zdanie.", "Rok", common=common)
        root = parse(small_multiples(spec).svg)
        return [float(dot.attrib["cy"]) for dot in marks(root, "circle", "c-ours")]

    low, high = last_height(True)
    assert low > high
    assert len(set(last_height(False))) == 1


def test_long_names_take_two_lines() -> None:
    long = Panel(series("Dzieci przypadające na etat nauczyciela w przedszkolu", 0, 10))
    root = parse(small_multiples(MultiplesSpec(HEADING, (long,), "", "Rok")).svg)
    assert {"Dzieci przypadające", "na etat nauczyciela…"} <= set(words(root))


def test_small_multiples_say_which_scale() -> None:
    spec = MultiplesSpec(HEADING, (Panel(series("Hel", 0, 100)),), "Zdanie.", "Rok")
    figure = small_multiples(spec)
    assert "Wszystkie wykresy mają tę samą oś: 0 – 100." in words(parse(figure.svg))
    assert figure.table.rows == (("2021", "100 os."), ("2020", "0 os."))
    with pytest.raises(ValueError, match="at least one value"):
        small_multiples(MultiplesSpec(HEADING, (Panel(series("Hel", None)),), "", "Rok"))

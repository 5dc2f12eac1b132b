"""Names at the ends of lines lie on no line while there is a place beside them."""

import re

from smup.present.charts.ends import Named, names_at_ends

TOP, BOTTOM = 28.0, 212.0


def bases(*lines: Named) -> list[float]:
    drawn = names_at_ends(lines, TOP, BOTTOM)
    return [float(found[1]) for one in drawn if (found := re.search(r' y="([\d.]+)"', one))]


def flat(name: str, y: float) -> Named:
    return Named(name, True, tuple((at / 10, y) for at in range(11)))


def test_a_name_stands_above_its_value() -> None:
    assert bases(flat("Hel", 100)) == [89]


def test_of_two_lines_the_lower_has_its_name_below() -> None:
    assert bases(flat("mediana", 90), flat("Hel", 120)) == [79, 142]


def test_a_line_that_comes_from_below_has_its_name_above() -> None:
    rising = Named("Hel", True, ((0.0, 200.0), (0.9, 160.0), (1.0, 120.0)))
    assert bases(flat("mediana", 50), rising) == [39, 109]


def test_two_names_at_one_place_stand_apart() -> None:
    one, other = bases(flat("mediana", 100), flat("Hel", 100))
    assert abs(one - other) >= 15


def test_the_axis_is_no_place_for_a_name() -> None:
    assert max(bases(flat("mediana", 60), flat("Hel", 210))) < BOTTOM

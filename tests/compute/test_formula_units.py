"""Unit arithmetic: a wrong unit or a forgotten factor is found, a right formula is let through."""

import pytest

from smup.catalogue import Measure, Text
from smup.compute.formula import Name, parse
from smup.compute.units import UnitError, check_unit

T = Text(pl="x", en="x")


def measure(one: str, scale: float = 1.0, **dimension: int) -> Measure:
    return Measure(id=one, name=T, symbol=T, dimension=dimension, scale=scale)


MEASURES = {
    m.id: m
    for m in (
        measure("os", os=1),
        measure("zl", zl=1),
        measure("szt", szt=1),
        measure("ha", 1e4, m=2),
        measure("km2", 1e6, m=2),
        measure("os_km2", 1e-6, os=1, m=-2),
        measure("zl_os", zl=1, os=-1),
        measure("procent", 0.01),
        measure("promil", 0.001),
        measure("szt_na_2000", 1 / 2000, szt=1, os=-1),
        measure("szt_na_100km2", 1e-8, szt=1, m=-2),
        measure("pkt_os", 0.01, os=1),
    )
}
UNITS = {
    "ludnosc": "os",
    "dzieci": "os",
    "wydatki": "zl",
    "dochody": "zl",
    "pozary": "szt",
    "powierzchnia": "ha",
    "obszar": "km2",
    "odsetek": "procent",
    "punkty": "pkt_os",
    "dlug-na-osobe": "zl_os",
}


def check(formula: str, unit: str) -> None:
    def measure_of(name: Name) -> Measure:
        return MEASURES[UNITS[name.id]]

    check_unit(parse(formula), MEASURES[unit], measure_of)


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("ludnosc", "os"),
        ("wydatki / ludnosc", "zl_os"),
        ("100 * dzieci / ludnosc", "procent"),
        ("dzieci / ludnosc * 1000", "promil"),
        ("100 * ludnosc / powierzchnia", "os_km2"),
        ("ludnosc / obszar", "os_km2"),
        ("powierzchnia / 100", "km2"),
        ("10000 * pozary / powierzchnia", "szt_na_100km2"),
        ("2000 * pozary / ludnosc", "szt_na_2000"),
        ("punkty / ludnosc", "procent"),
        ("100 * (ludnosc / ludnosc[-1] - 1)", "procent"),
        ("100 * (dochody - wydatki) / dochody", "procent"),
        ("(dochody - wydatki) / ludnosc", "zl_os"),
        ("100 * dzieci / (ludnosc + dzieci)", "procent"),
        ("100 - 100 * dzieci / ludnosc", "procent"),
        ("(ludnosc + ludnosc[-1]) / 2", "os"),  # a mean is no conversion
        ("8 / 12 * dzieci[-1] + 4 / 12 * dzieci", "os"),
        ("wydatki / (8 / 12 * dzieci[-1] + 4 / 12 * dzieci)", "zl_os"),
        ("100 * sum(dzieci, 3) / sum(ludnosc, 3)", "procent"),
        ("max(odsetek, 100)", "procent"),
        ("-@dlug-na-osobe", "zl_os"),
        ("0 * dzieci + ludnosc", "os"),
    ],
)
def test_right_units(formula: str, unit: str) -> None:
    check(formula, unit)


@pytest.mark.parametrize(
    ("formula", "unit", "message"),
    [
        ("dzieci / ludnosc", "procent", "pomnożyć przez 100"),
        ("1000 * dzieci / ludnosc", "procent", "pomnożyć przez 0.1"),
        ("100 * dzieci / ludnosc", "promil", "pomnożyć przez 10"),
        ("ludnosc / powierzchnia", "os_km2", "pomnożyć przez 100"),
        ("(dochody - wydatki) / dochody", "procent", "pomnożyć przez 100"),
        ("wydatki / (8 / 12 * dzieci + 4 / 12 * dzieci[-1]) * 100", "zl_os", "przez 0.01"),
        ("2 * dzieci", "os", "pomnożyć przez 0.5"),
        ("1000 * pozary / ludnosc", "szt_na_2000", "pomnożyć przez 2"),
        ("odsetek", "promil", "pomnożyć przez 10"),
        ("wydatki", "zl_os", "wzór daje jednostkę [zl], a „zl_os” to [os^-1·zl]"),
        ("ludnosc / wydatki", "zl_os", "wzór daje jednostkę [os·zl^-1]"),
        ("100 * dzieci / ludnosc", "os", "wzór daje jednostkę [1], a „os” to [os]"),
        ("ludnosc + wydatki", "os", "działanie „+” łączy różne jednostki: [os] i [zl]"),
        ("ludnosc - 5", "os", "działanie „-” łączy różne jednostki: [os] i [1]"),
        ("min(ludnosc, wydatki)", "os", "działanie „min” łączy różne jednostki"),
        ("powierzchnia + obszar", "ha", "w różnej skali (różnica 0.01 razy)"),
        ("dzieci / ludnosc + odsetek", "procent", "w różnej skali (różnica 100 razy)"),
        ("100 / 2", "procent", "wzór nie używa żadnej zmiennej"),
    ],
)
def test_wrong_units(formula: str, unit: str, message: str) -> None:
    with pytest.raises(UnitError) as caught:
        check(formula, unit)
    assert message in str(caught.value)

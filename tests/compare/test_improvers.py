"""Who was like us and is better now: by a naive search, with every refusal."""

import math
import statistics

import pytest

from smup.catalogue import Text
from smup.catalogue.models import SeriesBreak
from smup.compare import Frame
from smup.compare.improvers import Improvers, improvers
from smup.panel import Status
from tests.compare.places import YEARS, Cells, a_rate, cells_of, codes_of, frame_of

CODES = codes_of()
OWN = CODES[60]


def of(frame: Frame, code: str = OWN) -> Improvers:
    return improvers(frame, code, "wskaznik", 2024)


def moving() -> Cells:
    """Every gmina on a way of its own."""
    cells = cells_of(CODES)
    for at, code in enumerate(CODES):
        cells["a", 2024, code] = float(cells["a", 2024, code]) * (0.9 + 0.002 * at)
    return cells


def naive(frame: Frame, lower: bool = False) -> dict[str, tuple[float, float]]:
    """All within reach, better by more than that; every place counts as near (fewer than 100)."""
    panel = frame.indicators

    def value(code: str, year: int) -> float:
        found, _, _ = panel.cell("wskaznik", year, code)
        assert found is not None
        return found

    then = {code: value(code, 2019) for code in CODES}
    now = {code: value(code, 2024) for code in CODES}
    middle = statistics.median(then.values())
    spread = statistics.median(abs(x - middle) for x in then.values()) / 0.6744897501960817
    sign = -1 if lower else 1
    return {
        code: (then[code], now[code])
        for code in CODES
        if code != OWN
        and abs(then[code] - then[OWN]) <= 0.25 * spread
        and sign * (now[code] - then[code]) > 0
        and sign * (now[code] - now[OWN]) > 0.25 * spread
    }


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_as_a_naive_search(better: str) -> None:
    cells = {key: value for key, value in moving().items() if key[0] != "dzieci"}
    for code in CODES:  # nobody's places are known: everybody of the kind is asked
        cells["dzieci", 2024, code] = Status.MISSING
    frame = frame_of(cells, a_rate(better=better), expected=None)
    found, wanted = of(frame), naive(frame, better == "lower")
    assert found.reason is None
    assert found.since == 2019
    assert found.features == ()
    assert found.better == len(wanted) > 0
    assert {one.unit: (one.then, one.now) for one in found.units}.items() <= wanted.items()
    gains = [one.gain for one in found.units]
    assert gains == sorted(gains, reverse=True)
    assert all(gain > 0 for gain in gains)
    assert len(found.units) == min(10, len(wanted))


def test_only_the_nearest_places_are_asked() -> None:
    """The nearest 100 of 119 by two z-scores."""
    frame = frame_of(moving(), a_rate())
    found = of(frame)
    assert found.features == ("ludnosc", "dzieci")
    cells = moving()
    given = {
        code: (
            math.log(cells["ludnosc", 2019, code]),
            100 * float(cells["dzieci", 2019, code]) / float(cells["ludnosc", 2019, code]),
        )
        for code in CODES
    }
    scores = []
    for column in zip(*given.values(), strict=True):
        mean, spread = statistics.fmean(column), statistics.pstdev(column)
        scores.append({c: (x - mean) / spread for c, x in zip(CODES, column, strict=True)})
    apart = {
        c: math.dist([s[c] for s in scores], [s[OWN] for s in scores]) for c in CODES if c != OWN
    }
    near = sorted(apart, key=lambda code: apart[code])[:100]
    wanted = {code: pair for code, pair in naive(frame).items() if code in near}
    assert {one.unit for one in found.units} <= set(wanted)
    assert found.better == len(wanted)


def test_the_order_of_units_does_not_matter() -> None:
    one, two = (of(frame_of(moving(), a_rate(), order=way)) for way in (1, -1))
    assert one.to_dict() == two.to_dict()


def test_a_target_is_approached_from_both_sides() -> None:
    basis = Text(pl="Ustawa.", en="An act.")
    target = {"at": "exactly", "value": 16, "basis": basis.model_dump()}
    found = of(frame_of(moving(), a_rate(better="target", target=target)))
    for one in found.units:
        assert abs(one.now - 16) < abs(one.then - 16)
        assert one.gain == pytest.approx(abs(one.then - 16) - abs(one.now - 16), abs=0.0011)


def test_a_break_is_not_crossed() -> None:
    def frame(*years: int) -> Frame:
        made = frame_of(moving(), a_rate())
        breaks = tuple(
            SeriesBreak(year=y, reason=Text(pl="Zmiana.", en="A change.")) for y in years
        )
        variables = made.catalogue.variables
        changed = variables | {"a": variables["a"].model_copy(update={"breaks": breaks})}
        catalogue = made.catalogue.model_copy(update={"variables": changed})
        return Frame(catalogue, made.territory, made.indicators, made.variables)

    assert of(frame()).since == 2019
    assert of(frame(2019)).since == 2019  # the first year on the new basis
    assert of(frame(2020)).since == 2020
    assert of(frame(2021)).since == 2021
    assert of(frame(2022)).reason == "break"


def test_a_year_without_a_value_is_passed_over() -> None:
    cells = moving()
    cells["a", 2019, OWN] = Status.MISSING
    assert of(frame_of(cells, a_rate())).since == 2020
    for year in YEARS[:-1]:
        cells["a", year, OWN] = Status.MISSING
    assert of(frame_of(cells, a_rate())).reason == "no_earlier_value"
    cells["a", 2024, OWN] = Status.CONFIDENTIAL
    assert of(frame_of(cells, a_rate())).reason == "no_value"


def test_refusals() -> None:
    assert of(frame_of(moving(), a_rate(better="neither"))).reason == "neither"
    assert of(frame_of(moving(), a_rate(comparable_over_time=False))).reason == "not_comparable"
    assert of(frame_of(moving(), a_rate(kinds=("powiat",)))).reason == "not_compared"


def test_one_unit_and_all_equal_have_nobody() -> None:
    alone = of(frame_of(cells_of(CODES[:1]), a_rate(), count=1), CODES[0])
    assert (alone.reason, alone.alike, alone.units) == (None, 0, ())
    equal = dict.fromkeys(moving(), 10.0)
    same = of(frame_of(equal, a_rate()))
    assert (same.reason, same.within, same.better) == (None, 0.0, 0)

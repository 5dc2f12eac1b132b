"""The number beside a value decides what the value is; a 0 is a number only where it says so."""

import pytest

from smup.catalogue.statuses import load_statuses
from smup.ingest.numbers import Reading
from smup.panel import Flag, Status
from smup.sources.bdl.attributes import Unclear, marks_of, reading_of
from smup.sources.bdl.shapes import Attribute, Value
from tests.contract.bdl_world import ATTRIBUTES
from tests.contract.serving import ROOT

STATUSES = load_statuses(ROOT / "catalogue")
TOLD = [
    Attribute.model_validate({"id": 0, "name": "0", "symbol": ""}),
    Attribute.model_validate({"id": 1, "name": "", "symbol": None}),
    *(Attribute.model_validate({"id": n, "symbol": s}) for n, s in ATTRIBUTES.items()),
]
MARKS = marks_of(TOLD, STATUSES)
NUMBER = {symbol: number for number, symbol in ATTRIBUTES.items()}


def read(val: float | None, attribute: int) -> Reading:
    value = Value.model_validate({"year": "2024", "val": val, "attrId": attribute})
    return reading_of(value, MARKS)


# contracts.md 1.4
@pytest.mark.parametrize(
    ("val", "attribute", "reading"),
    [
        (5.5, 1, Reading(5.5, Status.OBSERVED)),
        (0.0, 1, Reading(0.0, Status.ZERO)),
        (-0.0, 1, Reading(0.0, Status.ZERO)),
        (0.0, 0, Reading(None, Status.MISSING)),
        (None, 0, Reading(None, Status.MISSING)),
        (0.0, NUMBER["z"], Reading(0.0, Status.ZERO)),
        (0.0, NUMBER["Z"], Reading(0.0, Status.ZERO, Flag.BREAK)),
        (0.0, NUMBER["a"], Reading(None, Status.BELOW_FORMAT)),
        (0.0, NUMBER["n"], Reading(None, Status.NOT_YET)),
        (0.0, NUMBER["-"], Reading(None, Status.NOT_COLLECTED)),
        (7.0, NUMBER["p"], Reading(7.0, Status.OBSERVED, Flag.JOINT)),
        (0.0, NUMBER["s"], Reading(None, Status.MISSING, Flag.PROVISIONAL)),
    ],
)
def test_values(val: float | None, attribute: int, reading: Reading) -> None:
    assert read(val, attribute) == reading


@pytest.mark.parametrize(
    ("val", "attribute"),
    [(3.0, 99), (0.0, 99), (4.0, 0), (4.0, NUMBER["n"]), (4.0, NUMBER["z"]), (None, 1)],
)
def test_what_could_be_taken_for_something_else_is_refused(
    val: float | None, attribute: int
) -> None:
    with pytest.raises(Unclear):
        read(val, attribute)


def test_a_symbol_nobody_described_leaves_its_number_unknown() -> None:
    told = [*TOLD, Attribute.model_validate({"id": 77, "symbol": "Q"})]
    assert 77 not in marks_of(told, STATUSES)
    blank = [*TOLD, Attribute.model_validate({"id": 78, "symbol": ""})]
    assert 78 not in marks_of(blank, STATUSES)


def test_a_known_number_that_changes_its_meaning_is_refused() -> None:
    with pytest.raises(Unclear, match="atrybut 1"):
        marks_of([Attribute.model_validate({"id": 1, "symbol": "n"})], STATUSES)

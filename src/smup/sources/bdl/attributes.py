"""What the number beside a value means: ``/attributes`` and ``catalogue/statuses.yaml`` together.

Only two numbers have ever been seen (``bdl-attrid``); all others are read from the service as
symbols, and a symbol means what ``bdl-atrybuty`` says. A number nobody explains stays unknown.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smup.catalogue.statuses import Convention
from smup.ingest.mapping import flags_named, status_named
from smup.ingest.numbers import Reading
from smup.panel import Flag, Status
from smup.sources.bdl.shapes import Attribute, Value

NUMBERS, SYMBOLS = "bdl-attrid", "bdl-atrybuty"


class Unclear(ValueError):
    """A value that could be taken for what it is not; the text is the reason in Polish."""


@dataclass(frozen=True, slots=True)
class Mark:
    status: Status
    flags: Flag
    zero: bool  # may a 0 beside it be a number?


Marks = Mapping[int, Mark]


def marks_of(attributes: Iterable[Attribute], conventions: Mapping[str, Convention]) -> Marks:
    """The meaning of every number that has one.

    Raises Unclear where the service gives a symbol to a number that is known to mean otherwise.
    """
    known = {int(id_): sign for id_, sign in conventions[NUMBERS].signs.items()}
    symbols = conventions[SYMBOLS].signs
    found = {
        id_: Mark(status_named(one.status), flags_named(one.flags), zero=one.status == "observed")
        for id_, one in known.items()
    }
    for attribute in attributes:
        sign = symbols.get((attribute.symbol or "").strip())
        if attribute.id in known:
            if attribute.symbol and sign is not None and sign.status != known[attribute.id].status:
                raise Unclear(
                    f"atrybut {attribute.id} ma symbol „{attribute.symbol}”, a dotąd znaczył: "
                    f"{known[attribute.id].meaning}"
                )
        elif attribute.symbol and attribute.symbol.strip() and sign is not None:
            status = status_named(sign.status)
            found[attribute.id] = Mark(status, flags_named(sign.flags), zero=status is Status.ZERO)
    return found


def reading_of(value: Value, marks: Marks) -> Reading:
    """The value as the number beside it says; 0 is a number only where it says so.

    Raises Unclear for an unknown number and for a value that contradicts its sign.
    """
    mark = marks.get(value.attr_id)
    if mark is None:
        raise Unclear(f"atrybut {value.attr_id} nie ma znaczenia w /attributes ani w statuses.yaml")
    if mark.status is not Status.OBSERVED:
        if value.val:
            raise Unclear(
                f"wartość {value.val:g} stoi przy atrybucie {value.attr_id}, który oznacza brak "
                "liczby albo zero"
            )
        return Reading(0.0 if mark.status is Status.ZERO else None, mark.status, mark.flags)
    if value.val is None or not math.isfinite(value.val):
        raise Unclear(f"brak liczby przy atrybucie {value.attr_id}, który oznacza wartość")
    if value.val == 0 and not mark.zero:
        return Reading(None, Status.MISSING, mark.flags)
    return Reading(value.val + 0.0, Status.OBSERVED if value.val else Status.ZERO, mark.flags)

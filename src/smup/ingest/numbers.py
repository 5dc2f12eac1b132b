"""What stands in a cell: a number, a sign that means something, or neither."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from smup.ingest.mapping import FileMapping
from smup.ingest.table import Cell
from smup.panel import Flag, Status


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign in place of a number: ``-`` is a true zero in a GUS yearbook, no data in BDL."""

    status: Status
    flags: Flag = Flag.NONE


Signs = Mapping[str, Sign]
SPACES = "\u00a0\u202f\u2009 "  # any of them separates thousands


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its status; the value is None exactly where the status is a gap."""

    value: float | None
    status: Status
    flags: Flag = Flag.NONE
    sign: bool = False  # it was a sign and no number


GAP_BLANK = Reading(None, Status.MISSING, sign=True)


def signs_of(mapping: FileMapping, conventions: Mapping[str, Signs]) -> Signs:
    """Signs of the publisher, with what they mean in this very file put over them.

    Raises KeyError for a convention nobody described.
    """
    publisher = conventions[mapping.convention] if mapping.convention else {}
    own = {text: Sign(status) for text, status in mapping.signs.items()}
    blank = {} if mapping.blank is None else {"": Sign(mapping.blank)}
    return {**publisher, **own, **blank}


def read_number(cell: Cell, mapping: FileMapping, signs: Signs) -> Reading | None:
    """The reading of a cell; None when it is neither a number nor a known sign.

    A text counts as a number only when it is written exactly as the mapping says: with its decimal
    mark, and with groups of three digits where there are separators of thousands.
    """
    if isinstance(cell, float):
        return _reading(cell) if math.isfinite(cell) else None
    text = cell.strip()
    sign = signs.get(text)
    if sign is not None:
        value = 0.0 if sign.status is Status.ZERO else None
        return Reading(value, sign.status, sign.flags, sign=True)
    if not text:
        return GAP_BLANK
    pattern = number_pattern(mapping.decimal, mapping.thousands)
    if not pattern.fullmatch(text):
        return None
    plain = text.replace("\u2212", "-")
    if mapping.thousands:
        plain = _without(plain, mapping.thousands)
    return _reading(float(plain.replace(mapping.decimal, ".")))


def _reading(value: float) -> Reading:
    # Adding 0.0 turns a negative zero into zero: the two would print differently.
    return Reading(value + 0.0, Status.OBSERVED if value else Status.ZERO)


def _without(text: str, separator: str) -> str:
    spaces = SPACES if separator == " " else separator
    return "".join(c for c in text if c not in spaces)


@lru_cache
def number_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """What a number looks like with this decimal mark and these separators of thousands."""
    group = {"": "", " ": f"[{SPACES}]"}.get(thousands, re.escape(thousands))
    grouped = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|" if group else ""
    return re.compile(f"[-\u2212]?(?:{grouped}[0-9]+)(?:{re.escape(decimal)}[0-9]+)?")

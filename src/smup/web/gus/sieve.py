"""``filters`` and ``sorts`` in the notation of Sieve, in which sister services of GUS are asked.

``filters=id-flaga==1,wartosc>=10`` (all must hold) · ``nazwa@=Kolno|Hel`` (any value) ·
``(nazwa|nazwa-dod)@=*miejska`` (any field; ``*``: case does not matter) · a backslash before a
comma or a bar takes it literally · ``sorts=-wartosc,id-teryt``. Pure functions on lists of records.
"""

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

from smup.language import sort_key
from smup.web.open.problems import Problem

Record = dict[str, Any]
Test = Callable[[Record], bool]
LONGEST = 2000  # characters of one parameter
_OPERATORS = ("==", "!=", ">=", "<=", ">", "<", "@=", "_=", "_-=", "!@=", "!_=", "!_-=")
_TERM = re.compile(
    r"\(?([\w\-|]+?)\)?\s*(!_-=|!@=|!_=|_-=|==|!=|>=|<=|@=|_=|>|<)(\*?)(.*)", re.DOTALL
)
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_TEXT: dict[str, Callable[[str, str], bool]] = {
    "==": operator.eq,
    "@=": lambda text, part: part in text,
    "_=": lambda text, part: text.startswith(part),
    "_-=": lambda text, part: text.endswith(part),
}


def filtered(records: Sequence[Record], text: str) -> list[Record]:
    """The records for which every term of ``filters`` holds. Raises Problem 400."""
    tests = [_test(records, term) for term in _parts(_short(text, "filters"), ",")]
    return [record for record in records if all(test(record) for test in tests)]


def sorted_by(records: Sequence[Record], text: str) -> list[Record]:
    """The records in the order of ``sorts`` (``-``: descending), gaps last. Raises Problem 400."""
    found = list(records)
    for term in reversed(_parts(_short(text, "sorts"), ",")):
        name = _field(records, term.removeprefix("-"), "sorts")
        known = [record for record in found if record.get(name) is not None]
        known.sort(key=lambda record: _key(record[name]), reverse=term.startswith("-"))
        found = known + [record for record in found if record.get(name) is None]
    return found


def _test(records: Sequence[Record], term: str) -> Test:
    match = _TERM.fullmatch(term)
    if match is None:
        known = " ".join(_OPERATORS)
        detail = f"„{term[:60]}”: podaj pole, operator ({known}) i wartość, np. id-flaga==1."
        raise Problem(400, detail, "filters")
    fields = [_field(records, name, "filters") for name in match[1].split("|")]
    sign, any_case = match[2], match[3] == "*"
    values = _parts(match[4], "|") or [""]
    negated = sign.startswith("!")
    plain = "==" if sign == "!=" else sign.removeprefix("!")
    tests = [_one(records, name, plain, value, any_case) for name in fields for value in values]
    if negated:
        return lambda record: not any(test(record) for test in tests)
    return lambda record: any(test(record) for test in tests)


def _one(records: Sequence[Record], name: str, sign: str, value: str, any_case: bool) -> Test:
    """One field against one value."""
    if value == "null" and sign == "==":
        return lambda record: record.get(name) is None
    first = next((r[name] for r in records if r.get(name) is not None), "")
    if isinstance(first, int | float) and sign in _ORDER:
        number, compare = _number(value, name), _ORDER[sign]
        return lambda record: record.get(name) is not None and compare(record[name], number)
    if sign in _ORDER and sign != "==":
        limit, compare = sort_key(value), _ORDER[sign]
        return lambda record: compare(sort_key(_text(record.get(name), False)), limit)
    wanted, matches = _text(value, any_case), _TEXT[sign]
    return lambda record: matches(_text(record.get(name), any_case), wanted)


def _number(text: str, name: str) -> float:
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text, re.ASCII):
        detail = f"„{text[:40]}” nie jest liczbą, a pole „{name}” jest liczbowe."
        raise Problem(400, detail, "filters")
    return float(text)


def _text(value: object, any_case: bool) -> str:
    text = "" if value is None else str(value)
    return text.casefold() if any_case else text


def _key(value: Any) -> Any:
    return value if isinstance(value, int | float) else sort_key(str(value))


def _field(records: Sequence[Record], name: str, parameter: str) -> str:
    """A field of the records; nothing is known of an empty list, so any name will do."""
    if records and name not in records[0]:
        known = list(records[0])
        raise Problem(
            400, f"Nie ma pola „{name[:40]}”. Pola: {', '.join(known)}.", parameter, known
        )
    return name


def _parts(text: str, mark: str) -> list[str]:
    """What stands between marks without a backslash before them, the backslashes taken away."""
    pieces = re.split(rf"(?<!\\){re.escape(mark)}", text)
    return [piece.strip().replace(f"\\{mark}", mark) for piece in pieces if piece.strip()]


def _short(text: str, parameter: str) -> str:
    if len(text) > LONGEST:
        raise Problem(400, f"Parametr ma {len(text)} znaków, najwyżej {LONGEST}.", parameter)
    return text

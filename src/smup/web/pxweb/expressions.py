"""Selection expressions: ``1465``, ``12*``, ``*1``, ``*x*``, ``14??``, ``TOP(3,1)``, ``BOTTOM(2)``,
``FROM(2015)``, ``TO(2020)``, ``RANGE(2015,2020)``; case does not matter.

Of years ``TOP`` counts from the newest, ``BOTTOM`` from the oldest; of anything else from the
first and from the last.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import translate

MOST = 200  # expressions of one variable that are looked for among all its codes
_COUNTED = re.compile(r"(top|bottom)\(\s*(\d{1,6})\s*(?:,\s*(\d{1,6})\s*)?\)", re.ASCII)
_BOUNDED = re.compile(r"(from|to)\(([^(),]+)\)")
_BETWEEN = re.compile(r"range\(([^(),]+),([^(),]+)\)")
_MASKED = re.compile(r"\*?[^*?]*\*?|[^*]+")  # stars at the ends, or question marks


class BadExpression(ValueError):
    """What an expression asks for cannot be read, or is not there."""


def chosen(expressions: Iterable[str], codes: Sequence[str], *, is_time: bool) -> list[str]:
    """The codes that any of the expressions means, in the order of ``codes``.

    Raises BadExpression for one that cannot be read, for one that means nothing, and for more than
    ``MOST`` that are more than a code.
    """
    places = {code.casefold(): at for at, code in enumerate(codes)}
    told = dict.fromkeys(expression.strip() for expression in expressions)
    plain = [text for text in told if text.casefold() in places]
    others = [text for text in told if text.casefold() not in places]
    if len(others) > MOST:
        raise BadExpression(f"Podano {len(others)} wyrażeń lub nieznanych kodów, najwięcej {MOST}.")
    found = {places[text.casefold()] for text in plain}
    for text in others:
        meant = _meant(text, codes, places, is_time)
        if not meant:
            raise BadExpression(f"„{text[:60]}” nie wskazuje żadnej wartości.")
        found.update(meant)
    return [codes[at] for at in sorted(found)]


def _meant(
    expression: str, codes: Sequence[str], places: Mapping[str, int], is_time: bool
) -> Sequence[int]:
    """Places of the codes meant by anything but a code."""
    told, everything = expression.casefold(), range(len(codes))
    if counted := _COUNTED.fullmatch(told):
        from_end = (counted[1] == "top") == is_time
        ordered = everything[::-1] if from_end else everything
        skipped = int(counted[3] or 0)
        return ordered[skipped : skipped + int(counted[2])]
    if bounded := _BOUNDED.fullmatch(told):
        at = _place(bounded[2], places)
        return everything[at:] if bounded[1] == "from" else everything[: at + 1]
    if between := _BETWEEN.fullmatch(told):
        return everything[_place(between[1], places) : _place(between[2], places) + 1]
    if "(" in told:
        raise BadExpression(
            f"Nie można odczytać „{expression[:60]}”. Wyrażenia: TOP(n), TOP(n,m), BOTTOM(n), "
            "FROM(x), TO(x), RANGE(x,y)."
        )
    if "*" in told or "?" in told:
        return _masked(told, codes)
    raise BadExpression(f"Nie ma wartości „{expression[:60]}”.")


def _masked(mask: str, codes: Sequence[str]) -> list[int]:
    """Places of the codes under a mask; only ``*`` and ``?`` mean something in it."""
    if not _MASKED.fullmatch(mask):
        raise BadExpression(
            f"Nie można odczytać „{mask[:60]}”. Gwiazdka stoi na początku albo na końcu, znaki "
            "zapytania bez gwiazdek."
        )
    fits = re.compile(translate(mask.replace("[", "[[]"))).match
    return [at for at, code in enumerate(codes) if fits(code.casefold())]


def _place(code: str, places: Mapping[str, int]) -> int:
    at = places.get(code.strip())
    if at is None:
        raise BadExpression(f"Nie ma wartości „{code.strip()[:60]}”.")
    return at

"""A worked example, step by step, every number in it computed by the engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.compute.formula import (
    Binary,
    Name,
    Negate,
    Node,
    Number,
    evaluate_scalar,
    names,
    needed,
    parse,
)
from smup.compute.rounding import round_one
from smup.compute.wording import with_numbers
from smup.describe.quotient import Quotient, as_product
from smup.describe.speaker import Speaker, ended
from smup.documents import Items, Line, Section, Strong, line
from smup.language import format_number
from smup.present.values import with_symbol

SECTION = "przyklad"
_NOTHING = 1e-9  # what arithmetic of floats may leave behind
_ENOUGH = 6  # decimals of a number on the way; it is computed with all it has


@dataclass(frozen=True)
class Worked:
    """The value before and after rounding, and how it was reached."""

    exact: float
    rounded: float
    steps: tuple[str, ...]


def example(speaker: Speaker, one: Indicator) -> Section:
    """What is given, the steps, the published value."""
    worked = work(speaker, one)
    lines: list[Line] = [line(speaker.say("given"), " ", ended("; ".join(_given(speaker, one))))]
    lines += [(f"{speaker.say('inserted')} {step}",) for step in worked.steps]
    number = format_number(worked.rounded, one.decimals, speaker.lang)
    result = with_symbol(number, speaker.measure(one), speaker.lang)
    lines.append(line(f"{_rounding(speaker, one.decimals)} ", Strong(result)))
    return Section(SECTION, speaker.say("example"), (Items(tuple(lines), ordered=True),))


def work(speaker: Speaker, one: Indicator) -> Worked:
    """The example of an indicator through the engine's own evaluation and rounding."""
    node, given = speaker.computed[one.id], one.example.given
    own = evaluate_scalar(node, given)
    steps = [] if isinstance(node, Name) else [" = ".join(chain(speaker, node, given, own))]
    country = one.example.country
    if country is None:
        return Worked(own, round_one(own, one.decimals), tuple(steps))
    exact = own - country
    difference = Binary("-", _signed(round(own, _ENOUGH)), _signed(country))
    steps.append(f"{speaker.words(difference)} = {_number(speaker, exact)}")
    return Worked(exact, round_one(exact, one.decimals), tuple(steps))


def chain(speaker: Speaker, node: Node, given: Mapping[str, float], value: float) -> list[str]:
    """The formula with numbers, its sides worked out where that helps, and its value.

    Raises KeyError for a number that is not given (see ``formula.needed``).
    """
    found = [speaker.words(with_numbers(node, given))]
    parts = as_product(node)
    if _worth_a_step(parts, given):
        found.append(_parts_computed(speaker, parts, given))
    found.append(_number(speaker, value))
    return list(dict.fromkeys(found))


def _parts_computed(speaker: Speaker, parts: Quotient, given: Mapping[str, float]) -> str:
    """The quotient again with numerator and denominator worked out."""
    whole: Node = _value(parts.over, given)
    if parts.factor != 1:
        whole = Binary("*", _signed(parts.factor), whole)
    if parts.under is not None:
        whole = Binary("/", whole, _value(parts.under, given))
    return speaker.words(whole)


def _value(node: Node, given: Mapping[str, float]) -> Node:
    return _signed(round(evaluate_scalar(node, given), _ENOUGH))


def _signed(value: float) -> Node:
    return Number(value) if value >= 0 else Negate(Number(-value))


def _worth_a_step(parts: Quotient, given: Mapping[str, float]) -> bool:
    """Is there a side to work out first, and can both be written down whole?"""
    sides = [side for side in (parts.over, parts.under) if side is not None]
    values = [evaluate_scalar(side, given) for side in sides]
    whole = all(abs(round(value, _ENOUGH) - value) < _NOTHING for value in values)
    return whole and any(len(needed(side)) > 1 for side in sides)


def _number(speaker: Speaker, value: float) -> str:
    """A number with the decimals it has, six at most; "…" after one that has more."""
    cut = round(value, _ENOUGH)
    text = speaker.words(_signed(cut))
    return text if abs(cut - value) < _NOTHING else f"{text}…"


def _given(speaker: Speaker, one: Indicator) -> list[str]:
    said = []
    for key, value in one.example.given.items():
        atom = parse(key)
        owner = speaker.owner_of(names(atom)[0])
        number = with_symbol(speaker.words(_signed(value)), speaker.measure(owner), speaker.lang)
        said.append(f"{speaker.words(atom)}: {number}")
    if one.example.country is not None:
        number = speaker.words(_signed(one.example.country))
        said.append(f"{speaker.say('of_country')}: {number}")
    return said


def _rounding(speaker: Speaker, decimals: int) -> str:
    """„Po zaokrągleniu do 2 miejsc po przecinku”: the noun goes with the number."""
    keys = ("rounded_whole", "rounded_one")
    return speaker.say(keys[decimals] if decimals < 2 else "rounded_more", n=decimals)

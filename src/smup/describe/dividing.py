"""The reader's first question: what exactly is divided by what."""

from smup.catalogue import Indicator, Variable
from smup.compute.formula import Binary, Name, Node, names, to_text
from smup.compute.wording import mathml
from smup.describe.calendar import reference_words
from smup.describe.quotient import Division, Quotient, as_product, division
from smup.describe.speaker import Speaker
from smup.documents import Block, Code, Fact, Facts, Formula, Line, Paragraph, Section, Strong, line
from smup.language import format_number

SECTION = "dzielenie"


def dividing(speaker: Speaker, one: Indicator) -> Section:
    """Answer, every variable with its place in the formula, and the formula itself."""
    node = speaker.written(one)
    found = division(node)
    blocks: list[Block] = [Paragraph(_answer(speaker, node, found), "answer")]
    blocks.append(Facts(tuple(_places(speaker, one, found))))
    if not isinstance(node, Name):  # a name alone is said by the row above
        blocks.append(formula(speaker, node))
    if one.against is not None:
        blocks.append(Paragraph((speaker.say("against_country"),), "answer"))
    blocks += [Paragraph(said) for said in _derived(speaker, node)]
    if one.mixed_scope_reason:
        reason = speaker.text(one.mixed_scope_reason)
        blocks.append(Paragraph(line(Strong(speaker.say("mixed_scope")), " ", reason)))
    if found.quotients:
        blocks.append(Paragraph((speaker.say("zero_below"),), "quiet"))
    return Section(SECTION, speaker.say("dividing"), tuple(blocks))


def formula(speaker: Speaker, node: Node) -> Formula:
    return Formula(mathml(node, speaker.name_of, speaker.lang), speaker.words(node), to_text(node))


def _answer(speaker: Speaker, node: Node, found: Division) -> Line:
    if not found.quotients:
        return (_undivided(speaker, node),)
    (first, *others) = found.quotients
    if found.whole:
        return (_sentence(speaker, first, "divided"),)
    if not others:
        return (_sentence(speaker, first, "divided_inside"),)
    each = "; ".join(
        speaker.say("divided_each", over=_side(speaker, q.over), under=_under(speaker, q))
        for q in found.quotients
    )
    return (speaker.say("divided_several", n=len(found.quotients), each=each),)


def _sentence(speaker: Speaker, one: Quotient, key: str) -> str:
    said = speaker.say(key, over=_side(speaker, one.over), under=_under(speaker, one))
    return f"{said}{_scaling(speaker, one.factor)}."


def _side(speaker: Speaker, node: Node) -> str:
    """One side of a quotient in words; several terms are held together."""
    words = speaker.words(node)
    if not isinstance(node, Binary) or node.operator == "*":
        return words
    return speaker.say("expression_of" if {"−", "÷"} & set(words) else "sum_of", words=words)


def _under(speaker: Speaker, one: Quotient) -> str:
    assert one.under is not None
    return _side(speaker, one.under)


def _scaling(speaker: Speaker, factor: float) -> str:
    """What is done with the quotient afterwards; "" where nothing is."""
    if factor in (1.0, -1.0):
        return "" if factor > 0 else speaker.say("sign_turned")
    key, number = ("times", factor) if abs(factor) > 1 else ("over_number", 1 / factor)
    return speaker.say(key, number=_number(speaker, number))


def _number(speaker: Speaker, number: float) -> str:
    decimals = 0 if number == int(number) else 6
    text = format_number(number, decimals, speaker.lang)
    return text.rstrip("0") if decimals else text


def _undivided(speaker: Speaker, node: Node) -> str:
    """Nothing is divided: a published value, a count, or a sum of such."""
    product, used = as_product(node), names(node)
    words = speaker.words(product.over)
    scaling = _scaling(speaker, product.factor)
    if len(used) > 1:
        return speaker.say("sum_only", words=words, scaling=scaling)
    owner = speaker.owner_of(used[0])
    if isinstance(owner, Variable) and not owner.additive:
        measure = speaker.measure_name(owner)
        return speaker.say("published_only", words=words, scaling=scaling, measure=measure)
    return speaker.say("count_only", words=words, scaling=scaling)


def _places(speaker: Speaker, one: Indicator, found: Division) -> list[Fact]:
    """Every variable and indicator of the formula under its place in it, and what they take in."""
    node = speaker.written(one)
    over = {n for q in found.quotients for n in names(q.over)}
    under = {n for q in found.quotients if q.under is not None for n in names(q.under)}
    mixed = any(speaker.owner_of(name).scope != one.scope for name in names(node))
    rows: dict[str, list[Line]] = {}
    for name in names(node):
        place = _PLACES[name in over, name in under]
        rows.setdefault(place, []).append(_told(speaker, name, mixed))
    found_rows: list[Fact] = [
        ((speaker.say(place),), tuple(rows[place])) for place in _PLACES.values() if place in rows
    ]
    scope: Fact = ((speaker.say("scope"),), ((speaker.say(f"scope_{one.scope}"),),))
    return found_rows if mixed else [*found_rows, scope]


# stands (above, below) the line -> where that is
_PLACES = {
    (False, False): "in_formula",
    (True, False): "in_over",
    (True, True): "in_both",
    (False, True): "in_under",
}


def _told(speaker: Speaker, name: Name, with_scope: bool) -> Line:
    """A name with its unit and the time it stands for."""
    owner = speaker.owner_of(name)
    parts = [speaker.measure_name(owner)]
    if with_scope:
        parts.append(speaker.say(f"scope_{owner.scope}"))
    if isinstance(owner, Indicator):
        said = [speaker.say("other_indicator"), *parts]
        return line(speaker.indicator_link(owner.id), f" – {'; '.join(said)}")
    if owner.derived is None:
        parts.append(reference_words(speaker, owner))
    return line(Strong(speaker.text(owner.name)), f" – {'; '.join(parts)}; ", Code(owner.id))


def _derived(speaker: Speaker, node: Node) -> list[Line]:
    """How the derived variables of a formula are made."""
    said = []
    for variable in speaker.variables(node):
        if variable.derived is None:
            continue
        made = speaker.words(speaker.derived[variable.id])
        name = speaker.quoted(speaker.text(variable.name))
        note = f" {speaker.text(variable.note)}" if variable.note else ""
        said.append(line(Strong(speaker.say("derived")), f" {name} = {made}.{note}"))
    return said

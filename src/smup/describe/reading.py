"""How a value of an indicator is to be read: unit, direction, larger areas, change, chance."""

from smup.catalogue import Indicator
from smup.compute.evaluate import is_amount
from smup.describe.speaker import Speaker
from smup.documents import Facts, Section, line
from smup.language import format_number, plural
from smup.present.values import with_symbol

SECTION = "odczyt"


def reading(speaker: Speaker, one: Indicator) -> Section:
    rows: list[tuple[str, str]] = [
        ("measure", _measure(speaker, one)),
        ("direction", direction(speaker, one)),
        ("kinds", ", ".join(speaker.say(f"kind_{kind}") for kind in one.kinds)),
        ("larger", _aggregate(speaker, one)),
        ("change", _change(speaker, one)),
    ]
    if is_amount(speaker.catalogue, one):
        rows.append(("prices", speaker.say("prices_both")))
    if one.interval != "none":
        rows.append(("chance", speaker.say(f"interval_{one.interval}")))
    facts = tuple(((speaker.say(name),), (line(words),)) for name, words in rows)
    return Section(SECTION, speaker.say("reading"), (Facts(facts),))


def role_words(speaker: Speaker, one: Indicator) -> str:
    """Role and dimension: "wskaźnik monitorujący, jakość"."""
    role = speaker.say(f"role_{one.role}")
    return f"{role}, {speaker.say(f'dimension_{one.dimension}')}" if one.dimension else role


def direction(speaker: Speaker, one: Indicator) -> str:
    if one.target is None:
        return speaker.say(f"better_{one.better}")
    number = format_number(one.target.value, one.decimals, speaker.lang)
    value = with_symbol(number, speaker.measure(one), speaker.lang)
    return speaker.say(f"target_{one.target.at}", value=value, basis=speaker.text(one.target.basis))


def _measure(speaker: Speaker, one: Indicator) -> str:
    n = one.decimals
    if not n:
        places = speaker.say("no_places")
    elif speaker.lang == "en":
        places = f"{n} decimal place{'s' if n > 1 else ''}"
    else:
        places = f"{n} {plural(n, 'miejsce', 'miejsca', 'miejsc')} po przecinku"
    return f"{speaker.measure_name(one)}, {places}"


def _aggregate(speaker: Speaker, one: Indicator) -> str:
    if one.weight is None:
        return speaker.say(f"aggregate_{one.aggregate}")
    weight = speaker.text(speaker.catalogue.variables[one.weight].name)
    return speaker.say("aggregate_weighted", weight=speaker.quoted(weight))


def _change(speaker: Speaker, one: Indicator) -> str:
    return speaker.say(f"change_{one.change}" if one.comparable_over_time else "change_never")

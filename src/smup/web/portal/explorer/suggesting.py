"""Suggestions of the two fields of the page: each leads to the question with it added."""

from dataclasses import replace

from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.territory.search import search
from smup.web.portal.explorer.asked import Asked, Choice, indicator_choice, unit_choice
from smup.web.portal.explorer.finding import MOST, indicators_named, unit_named
from smup.web.portal.explorer.phrases import LONGEST, understand
from smup.web.portal.explorer.typed import described
from smup.web.portal.explorer.wording import unit_chips

KINDS = ("wskaznik", "jst")


def suggested(asked: Asked, kind: str, text: str) -> list[dict[str, str]]:
    """What could be added, as ``suggest.js`` shows it; [] for an unknown ``kind`` of field."""
    text = text.replace("\0", "").strip()[:LONGEST]
    if kind not in KINDS or len(text) < 2:
        return []
    found = _indicators(asked, text) if kind == KINDS[0] else _units(asked, text)
    return [
        {
            "kind": kind,
            "kind_name": "",  # the notes tell a set from a unit
            "name": one.name,
            "note": one.note,
            "href": one.take(asked.question).href(asked.lang),
        }
        for one in found[:MOST]
    ]


def _indicators(asked: Asked, text: str) -> list[Choice]:
    found = []
    for name in indicators_named(asked.release, text, asked.lang)[:MOST]:
        one = indicator_choice(asked, name)
        span = year_span(asked.release.years_of(name))
        note = f"{one.note}, {span}" if span else one.note
        found.append(Choice(one.name, note, one.take))
    return found


def _units(asked: Asked, text: str) -> list[Choice]:
    """A set described in words, units by name, and what lies around the first of them."""
    t, territory = strings(asked.lang), asked.release.territory
    found = []
    said = understand(text, territory, lambda name: unit_named(territory, name))
    if said.anything and not said.rest:
        alone = described(type(asked.question)(), said)
        words = ", ".join(chip.words for chip in unit_chips(asked.release, alone, asked.lang))
        found.append(Choice(words, t["explorer_set"], lambda it: described(it, said)))
    hits = [hit.unit for hit in search(territory, text, limit=MOST)]
    found += [unit_choice(asked, unit.code) for unit in hits[: MOST - 3]]
    if hits:
        found += _around(asked, hits[0].code)
    return found


def _around(asked: Asked, code: str) -> list[Choice]:
    t, name = strings(asked.lang), title(asked.release.territory.units[code], asked.lang)
    return [
        Choice(
            t["explorer_alike"].format(name=name),
            t["explorer_set"],
            lambda it: replace(it, alike=code, page=1),
        ),
        Choice(
            t["explorer_around"].format(name=name),
            t["explorer_set"],
            lambda it: replace(it, around=code, page=1),
        ),
    ]

"""What a reader must know of a selection before its numbers are read."""

from dataclasses import replace

from smup.catalogue import Indicator
from smup.compare.groups import stratum
from smup.language import Lang, format_number
from smup.panel.panel import FIRST_GAP
from smup.present.sentences import units_counted
from smup.store.releases import Release
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Kind, Level
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.asked import Asked, Choice
from smup.web.portal.explorer.cube import Cube
from smup.web.portal.explorer.selection import Selection

NAMED = 8


def tell_selection(asked: Asked, selection: Selection) -> None:
    """Troubles of the choice of units, put beside its field."""
    question, lang = asked.question, asked.lang
    if selection.left_out:
        names = [title(unit, lang) for unit in selection.left_out[:NAMED]]
        together = Choice(
            strings(lang)["explorer_show_mixed"], "", lambda it: replace(it, level=q.MIXED)
        )
        asked.trouble(
            q.UNITS,
            "explorer_left_out",
            [together],
            level=strings(lang)[f"explorer_at_{selection.level}"],
            names=", ".join(names) + ("…" if len(selection.left_out) > NAMED else ""),
        )
    if selection.unknown:
        units = units_counted(selection.unknown, lang)
        asked.trouble(q.UNITS, "explorer_unchecked", units=units)
    if selection.without_peers:
        name = title(asked.release.territory.units[question.alike], lang)
        asked.trouble(q.UNITS, "explorer_no_peers", name=name)
    if not selection.units:
        asked.trouble(q.UNITS, "explorer_nobody")


def notes_of(release: Release, cube: Cube, selection: Selection, lang: Lang) -> list[str]:
    """Sentences below the table: standing of cities, indicators that are apart or without data."""
    found = []
    if selection.level is None:
        found.append(strings(lang)["explorer_note_mixed"])
    if selection.cities and selection.level in (Level.GMINA, Level.POWIAT):
        key = f"explorer_note_cities_{selection.level}"
        found.append(strings(lang)[key].format(n=format_number(selection.cities, 0, lang)))
        found += _apart(cube, selection.level, lang)
    found += _empty(cube, lang)
    return found


def _apart(cube: Cube, level: Level, lang: Lang) -> list[str]:
    """Indicators in which cities with powiat rights are not compared with the others."""
    city = next((unit for unit in cube.units if unit.kind is Kind.MIASTO), None)
    if city is None or all(unit.kind is Kind.MIASTO for unit in cube.units):
        return []
    apart = [one for one in cube.indicators if stratum(city, one, level) != ""]
    if not apart:
        return []
    return [strings(lang)["explorer_note_apart"].format(names=_names(apart, lang))]


def _empty(cube: Cube, lang: Lang) -> list[str]:
    """Indicators without a single value for these units and years."""
    silent = [
        one
        for place, one in enumerate(cube.indicators)
        if not (cube.status[place] < FIRST_GAP).any()
    ]
    if not silent or not cube.units:
        return []
    return [strings(lang)["explorer_note_silent"].format(names=_names(silent, lang))]


def _names(indicators: list[Indicator], lang: Lang) -> str:
    return ", ".join(f"„{getattr(one.label, lang)}”" for one in indicators)

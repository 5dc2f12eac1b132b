"""What a figure is asked for by its address: units, indicators, years. Anything unknown is refused
with what is near; what is left out is chosen as on the page."""

from django.http import HttpRequest

from smup.catalogue import Indicator
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.strings import strings
from smup.territory import Unit
from smup.web.portal.reading import NothingHere, near_units, the_indicator


class NoFigure(Exception):
    """A figure that cannot be drawn; its text says why, to the reader."""


def asked_units(request: HttpRequest, release: Release, most: int, lang: Lang) -> list[Unit]:
    """The units named by ``jst``, each once. Raises NothingHere for an unknown code and NoFigure
    for too many."""
    codes = parts(request, "jst")
    if len(codes) > most:
        raise NoFigure(strings(lang)["chart_too_many"].format(most=most, n=len(codes)))
    found = []
    for code in codes:
        unit = release.territory.get(code) or release.territory.get(code.upper())
        if unit is None:
            raise NothingHere("unit", code, near_units(release, code, lang))
        found.append(unit)
    return list(dict.fromkeys(found))


def some_units(request: HttpRequest, release: Release, most: int, lang: Lang) -> list[Unit]:
    """The same, at least one. Raises NoFigure for none."""
    found = asked_units(request, release, most, lang)
    if not found:
        raise NoFigure(strings(lang)["chart_needs_unit"])
    return found


def asked_indicators(request: HttpRequest, release: Release, lang: Lang) -> list[Indicator]:
    """The indicators named by ``wskaznik`` that have data. Raises NothingHere for an unknown id,
    NoFigure for none and for one that waits for data."""
    found = [the_indicator(release, name, lang) for name in parts(request, "wskaznik")]
    if not found:
        raise NoFigure(strings(lang)["chart_needs_indicator"])
    if any(not release.years_of(one.id) for one in found):
        raise NoFigure(strings(lang)["one_level_no_data"])
    return found


def asked_years(request: HttpRequest, known: list[int]) -> list[int]:
    """The years of ``lata`` ("2019-2024", "2019-" or "2015,2020") or ``rok`` that are ``known``,
    ascending; all of them where none is."""
    wanted: set[int] = set()
    for part in (*parts(request, "lata"), *parts(request, "rok")):
        first, dash, last = part.partition("-")
        end = last or (str(known[-1]) if dash else first)
        if _is_year(first) and _is_year(end):
            wanted |= {y for y in known if int(first) <= y <= int(end)}
    return sorted(wanted) or known


def parts(request: HttpRequest, name: str) -> list[str]:
    """Values between commas, each once, in the order given."""
    given = request.GET.get(name, "")[:2000]
    return list(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4

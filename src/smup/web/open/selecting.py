"""Which indicators, units and years are meant: lists, and words that stand for lists.

``indicator=a,b | service:ID | area:ID | *`` · ``unit=1465,020101 | children:CODE | members:CODE |
group:ID | peers:CODE | kind:KIND | *`` · ``year=2020 | 2018,2020 | 2018-2020 | latest | last-5 |
*``. Parts between commas add up, each label once, in the order given. What is unknown is refused
with what is near; what is left out means everything.
"""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence

from smup.compare.peers import PeersError
from smup.store.releases import Release
from smup.territory import Kind, Level, Unit
from smup.web.open.parameters import items, one_of, the_indicator, the_unit
from smup.web.open.problems import Problem

ALL = "*"
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)
_LAST = re.compile(r"last-(\d{1,4})", re.ASCII)


def the_indicators(release: Release, text: str, parameter: str = "indicator") -> list[str]:
    """Ids of the indicators meant. Raises Problem 400, 404."""
    if text in ("", ALL):
        return [one.id for one in release.catalogue.shown]
    found: dict[str, None] = {}
    for part in items(text):
        word, _, name = part.partition(":")
        if word == "service":
            one_of(name, release.catalogue.services, parameter)
            found |= {i.id: None for i in release.catalogue.shown if i.service == name}
        elif word == "area":
            one_of(name, release.catalogue.areas, parameter)
            found |= {i.id: None for i in release.catalogue.shown if i.area == name}
        else:
            found[the_indicator(release, part, parameter).id] = None
    return list(found)


def the_units(release: Release, text: str, parameter: str = "unit") -> list[str]:
    """Codes of the units meant, former units and the sums of gminas of a powiat among them where
    they belong. Raises Problem 400, 404."""
    if text in ("", ALL):
        return list(release.indicators.units)
    found: dict[str, None] = {}
    for part in items(text):
        word, mark, name = part.partition(":")
        if mark and word not in _SETS:
            known = ", ".join(f"{one}:" for one in _SETS)
            raise Problem(400, f"Nieznany wybór „{part[:40]}”. Dozwolone: {known}.", parameter)
        codes = _SETS[word](release, name, parameter) if mark else None
        found |= dict.fromkeys(codes or [the_unit(release, part, parameter).code])
    return list(found)


def children(release: Release, unit: Unit) -> list[str]:
    """Units right below one: województwa of the country, powiats and cities of a województwo,
    gminas of a powiat; a gmina and a city with powiat rights have none."""
    territory = release.territory
    if unit.kind is Kind.KRAJ:
        return [one.code for one in territory.of_level(Level.WOJEWODZTWO)]
    if unit.kind is Kind.WOJEWODZTWO:
        return [one.code for one in territory.powiats_of(unit.code)]
    if unit.kind in (Kind.POWIAT, Kind.GMINY_POWIATU):
        return [one.code for one in territory.members(unit.code)]
    return []


def _children(release: Release, code: str, parameter: str) -> list[str]:
    unit = the_unit(release, code, parameter)
    found = children(release, unit)
    if not found:
        raise Problem(400, f"{unit.code} nie dzieli się na mniejsze jednostki.", parameter)
    return found


def _members(release: Release, code: str, parameter: str) -> list[str]:
    unit = the_unit(release, code, parameter)
    return [one.code for one in release.territory.members(unit.code)] or [unit.code]


def _group(release: Release, name: str, parameter: str) -> list[str]:
    group = release.catalogue.groups.get(name)
    if group is None:
        near = difflib.get_close_matches(name, list(release.catalogue.groups), n=5, cutoff=0.4)
        raise Problem(404, f"Nie ma grupy „{name[:80]}”.", parameter, near)
    found = release.frame.membership(group.system).members(name)
    if not found:
        raise Problem(404, f"Grupa „{name}” nie ma w tym wydaniu członków.", parameter)
    return found


def _peers(release: Release, code: str, parameter: str) -> list[str]:
    unit = the_unit(release, code, parameter)
    try:
        found = list(release.peers(unit.code).codes)
    except PeersError as error:
        raise Problem(400, str(error), parameter) from None
    if not found:
        raise Problem(400, f"{unit.code} nie ma jednostek podobnych.", parameter)
    return found


def _kind(release: Release, name: str, parameter: str) -> list[str]:
    one_of(name, dict.fromkeys([*Level, *Kind]), parameter)
    return [unit.code for unit in release.territory if name in (unit.kind, *unit.levels)]


_SETS: Mapping[str, Callable[[Release, str, str], list[str]]] = {
    "children": _children,
    "members": _members,
    "group": _group,
    "peers": _peers,
    "kind": _kind,
}


def spans(
    release: Release, indicators: Sequence[str], text: str, parameter: str = "year"
) -> dict[str, tuple[int, ...]]:
    """The years meant, of each indicator: ``latest`` and ``last-5`` count the years in which
    anyone has a value of it; all of those where ``text`` is left out. Raises Problem 400."""
    if text in ("", ALL):
        return {name: tuple(release.years_of(name)) for name in indicators}
    last = _LAST.fullmatch("last-1" if text == "latest" else text)
    if last is not None:
        count = int(last[1])
        if not count:
            raise Problem(400, "„last-0”: podaj liczbę lat od 1, np. last-5.", parameter)
        return {name: tuple(release.years_of(name)[-count:]) for name in indicators}
    return dict.fromkeys(indicators, tuple(years(release, text, parameter)))


def years(release: Release, text: str, parameter: str = "year") -> list[int]:
    """``2020``, ``2018,2020`` or ``2018-2020`` as years of the release. Raises Problem 400."""
    known = release.indicators.years
    found: dict[int, None] = {}
    for part in items(text):
        match = _YEARS.fullmatch(part)
        if match is None:
            detail = f"„{part[:40]}” nie jest rokiem ani zakresem lat (2018-2020, latest, last-5)."
            raise Problem(400, detail, parameter)
        first, last = int(match[1]), int(match[2] or match[1])
        inside = [year for year in known if first <= year <= last]
        if not inside:
            span = f"{known[0]}–{known[-1]}" if known else "brak"
            detail = f"Wydanie nie obejmuje lat „{part}”. Lata wydania: {span}."
            raise Problem(400, detail, parameter)
        found.update(dict.fromkeys(inside))
    if not found:
        raise Problem(400, "Podaj rok, np. 2024.", parameter)
    return sorted(found)

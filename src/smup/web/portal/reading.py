"""What a page asks a release for, and the 404 that helps where there is nothing of that name."""

import difflib
from collections.abc import Callable, Iterable
from itertools import takewhile

from django.http import HttpRequest

from smup.catalogue import Area, Indicator, Service
from smup.compute.evaluate import is_amount
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, where
from smup.territory import Level, Unit
from smup.territory.search import search, suggest

Suggestion = dict[str, str]
ROLE = "rola"
LONGEST_NAME = 60  # characters looked at


class NothingHere(Exception):
    """No such unit, indicator, service or area; ``suggestions`` are the nearest that exist."""

    def __init__(self, what: str, asked: str, suggestions: list[Suggestion]) -> None:
        super().__init__(f"{what}: {asked}")
        self.what, self.asked, self.suggestions = what, asked, suggestions


class MovedTo(Exception):
    """The address is an alias; the page stands at ``address``."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def the_unit(release: Release, code: str, lang: Lang, path: str = "") -> Unit:
    """The unit of this code. Raises MovedTo for an alias, NothingHere for an unknown code.

    ``path`` is what follows the code in the address.
    """
    unit = release.territory.get(code) or release.territory.get(code.upper())
    if unit is None:
        raise NothingHere("unit", code, near_units(release, code, lang))
    if unit.code != code:
        raise MovedTo(Addresses(lang).unit(unit.code) + path)
    return unit


def near_units(release: Release, asked: str, lang: Lang) -> list[Suggestion]:
    """Units with a like name or a like code."""
    territory = release.territory
    if asked[:1].isdigit():
        found = _near_codes(release, asked[:8])
    else:
        asked = asked[:LONGEST_NAME]
        found = [h.unit for h in search(territory, asked, limit=5)] or suggest(territory, asked)
    return [unit_suggestion(release, unit, lang) for unit in found]


def _near_codes(release: Release, asked: str) -> list[Unit]:
    """Units whose codes begin most like the one asked for, of its length first: a code is a place
    in a hierarchy, so a common beginning means a place nearby."""

    def unlikeness(unit: Unit) -> tuple[int, int, str]:
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(unit.code, asked, strict=False))
        common = len(list(pairs))
        return -common, abs(len(unit.code) - len(asked)), unit.code

    near = sorted((u for u in release.territory if u.levels), key=unlikeness)[:5]
    return [unit for unit in near if unit.code[:2] == asked[:2]]


def unit_suggestion(release: Release, unit: Unit, lang: Lang) -> Suggestion:
    return {
        "name": title(unit, lang),
        "note": where(unit, release.territory, lang),
        "href": Addresses(lang).unit(unit.code),
    }


def the_indicator(
    release: Release, name: str, lang: Lang, address: Callable[[str], str] | None = None
) -> Indicator:
    """An indicator of the release that is not a draft.

    Raises MovedTo for a former id, to what ``address`` makes of the present one (its own page by
    default), and NothingHere for an unknown id.
    """
    to = Addresses(lang)
    found = release.catalogue.indicators.get(name)
    if found is not None and found.is_shown:
        return found
    if name in release.catalogue.renamed:
        raise MovedTo((address or to.indicator)(release.catalogue.renamed[name]))
    known = [one.id for one in release.catalogue.shown]
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.4)
    raise NothingHere(
        "indicator",
        name,
        [
            {
                "name": getattr(release.catalogue.indicators[i].name, lang),
                "note": "",
                "href": to.indicator(i),
            }
            for i in near
        ],
    )


def the_area(release: Release, name: str, lang: Lang) -> Area:
    found = release.catalogue.areas.get(name)
    if found is None:
        to = Addresses(lang)
        near = _near(name, release.catalogue.areas) or list(release.catalogue.areas)
        suggestions = [
            {"name": getattr(release.catalogue.areas[i].name, lang), "note": "", "href": to.area(i)}
            for i in near
        ]
        raise NothingHere("area", name, suggestions)
    return found


def the_service(release: Release, name: str, lang: Lang) -> Service:
    services = release.catalogue.services
    if name not in services:
        to = Addresses(lang)
        suggestions = [
            {"name": getattr(services[i].name, lang), "note": "", "href": to.service(i)}
            for i in _near(name, services)
        ]
        raise NothingHere("service", name, suggestions)
    return services[name]


def _near(name: str, known: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(name, list(known), n=5, cutoff=0.4)


def asked_role(request: HttpRequest, unit: Unit) -> Level | None:
    """The role asked for, where the unit has a choice; else None."""
    asked = request.GET.get(ROLE)
    levels = unit.levels if len(unit.levels) > 1 else ()
    return next((level for level in levels if level.value == asked), None)


def asked_prices(request: HttpRequest, release: Release, indicator: Indicator) -> int | None:
    """The year in whose prices an amount is asked for; None for current prices."""
    asked = request.GET.get("ceny", "")
    prices = release.catalogue.prices
    if (
        prices is None
        or not is_amount(release.catalogue, indicator)
        or not asked.isascii()
        or not asked.isdecimal()
    ):
        return None
    return int(asked) if int(asked) in prices.years else None

"""The ranking on the page of an indicator: one page of it, perhaps of one województwo or group."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest

from smup.catalogue import Indicator
from smup.language import Lang
from smup.present.sentences import units_counted
from smup.present.shading import Cells
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.indicators.ranking import PAGE, gap_lists, order, page_of, places
from smup.telling.maps.looking import View, asked_unit
from smup.telling.maps.shapes import cells_of
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.places import places_within_reach, small_base_words
from smup.territory import Level, Unit

REGION, GROUP = "woj", "grupa"


@dataclass(frozen=True)
class Narrowing:
    """One województwo, one fixed group, both or ("") neither."""

    region: str
    group: str

    @property
    def query(self) -> dict[str, object]:
        return {REGION: self.region, GROUP: self.group}

    def kept(self, release: Release, cells: Cells) -> Cells:
        """The cells of the units asked for."""
        if not (self.region or self.group):
            return cells
        units, groups = release.territory.units, release.frame.groups
        return {
            code: cell
            for code, cell in cells.items()
            if self.region in ("", units[code].wojewodztwo)
            and self.group in ("", groups.get(code, ""))
        }


def narrowing(request: HttpRequest, release: Release, level: Level, cells: Cells) -> Narrowing:
    """What was asked for, where units of the level are there."""
    region, group = request.GET.get(REGION, ""), request.GET.get(GROUP, "")
    below = level is not Level.WOJEWODZTWO and region in release.territory.units
    known = {release.frame.groups.get(code, "") for code in cells}
    return Narrowing(
        region if below and release.territory.units[region].level is Level.WOJEWODZTWO else "",
        group if group in known else "",
    )


def choices(release: Release, level: Level, cells: Cells, now: Narrowing, lang: Lang) -> Any:
    """The two lists to choose from; empty where there is nothing to choose."""
    if level is Level.WOJEWODZTWO:
        return []
    t = strings(lang)
    held = {release.frame.groups.get(code, "") for code in cells}
    regions = [(u.code, u.name) for u in release.territory.of_level(Level.WOJEWODZTWO)]
    named = release.catalogue.groups_of().values()
    groups = [(one.id, getattr(one.name, lang)) for one in named if one.id in held]
    lists = [(REGION, t["number_region"], regions, now.region)]
    if len(groups) > 1:
        lists.append((GROUP, t["number_group"], groups, now.group))
    return [
        {
            "name": name,
            "words": words,
            "options": [
                {"value": value, "name": shown, "chosen": value == chosen}
                for value, shown in [("", t["number_everyone"]), *options]
            ],
        }
        for name, words, options, chosen in lists
    ]


def ranking(
    request: HttpRequest, release: Release, indicator: Indicator, view: View, lang: Lang
) -> dict[str, Any]:
    """One page of the ranking; ``?jst=`` opens the page of that unit."""
    assert view.year is not None
    everyone = cells_of(release, indicator.id, view.level, view.year)
    now = narrowing(request, release, view.level, everyone)
    cells = now.kept(release, everyone)
    placed = order(cells, indicator, release)
    unit, asked = asked_unit(request.GET, release, view.level), request.GET.get("jst", "").strip()
    own = unit.code if unit else ""
    # places within reach are among all units of the level
    narrowed = bool(now.region or now.group)
    reach = {} if narrowed else places_within_reach(release, indicator.id, view.level, view.year)
    page = _page(request, placed, own)
    small = None in reach.values()
    return {
        "places": places(release, placed, page, indicator, own, reach, lang),
        "has_reach": bool(reach),
        "small_base_note": small_base_words("small_base_note", release, indicator, lang)
        if small
        else "",
        "gaps": gap_lists(release, cells, indicator, view.year, lang),
        "choices": choices(release, view.level, everyone, now, lang),
        "find_asked": asked,
        "find_words": _find_words(asked, unit, cells, everyone, lang),
        "order_words": strings(lang)[f"ranking_best_{indicator.better}"],
        "counted_words": f"{units_counted(len(placed), lang)}.",
        "hidden": view.query(jst=""),
        **_pages(indicator, view, now, page, ceil(len(placed) / PAGE) or 1, lang),
    }


def _page(request: HttpRequest, placed: list[tuple[int, str, float]], own: str) -> int:
    pages, number = ceil(len(placed) / PAGE) or 1, request.GET.get("strona", "")
    if number.isascii() and number.isdecimal() and int(number[:6]) > 0:
        return min(int(number[:6]), pages)
    return page_of(placed, own)


def _pages(
    indicator: Indicator, view: View, now: Narrowing, page: int, pages: int, lang: Lang
) -> Mapping[str, object]:
    def link(target: int) -> str:
        query = view.query(strona=target, **now.query)
        return Addresses(lang).indicator(indicator.id, **query) + "#ranking"

    return {
        "page": page,
        "pages": pages,
        "previous": link(page - 1) if page > 1 else "",
        "next": link(page + 1) if page < pages else "",
        "first": link(1) if page > 1 else "",
        "last": link(pages) if page < pages else "",
        "page_words": strings(lang)["page_of"].format(page=page, pages=pages),
    }


def _find_words(asked: str, unit: Unit | None, cells: Cells, everyone: Cells, lang: Lang) -> str:
    """Why the unit asked for is not in the order; "" where it is, or none was asked for."""
    t = strings(lang)
    if not asked:
        return ""
    if unit is None:
        return t["find_unknown"].format(asked=asked[:80])
    if unit.code in everyone and unit.code not in cells:
        return t["number_find_outside"].format(name=title(unit, lang))
    if cells.get(unit.code, (None, None))[0] is None:
        return t["find_gap"].format(name=title(unit, lang))
    return ""

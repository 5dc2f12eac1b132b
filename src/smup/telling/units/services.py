"""The services of a unit as a table: in each dimension, where its leading indicator puts it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

from smup.catalogue import Dimension, Indicator, Service
from smup.compare.comparison import Rank
from smup.language import Lang
from smup.present.charts.mark import place_mark
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import gap_address
from smup.telling.strings import strings
from smup.telling.units.standing import Standing
from smup.territory import GMINA_KINDS, Level, Unit

State = Literal["place", "value", "gap", "waits", "none"]


@dataclass(frozen=True)
class Cell:
    """One dimension of a service. ``mark`` (SVG) and ``place`` are empty where no place is given,
    ``value`` in a gap; ``words`` say why there is no value or no place; ``name`` is that of the
    indicator."""

    state: State
    name: str = ""
    href: str = ""
    mark: str = ""
    place: str = ""
    value: str = ""
    words: str = ""
    judged: bool = True


@dataclass(frozen=True)
class Line:
    """One service; cells in the order of ``Dimension``."""

    name: str
    href: str
    cells: tuple[Cell, ...]
    lang: Lang

    @property
    def cells_html(self) -> str:
        return "".join(cell_html(cell, self.lang) for cell in self.cells)


def cell_html(cell: Cell, lang: Lang) -> str:
    """The cell as ``<td>``. Written here because a page has hundreds: a template takes four times
    as long."""
    t = strings(lang)
    if cell.state == "none":
        return (
            '<td><span class="its" aria-hidden="true">·</span>'
            f'<span class="unseen">{escape(t["cell_none"])}</span></td>'
        )
    opened = f'<td title="{escape(cell.name)}"><a href="{escape(cell.href)}"'
    if cell.state == "value":
        why = f' <span class="its">{escape(cell.words)}</span>' if cell.words else ""
        return f"{opened}>{escape(cell.value)}</a>{why}</td>"
    if cell.state != "place":
        return f'{opened} class="why">{escape(cell.words)}</a></td>'
    note = "" if cell.judged else f'<span class="unseen">, {escape(t["not_judged"])}</span>'
    return (
        f'{opened}>{cell.mark} <span class="at">{escape(cell.place)}</span>{note}</a> '
        f'<span class="its">{_breakable(cell.value)}</span></td>'
    )


def _breakable(value: str) -> str:
    """Escaped, and free to break after a stroke: "15 192 zł/dziecko" in a narrow column."""
    return escape(value).replace("/", "/<wbr>")


@lru_cache(maxsize=8)
def indicators_by_service(release: Release) -> dict[str | None, tuple[Indicator, ...]]:
    """All indicators with a page by their service, in display order."""
    found: dict[str | None, list[Indicator]] = {}
    for one in release.catalogue.indicators_of():
        found.setdefault(one.service, []).append(one)
    return {service: tuple(its) for service, its in found.items()}


def dimension_names(lang: Lang) -> list[str]:
    """Heads of the columns."""
    return [strings(lang)[f"dimension_head_{one.value}"] for one in Dimension]


def concerns(unit: Unit, kinds: Iterable[str]) -> bool:
    """Is an indicator made for these kinds also for this unit? All are for larger areas."""
    if unit.level in (None, Level.WOJEWODZTWO, Level.KRAJ):
        return True
    own = {unit.kind.value} | ({"gmina"} if unit.kind in GMINA_KINDS else set())
    return not own.isdisjoint(kinds)


def service_line(
    release: Release, unit: Unit, service: Service, found: Sequence[Standing], role: str, lang: Lang
) -> Line:
    """``found`` are the unit's standings in all indicators of the service that have data."""
    to = Addresses(lang)
    cells = []
    for dimension in Dimension:
        mine = [one for one in found if one.indicator.dimension is dimension]
        made_for = [one for one in mine if concerns(unit, one.indicator.kinds)]
        cells.append(
            _cell(release, unit, leading(made_for), role, lang)
            if made_for
            else _empty(release, unit, service, dimension, lang)
        )
    href = to.unit_service(unit.code, service.id, rola=role)
    return Line(getattr(service.name, lang), href, tuple(cells), lang)


def leading(found: Sequence[Standing]) -> Standing:
    """The first in display order that has a place; else the first with a value; else the first."""
    placed = (one for one in found if one.has_place)
    known = (one for one in found if one.value is not None)
    return next(placed, None) or next(known, None) or found[0]


def _cell(release: Release, unit: Unit, one: Standing, role: str, lang: Lang) -> Cell:
    indicator = one.indicator
    name = getattr(indicator.name, lang)
    if one.value is None:
        words = strings(lang)[f"gap_short_{one.status.name.lower()}"]
        return Cell("gap", name, gap_address(one.status, lang), words=words)
    href = Addresses(lang).unit_indicator(unit.code, indicator.id, rola=role)
    measure = release.catalogue.measures[indicator.unit]
    value = f"{value_text(one.value, indicator, measure, lang)} ({one.year})"
    rank = one.beside.rank if one.beside else None
    if rank is None or rank.position is None:
        why = strings(lang)[f"no_place_{rank.reason}"] if rank else ""
        return Cell("value", name, href, value=value, words=why)
    judged = indicator.better != "neither"
    return Cell(
        "place",
        name,
        href,
        place_mark(_share(rank), judged=judged),
        strings(lang)["place_of"].format(place=_place(rank), of=rank.with_data),
        value,
        judged=judged,
    )


def _place(rank: Rank) -> str:
    """12, or 3–7 where five share the third place."""
    first = rank.position or 0
    return str(first) if rank.tied < 2 else f"{first}–{first + rank.tied - 1}"


def _share(rank: Rank) -> float:
    """0 for the last place, 1 for the first; ties in their middle."""
    middle = (rank.position or 1) - 1 + (rank.tied - 1) / 2
    return 1 - middle / (rank.with_data - 1)


def _empty(
    release: Release, unit: Unit, service: Service, dimension: Dimension, lang: Lang
) -> Cell:
    """Nobody has data, or the catalogue has no such indicator for this kind of unit."""
    planned = [
        one
        for one in indicators_by_service(release).get(service.id, ())
        if one.dimension is dimension and concerns(unit, one.kinds)
    ]
    if not planned:
        return Cell("none")
    first = planned[0]
    return Cell(
        "waits",
        getattr(first.name, lang),
        Addresses(lang).indicator(first.id),
        words=strings(lang)["cell_waits"],
    )

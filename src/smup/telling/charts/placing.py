"""What a figure carries beside its picture: the numbers behind it, and its own address."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from urllib.parse import urlencode

from smup.catalogue import Indicator
from smup.language import Lang
from smup.panel import Status
from smup.present.data import Cell, Column, Data, Plot
from smup.present.figure import Address, Figure
from smup.present.values import reason
from smup.store.releases import Release
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Unit

Observation = tuple[Unit, Indicator, int, float | None, Status]


def placed(
    figure: Figure, kind: str, page: str, numbers: Callable[[], Data], **query: object
) -> Figure:
    """The figure with its numbers (made once, and only when a file asks for them) and the address
    under which the ``kind`` draws it again."""
    asked = {key: value for key, value in query.items() if value not in (None, "")}
    address = Address(kind, urlencode(asked, safe=","), page)
    return replace(figure, numbers=cache(numbers), address=address)


def observations(release: Release, found: Iterable[Observation], plot: Plot, lang: Lang) -> Data:
    """Values of units and years, one a row, gaps with their reason."""
    t, rows = strings(lang), list(found)
    decimals = max((indicator.decimals for _, indicator, *_ in rows), default=0)
    columns = (
        Column("unit", t["chart_code"]),
        Column("name", t["unit_word"]),
        Column("indicator", t["indicator"]),
        Column("measure", t["chart_measure"]),
        Column("year", t["year"], 0),
        Column("value", t["value"], decimals),
        Column("status", t["chart_gap"]),
    )
    measures = release.catalogue.measures
    return Data(
        columns,
        tuple(
            (
                unit.code,
                title(unit, lang),
                getattr(indicator.name, lang),
                getattr(measures[indicator.unit].symbol, lang),
                year,
                value,
                reason(status, lang) if value is None else "",
            )
            for unit, indicator, year, value, status in rows
        ),
        plot,
    )


def table(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], plot: Plot) -> Data:
    """Data of any other shape."""
    return Data(columns, tuple(rows), plot)

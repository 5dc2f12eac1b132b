"""What is told of each observation, component by component: the same for every encoding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from smup.formats.sdmx.model import DIMENSIONS, INDICATOR, VALUE, Component, Level, Structures
from smup.formats.sdmx.rows import Message, Rows
from smup.formats.sdmx.structures import (
    ATTRIBUTES,
    COMPONENTS,
    CONF_STATUS,
    DECIMALS,
    FLAGS,
    OBS_STATUS,
    RELEASE,
    STATUS,
    SYNTHETIC,
    UNIT_MEASURE,
)

UPPER: tuple[Level, ...] = ("dataset", "series")
Codes = Callable[[Rows], list[str]]


@dataclass(frozen=True)
class Column:
    """One component: what it is called, its text in each row, and the names of its codes."""

    id: str
    name: str
    codes: Codes  # "" where there is nothing
    names: Mapping[str, str] = field(default_factory=dict)  # code -> name; {} where not coded

    @property
    def is_key(self) -> bool:
        return self.id in DIMENSIONS


def columns(message: Message, known: Structures) -> list[Column]:
    """All that is told, in the order of the structure: of series alone where observations are
    left out."""
    told = {*DIMENSIONS, *message.attributes} | ({VALUE} if message.values else set())
    if not message.observations:
        levels = {one.id: one.level for one in ATTRIBUTES}
        told = {*message.series} | {one for one in told if levels.get(one, "") in UPPER}
    return [_column(message, known, one) for one in COMPONENTS if one.id in told]


def attributes(message: Message, known: Structures, *levels: Level) -> list[Column]:
    """The attributes told at these levels. Those of an indicator stand with the observation where
    a series goes over indicators."""
    return [
        _column(message, known, one)
        for one in ATTRIBUTES
        if one.id in message.attributes and _level(message, one) in levels
    ]


def _level(message: Message, one: Component) -> Level:
    return one.level if one.level != "series" or INDICATOR in message.series else "observation"


def _column(message: Message, known: Structures, one: Component) -> Column:
    lang = message.extract.lang
    (concepts,) = known.concepts
    names: dict[str, str] = {}
    for codelist in known.codelists:
        if codelist.id == one.codelist:
            names = {item.id: item.names[lang] for item in codelist.items}
    return Column(one.id, concepts.by_id[one.id].names[lang], _codes(message, one.id), names)


def _codes(message: Message, component: str) -> Codes:
    if component in DIMENSIONS:
        return lambda rows: message.codes(rows, component)
    extract, catalogue = message.extract, message.extract.catalogue
    items = extract.source.items
    found: Mapping[str, Codes] = {
        VALUE: lambda rows: values(message, rows),
        UNIT_MEASURE: lambda rows: [catalogue.indicators[items[i]].unit for i in rows.item],
        DECIMALS: lambda rows: [str(extract.decimals(items[i])) for i in rows.item],
        OBS_STATUS: lambda rows: rows.obs_status.tolist(),
        CONF_STATUS: lambda rows: rows.conf_status.tolist(),
        STATUS: lambda rows: rows.reasons.tolist(),
        FLAGS: lambda rows: rows.notes.tolist(),
        RELEASE: lambda rows: [extract.release] * len(rows),
        SYNTHETIC: lambda rows: [str(extract.synthetic).lower()] * len(rows),
    }
    return found[component]


def values(message: Message, rows: Rows) -> list[str]:
    """The numbers with the decimals they are published with and a decimal point; "" for a gap."""
    extract, items = message.extract, message.extract.source.items
    shapes = {i: f"%.{extract.decimals(items[i])}f" for i in set(rows.item.tolist())}
    return [
        "" if value != value else shapes[i] % value
        for i, value in zip(rows.item.tolist(), rows.values.tolist(), strict=True)
    ]

"""SDMX-ML 2.1 data: generic, the same for every structure, and specific, with its ids as names.

An observation without a value stands without one, its reason in the attributes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import quoteattr

import numpy as np

from smup.formats.sdmx.columns import Column, attributes, values
from smup.formats.sdmx.header import COMMON, DECLARATION, MESSAGE, xml_header
from smup.formats.sdmx.model import (
    AGENCY,
    ALL_DIMENSIONS,
    DIMENSIONS,
    VALUE,
    VERSION,
    Structures,
    flow_urn,
)
from smup.formats.sdmx.rows import Message, Rows

_V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_REFERENCE = "S1"
Pairs = Iterable[tuple[str, str]]
Root = Literal[
    "GenericData",
    "GenericTimeSeriesData",
    "StructureSpecificData",
    "StructureSpecificTimeSeriesData",
]


@dataclass(frozen=True)
class Generic:
    """Ids and values as pairs of attributes."""

    spaces = f'xmlns:gen="{_V21}/data/generic"'
    names_space = False  # does the header name the namespace of the structure

    def dataset(self, action: str, told: Pairs) -> str:
        inside = _values(told, "Attributes")
        return f'<mes:DataSet structureRef="{_REFERENCE}" action="{action}">{inside}'

    def series(self, key: Pairs, told: Pairs) -> str:
        return f"<gen:Series>{_values(key, 'SeriesKey')}{_values(told, 'Attributes')}"

    series_end = "</gen:Series>"

    def observation(self, key: Sequence[tuple[str, str]], value: str | None, rest: str) -> str:
        (at, *others) = key
        where = (
            _values(key, "ObsKey") if others else f"<gen:ObsDimension value={quoteattr(at[1])}/>"
        )
        number = f'<gen:ObsValue value="{value}"/>' if value else ""
        return f"<gen:Obs>{where}{number}{rest}</gen:Obs>"

    def rest(self, told: Pairs) -> str:
        """What stands in an observation behind its value."""
        return _values(told, "Attributes")


@dataclass(frozen=True)
class Specific:
    """Ids as names of attributes, values as theirs."""

    urn: str  # of the flow and the dimension at observation: the namespace of its types
    names_space = True

    @property
    def spaces(self) -> str:
        return (
            f'xmlns:dat="{_V21}/data/structurespecific" xmlns:xsi="{_XSI}" xmlns:own="{self.urn}"'
        )

    def dataset(self, action: str, told: Pairs) -> str:
        return (
            f'<mes:DataSet dat:structureRef="{_REFERENCE}" xsi:type="own:DataSetType" '
            f'dat:dataScope="DataStructure" dat:action="{action}"{_named(told)}>'
        )

    def series(self, key: Pairs, told: Pairs) -> str:
        return f"<Series{_named(key)}{_named(told)}>"

    series_end = "</Series>"

    def observation(self, key: Sequence[tuple[str, str]], value: str | None, rest: str) -> str:
        number = f' {VALUE}="{value}"' if value else ""
        return f"<Obs{_named(key)}{number}{rest}/>"

    def rest(self, told: Pairs) -> str:
        return _named(told)


def data_xml(message: Message, known: Structures, root: Root) -> Iterator[bytes]:
    """The message piece by piece."""
    urn = f"{flow_urn(message.flow.id)}:ObsLevelDim:{message.at}"
    writer = Specific(urn) if root.startswith("StructureSpecific") else Generic()
    head = xml_header(message.extract, _structure(message, urn if writer.names_space else ""))
    spaces = f'xmlns:mes="{MESSAGE}" xmlns:com="{COMMON}" {writer.spaces}'
    yield f"{DECLARATION}<mes:{root} {spaces}>{head}".encode()
    for action, parts in message.sets:
        start = True
        for rows in parts:
            if start:
                told = _pairs(attributes(message, known, "dataset"), rows.only(np.array([0])))
                yield writer.dataset(action, told[0]).encode()
                start = False
            deleted = action == "Delete"
            yield "".join(_series(message, known, rows, writer, deleted)).encode()
        if not start:
            yield b"</mes:DataSet>"
    yield f"</mes:{root}>".encode()


def _structure(message: Message, urn: str) -> str:
    space = f' namespace="{urn}"' if urn else ""
    return (
        f'<mes:Structure structureID="{_REFERENCE}"{space} dimensionAtObservation="{message.at}">'
        f'<com:StructureUsage><Ref id="{message.flow.id}" agencyID="{AGENCY}" version="{VERSION}" '
        f'class="Dataflow" package="datastructure"/></com:StructureUsage></mes:Structure>'
    )


def _series(
    message: Message, known: Structures, rows: Rows, writer: Generic | Specific, deleted: bool
) -> Iterator[str]:
    """Series with their observations, or observations alone; of what is deleted only the keys."""
    shown = message.observations or message.at == ALL_DIMENSIONS
    written = _observations(message, known, rows, writer, deleted) if shown else []
    if not message.series:
        yield from written
        return
    starts = message.starts(rows)
    first = rows.only(starts)
    keys = list(zip(*(message.codes(first, one) for one in message.series), strict=True))
    told = _pairs([] if deleted else attributes(message, known, "series"), first)
    ends = [*starts.tolist(), len(rows)]
    for key, more, (start, end) in zip(keys, told, pairwise(ends), strict=True):
        yield writer.series(zip(message.series, key, strict=True), more)
        yield from written[start:end]
        yield writer.series_end


def _observations(
    message: Message, known: Structures, rows: Rows, writer: Generic | Specific, deleted: bool
) -> list[str]:
    own = [message.at] if message.series else list(DIMENSIONS)
    codes = zip(*(message.codes(rows, one) for one in own), strict=True)
    numbers = values(message, rows) if message.values and not deleted else [None] * len(rows)
    rest = _rests(message, known, rows, writer) if not deleted else [""] * len(rows)
    return [
        writer.observation(list(zip(own, key, strict=True)), number, more)
        for key, number, more in zip(codes, numbers, rest, strict=True)
    ]


def _rests(
    message: Message, known: Structures, rows: Rows, writer: Generic | Specific
) -> list[str]:
    """The attributes of each row, worked out once for rows that have them in common."""
    told = attributes(message, known, "observation")
    first, which = rows.alike
    texts = [writer.rest(pairs) for pairs in _pairs(told, rows.only(first))]
    return [texts[i] for i in which.tolist()]


def _pairs(told: Sequence[Column], rows: Rows) -> list[list[tuple[str, str]]]:
    """(id, text) of what each row tells; what is empty is left out."""
    texts = [column.codes(rows) for column in told]
    return [
        [(column.id, text[i]) for column, text in zip(told, texts, strict=True) if text[i]]
        for i in range(len(rows))
    ]


def _values(pairs: Pairs, tag: str) -> str:
    inside = "".join(f'<gen:Value id="{name}" value={quoteattr(text)}/>' for name, text in pairs)
    return f"<gen:{tag}>{inside}</gen:{tag}>" if inside else ""


def _named(pairs: Pairs) -> str:
    return "".join(f" {name}={quoteattr(text)}" for name, text in pairs)

"""XML packages of BeSTi@, read as they stream: a report is forgotten once its rows are taken."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

import pyarrow as pa
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from smup.ingest.refusing import unreadable
from smup.language import fold
from smup.sources.budget.forms import QUARTER, Report, reports, squeezed
from smup.sources.budget.raw import Raw, raw_of

_ROOTS, _UNIT, _ROW = ("PaczkaSprawozdan", "Jednostki"), "Jednostka", "Pozycja"
_WHOSE = ("WK", "PK", "GK", "GT", "PT", "Regon", "Nazwa")
_PERIOD = ("Rok", "TypOkresu", "Okres", "Wersja", "DataSprawozdania")
_STEMS = {one.stem: one for one in reports().values()}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_LAST_DAY = "-12-31"
_MOST_DEPTH = 30
_CHUNK = 50_000  # rows


@dataclass
class _Columns:
    """Rows of one report as columns that grow; a cell that a row lacks is empty."""

    chunks: dict[str, list[pa.Array]] = field(default_factory=lambda: defaultdict(list))
    rows: list[dict[str, str]] = field(default_factory=list)
    count: int = 0

    def add(self, row: dict[str, str]) -> None:
        self.rows.append(row)
        if len(self.rows) == _CHUNK:
            self.close()

    def close(self) -> None:
        names = dict.fromkeys([*self.chunks, *(name for row in self.rows for name in row)])
        for name in names:
            known = sum(len(chunk) for chunk in self.chunks[name])
            if known < self.count:
                self.chunks[name].append(pa.array([""] * (self.count - known), pa.string()))
            cells = [row.get(name, "") for row in self.rows]
            self.chunks[name].append(pa.array(cells, pa.string()))
        self.count += len(self.rows)
        self.rows = []

    def columns(self) -> Mapping[str, pa.ChunkedArray]:
        self.close()
        return {name: pa.chunked_array(chunks) for name, chunks in self.chunks.items()}


def read_xml(content: bytes, place: str) -> Iterator[Raw]:
    """The reports in the package, each with its rows. Raises SourceError for XML that is broken,
    holds entities, or is no package."""
    found: dict[str, _Columns] = defaultdict(_Columns)
    try:
        for report, row in _rows(content, place):
            found[report.id].add(row)
    except ParseError as error:
        raise unreadable(place, f"XML jest uszkodzony albo niepełny ({error})") from error
    except DefusedXmlException as error:
        raise unreadable(place, "XML ma własne encje albo DTD, więc nie został otwarty") from error
    for report_id, columns in found.items():
        yield raw_of(reports()[report_id], columns.columns(), place)


def _rows(content: bytes, place: str) -> Iterator[tuple[Report, dict[str, str]]]:
    """(report, row with the codes of its unit, year and version) in the order of the file."""
    reader = _Reader(place)
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        if event == "start":
            reader.start(element)
            continue
        found = reader.end(element)
        if found is not None:
            yield found


@dataclass
class _Reader:
    """Where in the package we are. No element outlives its end, so memory does not grow."""

    place: str
    path: list[Element] = field(default_factory=list)
    unit: dict[str, str] = field(default_factory=dict)  # the codes of the unit around
    head: dict[str, str] = field(default_factory=dict)  # of the report: its period, version, unit
    row: dict[str, str] = field(default_factory=dict)
    report: Report | None = None
    begun: bool = False  # have rows of the report been read

    def start(self, element: Element) -> None:
        name = _local(element)
        if not self.path and name not in _ROOTS:
            raise unreadable(self.place, f"to nie paczka sprawozdań (zaczyna się od <{name}>)")
        if len(self.path) > _MOST_DEPTH:
            raise unreadable(self.place, "elementy XML są zagnieżdżone za głęboko")
        self.path.append(element)
        if self.report is None and name in _STEMS:
            self.report, self.head, self.begun = _STEMS[name], {}, False

    def end(self, element: Element) -> tuple[Report, dict[str, str]] | None:
        """The row that ends here, if one does."""
        self.path.pop()
        name, text = _local(element), (element.text or "").strip()
        parent = _local(self.path[-1]) if self.path else ""
        if self.path:
            self.path[-1].remove(element)
        if self.report is None:
            self._outside(name, parent, text)
        elif name == _ROW:
            return self._whole_row(self.report)
        elif parent == _ROW:
            self.row[name] = text
        elif _STEMS.get(name) is self.report:
            self.report = None
        elif text:
            self._in_head(name, parent, text)
        return None

    def _outside(self, name: str, parent: str, text: str) -> None:
        if parent == _UNIT and name in _WHOSE:
            self.unit[name] = text
        elif name == _UNIT:
            self.unit = {}

    def _in_head(self, name: str, parent: str, text: str) -> None:
        if name in _PERIOD or (parent == _UNIT and name in _WHOSE):
            if self.begun:
                raise unreadable(self.place, f"<{name}> stoi po wierszach swojego sprawozdania")
            self.head[name] = text

    def _whole_row(self, report: Report) -> tuple[Report, dict[str, str]]:
        if not self.begun:
            self.begun = True
            whose = {**self.unit, **{key: self.head[key] for key in _WHOSE if key in self.head}}
            self.head = {**whose, **_period(self.head)}
        row, self.row = {**self.row, **self.head}, {}
        return report, row


def _period(head: Mapping[str, str]) -> dict[str, str]:
    """Year, quarter and version of a report under the names of our keys."""
    found = {"Wersja": head["Wersja"]} if "Wersja" in head else {}
    day = head.get("DataSprawozdania", "")
    if "Rok" in head:
        period, kind = head.get("Okres", ""), head.get("TypOkresu", "")
        quarterly = not kind or "kwart" in fold(kind)
        told = _ROMAN.get(period.upper(), period) if quarterly else f"{kind} {period}"
        found |= {"Rok": head["Rok"], "Kwartał": told}
    elif day.endswith(_LAST_DAY):
        found |= {"Rok": day[:4], "Kwartał": QUARTER}
    return found


def _local(element: Element) -> str:
    """The name of the element without its namespace; that of a report as its form is squeezed."""
    name = str(element.tag).rpartition("}")[2]
    return squeezed(name) if name[:2].lower() == "rb" else name

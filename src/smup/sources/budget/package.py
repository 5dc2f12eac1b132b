"""Files of the Ministry of Finance: CSV with short or long headers, XML packages, ZIP of these."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.csv as pcsv

from smup.ingest.refusing import SourceError, unreadable
from smup.ingest.unpacking import kind_of_bytes, names_inside, unpacked
from smup.sources.budget.forms import QUARTER, Report, reports, squeezed
from smup.sources.budget.raw import Raw, by_year, raw_of
from smup.sources.budget.xml import read_xml

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_QUARTER = re.compile(r"(?:q|kw)\.?\s*([1-4])(?![0-9])|(?<![0-9])([1-4])\s*kw", re.IGNORECASE)
_MOST_COLUMNS = 200
_SEPARATOR = ";"


@dataclass(frozen=True)
class YearOf:
    """The rows of one report and year in a file."""

    year: int
    raw: Raw


def read_package(content: bytes, name: str) -> list[YearOf]:
    """Every report and year in the file, of whole years. Raises SourceError when any part of the
    file cannot be read: a package of which half is known is not read at all."""
    found: dict[tuple[str, int], YearOf] = {}
    for place, raw in _parts(content, name):
        for year, rows in by_year(raw, _year_named(place, name)):
            key = (rows.report.id, year)
            if key in found:
                raise SourceError(
                    "zdublowany-klucz",
                    f"{place}: {rows.report.form} za {year} jest w dwóch plikach paczki.",
                )
            found[key] = YearOf(year, rows)
    if not found:
        raise unreadable(name, "nie ma w nim żadnego ze sprawozdań Rb-27S, Rb-28S, Rb-NDS, Rb-Z")
    return list(found.values())


def _parts(content: bytes, name: str) -> Iterator[tuple[str, Raw]]:
    if kind_of_bytes(content) != "zip":
        if _kind(content) == "text" and not content.endswith(b"\n"):
            raise unreadable(name, "ostatni wiersz nie ma końca, więc plik jest pewnie ucięty")
        for raw in _read(content, name, PurePosixPath(name).name):
            yield raw.place, raw
        return
    archive = name if name.endswith(".zip") else f"{name}.zip"
    for inside in names_inside(archive, content):
        _, bytes_inside = unpacked(archive, content, inside)
        if kind_of_bytes(bytes_inside) == "zip":
            raise unreadable(name, f"w archiwum jest następne archiwum ({inside})")
        for raw in _read(bytes_inside, f"{name}/{inside}", PurePosixPath(inside).name):
            yield raw.place, raw


def _read(content: bytes, place: str, file: str) -> Iterator[Raw]:
    kind = _kind(content)
    if kind == "xml":
        yield from read_xml(content, place)
    elif kind == "text":
        report = _report_named(file)
        if report is not None:  # a package also holds forms that nobody here needs
            yield raw_of(report, _csv(content, place), place)
    else:
        raise unreadable(place, "to nie jest plik CSV ani XML")


def _kind(content: bytes) -> str:
    """An XML package may lack the line that says it is XML."""
    kind = kind_of_bytes(content)
    begun = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "xml" if kind == "text" and begun.startswith(b"<") else kind


def _report_named(file: str) -> Report | None:
    stem = squeezed(PurePosixPath(file).stem)
    found = [one for one in reports().values() if _named(one.stem, stem)]
    return found[0] if len(found) == 1 else None


def _named(report: str, stem: str) -> bool:
    """``rb28s2025q4`` and ``rb28scsv`` are Rb-28S; ``rb28sdcsv`` and ``rbzkp`` are other forms."""
    return re.match(rf"{report}(?:csv|[0-9]|$)", stem) is not None


def _year_named(place: str, package: str) -> int | None:
    """The year that the name of the file or of its package says; refused unless of the fourth
    quarter. A name without a quarter decides nothing."""
    for name in (PurePosixPath(place).name, PurePosixPath(package).name):
        year, quarter = _YEAR.search(name), _QUARTER.search(name)
        if quarter is not None and (quarter[1] or quarter[2]) != QUARTER:
            raise SourceError(
                "rb-inny-okres",
                f"{place}: nazwa mówi o kwartale {quarter[1] or quarter[2]}; liczą się tylko "
                "dane za cztery kwartały.",
            )
        if year is not None:
            return int(year[1])
    return None


def _csv(content: bytes, place: str) -> dict[str, pa.ChunkedArray]:
    """Columns by their headers, all as text. Raises SourceError with the place."""
    encoding = _encoding(content)
    first, _, _ = content.partition(b"\n")
    headers = next(csv.reader([_plain(first, encoding, place)], delimiter=_SEPARATOR), [])
    if not 1 < len(headers) <= _MOST_COLUMNS:
        raise SourceError(
            "zmieniony-naglowek",
            f"{place}: w nagłówku jest {len(headers)} kolumn rozdzielonych średnikiem.",
        )
    numbered = [str(i) for i in range(len(headers))]
    try:
        table = pcsv.read_csv(
            io.BytesIO(content),
            read_options=pcsv.ReadOptions(column_names=numbered, skip_rows=1, encoding=encoding),
            parse_options=pcsv.ParseOptions(delimiter=_SEPARATOR),
            convert_options=pcsv.ConvertOptions(column_types=dict.fromkeys(numbered, pa.string())),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise unreadable(place, f"błędny zapis CSV ({str(error).rstrip('.')})") from error
    named: dict[str, pa.ChunkedArray] = {}
    for at, header in zip(numbered, headers, strict=True):
        if header.strip() in named:
            raise SourceError(
                "zmieniony-naglowek", f"{place}: dwie kolumny nazywają się „{header}”."
            )
        named[header.strip()] = table[at]
    return named


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1250"
    return "utf-8"


def _plain(line: bytes, encoding: str, place: str) -> str:
    try:
        return line.decode(encoding).removeprefix("\ufeff").rstrip("\r")
    except UnicodeDecodeError as error:
        raise unreadable(place, "nagłówek nie jest w UTF-8 ani w cp1250") from error

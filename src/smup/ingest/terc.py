"""Editions of the TERC register (GUS): every known file form, one normalised shape.

The register is published as XML, CSV and JSON, and in two variants. The official one lists a mixed
gmina three times (kind 3, and its town and rural part, kinds 4 and 5). The address variant lists
only what an address can lie in: a mixed gmina as kinds 4 and 5 alone, and a city divided into
delegatury or districts only as those. Both are read into the same units here.
"""

import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from smup.territory.units import Kind

_KINDS = {"1": Kind.GMINA_MIEJSKA, "2": Kind.GMINA_WIEJSKA, "3": Kind.GMINA_MIEJSKO_WIEJSKA}
_PARTS = {"4": "miasto", "5": "obszar-wiejski", "8": "dzielnica", "9": "delegatura"}
# In TERC the numbers of powiats begin at 01 and those of cities with powiat rights at 61.
_FIRST_CITY = "61"
_LARGEST = 64_000_000  # bytes of a register unpacked; the whole country takes one million
_COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "STAN_NA", "NAZWA")
_FORMS = (".csv", ".xml", ".json")


class TercError(ValueError):
    """A register file cannot be read; one Polish sentence with the place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as one edition shows it; ``teryt7`` only for gminas and cities with powiat rights."""

    code: str
    name: str
    kind: Kind
    teryt7: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A district, delegatura, town or rural part: ``code`` of 7 digits, ``unit`` it belongs to."""

    code: str
    name: str
    what: str
    unit: str


@dataclass(frozen=True)
class Edition:
    """The register on one 1 January."""

    day: date
    file: str
    units: Mapping[str, Entry]
    parts: Mapping[str, Part]


def read_editions(folder: Path) -> list[Edition]:
    """All editions ``terc_*.gz`` in the folder, oldest first. Raises TercError."""
    editions = [read_edition(path) for path in sorted(folder.glob("terc_*.gz"))]
    if not editions:
        raise TercError(f"W {folder} nie ma plików rejestru TERC (terc_*.gz).")
    return sorted(editions, key=lambda edition: edition.day)


def read_edition(path: Path) -> Edition:
    """One register file, form and variant recognised by its name and rows. Raises TercError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TercError(f"{path.name}: nie da się odczytać rejestru ({error}).") from error
    return edition_of(path.name, content)


def edition_of(name: str, content: bytes) -> Edition:
    """The edition in a file of that name: CSV, XML or JSON, plain, in gzip or in a ZIP.

    Raises TercError for bytes that are not one whole register of one day.
    """
    try:
        form, text = _unpacked(name, content)
        rows = list(_rows(form, text))
        days = {row["STAN_NA"] for row in rows}
        if len(days) != 1:
            raise TercError(f"{name}: jeden stan na dzień oczekiwany, jest {len(days)}.")
        day = date.fromisoformat(days.pop())
    except _UNREADABLE as error:
        if isinstance(error, TercError):
            raise
        raise TercError(f"{name}: nie da się odczytać rejestru ({error}).") from error
    return normalise(rows, day, name)


_UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException),
)


def _unpacked(name: str, content: bytes) -> tuple[str, str]:
    """The name that tells the form, and the text. Of a ZIP with several forms the CSV is read."""
    if content.startswith(b"PK"):
        name, content = _from_zip(content)
    elif name.endswith(".gz"):
        with gzip.open(io.BytesIO(content)) as packed:
            content = packed.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"plik po rozpakowaniu ma ponad {_LARGEST // 1_000_000} MB")
    return name.lower(), content.decode("utf-8-sig")


def _from_zip(content: bytes) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for form in _FORMS:
            for member in archive.namelist():
                if member.lower().endswith(form):
                    with archive.open(member) as file:
                        return member, file.read(_LARGEST + 1)
    raise ValueError("w archiwum nie ma pliku CSV, XML ani JSON")


def normalise(rows: Iterable[Mapping[str, str]], day: date, file: str) -> Edition:
    """Units and parts from rows of either variant."""
    units: dict[str, Entry] = {}
    parts: dict[str, Part] = {}
    for row in rows:
        code, kind = row["WOJ"] + row["POW"] + row["GMI"], row["RODZ"]
        if not row["GMI"]:
            units[code] = _upper(code, row["NAME"])
        elif kind in _PARTS:
            unit = code[:4] if code[2:4] >= _FIRST_CITY else code
            parts[code + kind] = Part(code + kind, row["NAME"], _PARTS[kind], unit)
        elif kind in _KINDS and code[2:4] < _FIRST_CITY:
            units[code] = Entry(code, row["NAME"], _KINDS[kind], code + kind)
        elif kind not in _KINDS:
            raise TercError(f"{file}: nieznany rodzaj „{kind}” jednostki {code} {row['NAME']}.")
    for part in parts.values():  # address variant: a mixed gmina is told by its town alone
        if part.what == "miasto" and part.unit not in units:
            entry = Entry(part.unit, part.name, Kind.GMINA_MIEJSKO_WIEJSKA, part.unit + "3")
            units[part.unit] = entry
    return Edition(day, file, dict(sorted(units.items())), dict(sorted(parts.items())))


def _upper(code: str, name: str) -> Entry:
    if len(code) == 2:  # the register writes województwa in capitals
        return Entry(code, name.lower(), Kind.WOJEWODZTWO, None)
    if code[2:4] >= _FIRST_CITY:  # its only gmina is number 01, a town
        return Entry(code, _bare_city(name), Kind.MIASTO, code + "011")
    return Entry(code, name, Kind.POWIAT, None)


def _bare_city(name: str) -> str:
    """Some editions write "M. st. Warszawa", "m. Płock"."""
    return re.sub(r"^m\.\s*(st\.\s*)?", "", name, flags=re.IGNORECASE)


def _rows(file: str, text: str) -> Iterator[dict[str, str]]:
    if ".xml" in file:
        raw = _xml_rows(text)
    elif ".json" in file:
        raw = iter(json.loads(text))
    else:
        raw = csv.DictReader(io.StringIO(text), delimiter=";")
    for row in raw:
        plain = {key: str(value or "").strip() for key, value in row.items()}
        missing = [column for column in _COLUMNS if column not in plain]
        if missing:
            raise ValueError(f"brak kolumny {missing[0]}")
        name = plain["NAZWA"]
        yield {key: plain[key] for key in _COLUMNS[:-1]} | {"NAME": name}


def _xml_rows(text: str) -> Iterator[dict[str, str]]:
    for row in fromstring(text).iter("row"):
        yield {str(column.get("name")): column.text or "" for column in row.iter("col")}

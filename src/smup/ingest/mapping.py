"""What a source file looks like, as data: the ``files`` part of ``catalogue/sources/<id>.yaml``.

A column is named by its letter (``at: C``), by its header (``header: TERYT``), or by both, and then
the header must read so: a file whose columns moved is refused, never read as something else.
Headers are compared after white space is collapsed; the cells of a header of several rows, merged
ones included, are joined from top to bottom. ``{year}`` in a header stands for four digits and
takes every such column, with that year.

``layout: long`` is a table with a row for each figure: its variable, unit, year and value stand in
columns of their own, in any order.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from smup.catalogue import CatalogueError, Source, Variable
from smup.catalogue.errors import nearest
from smup.catalogue.validation import parse
from smup.panel import FLAG_NAMES, STATUS_NAMES, Flag, Status

Letters = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
VariableId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def status_named(name: object) -> Status:
    """The status with this name. Raises ValueError listing the known."""
    named = {text: status for status, text in STATUS_NAMES.items()}
    if name not in named:
        raise ValueError(f"nieznany status „{name}”; znane: {', '.join(named)}")
    return named[str(name)]


def flags_named(names: object) -> Flag:
    """The set of flags with these names. Raises ValueError listing the known.

    No source says that a value is corrected: that is the word of catalogue/corrections alone.
    """
    named = {text: flag for flag, text in FLAG_NAMES.items() if flag is not Flag.CORRECTED}
    total = Flag.NONE
    for name in names if isinstance(names, list | tuple) else [names]:
        if name not in named:
            raise ValueError(f"nieznana flaga „{name}”; znane: {', '.join(named)}")
        total |= named[str(name)]
    return total


StatusName = Annotated[Status, BeforeValidator(status_named)]
FlagNames = Annotated[Flag, BeforeValidator(flags_named)]
CodeScheme = Literal["teryt", "teryt4", "teryt6", "teryt7", "bdl12", "wojewodztwo", "name"]
PartsRule = Literal["refuse", "ignore", "sum", "sum_with_whole"]
Encoding = Literal["utf-8", "cp1250", "iso-8859-2", "utf-16"]
Separator = Literal[",", ";", "\t", "|"]
TEXTS = ("csv", "tsv", "txt")
KINDS = (*TEXTS, "xls", "xlsx", "ods", "json", "parquet")
PACKED = (".gz", ".zip")


class MappingError(ValueError):
    """A mapping file says something impossible; one Polish sentence with file and key."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnRef(_Frozen):
    at: Letters | None = None
    header: str | None = None

    @model_validator(mode="after")
    def _named(self) -> "ColumnRef":
        if self.at is None and self.header is None:
            raise ValueError("podaj kolumnę: literę (at) albo nagłówek (header)")
        return self


class UnitKey(_Frozen):
    """Where the code of the unit stands and how it is written.

    ``teryt``: digits of any level, its length tells which. ``teryt4/6/7``: padded to that length,
    as spreadsheets lose a leading zero. ``bdl12``: a BDL id, padded. ``wojewodztwo``: a name.
    Several ``columns`` are padded to two digits each and joined; a fourth is the kind of gmina, one
    digit. With ``name`` the name of the unit stands in that column; ``by_name`` reads a country or
    województwo without a code by it.

    ``name``: the name of any unit, told apart by the columns ``powiat`` and ``wojewodztwo`` where
    there are such; ``named`` says what a person answered about a name that several units bear.
    """

    columns: tuple[ColumnRef, ...] = Field(min_length=1)
    code: CodeScheme
    name: ColumnRef | None = None
    by_name: bool = False
    powiat: ColumnRef | None = None
    wojewodztwo: ColumnRef | None = None
    named: Mapping[str, str] = {}  # "Bolesławiec, bolesławiecki, dolnośląskie" -> code of the unit

    @model_validator(mode="after")
    def _one_name(self) -> "UnitKey":
        if self.code == "name" and len(self.columns) != 1:
            raise ValueError("nazwa jednostki stoi w jednej kolumnie (columns)")
        if self.code != "name" and (self.powiat or self.wojewodztwo or self.named):
            raise ValueError("powiat, wojewodztwo i named odnoszą się tylko do code: name")
        return self


class Column(ColumnRef):
    """One column of figures (or, with ``where``, the rows of it in which other columns read so)."""

    variable: VariableId
    year: int | None = None
    where: Mapping[str, str] = {}
    zero: Literal["zero", "missing"] = "zero"  # what a bare 0 means in this column
    at_least: float | None = None
    at_most: float | None = None


class FileMapping(_Frozen):
    """One file of a source. Row numbers count from 1, as a spreadsheet shows them."""

    path: str
    dated: str  # the day or period the figures speak of
    retrieved: date  # when the bytes reached us
    inside: str | None = None  # the file in a zip, where there are several
    sheet: str | None = None  # of a workbook; in JSON the key that holds the rows
    header_rows: tuple[int, int] | None = (1, 1)  # first and last; None for a file without headers
    first_row: int = Field(default=2, ge=1)
    rows_at_least: int = Field(default=1, ge=1)  # fewer: a damaged file can look like a short one
    separator: Separator = ","
    encoding: Encoding = "utf-8"
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " "] = ""
    unit: UnitKey
    year: int | ColumnRef | None = None  # None: every column has its own
    convention: str | None = None  # whose signs for gaps: a key of catalogue/statuses.yaml
    signs: Mapping[str, StatusName] = {}  # signs that mean something else in this very file
    blank: StatusName | None = None  # the same for an empty cell
    flags: FlagNames = Flag.NONE  # of every value of the file
    parts: PartsRule = "refuse"
    counted_in: Mapping[str, str] = {}  # code in the file -> unit its figures belong to
    historical: Mapping[str, str] = {}  # codes older than the register -> what they were
    outside: str | None = None  # what rows without a unit are, where that is known
    layout: Literal["wide", "long"] = "wide"
    columns: tuple[Column, ...] = ()  # of figures; none where the layout is long
    variable: ColumnRef | None = None  # layout long: whose figure the row is
    variables: Mapping[str, VariableId] = {}  # what stands in that column, where it is no id
    value: ColumnRef | None = None
    status: ColumnRef | None = None  # layout long: names of statuses, empty for an ordinary value
    flagged: ColumnRef | None = None  # layout long: names of flags with spaces between
    quirk: str | None = None  # module of smup.ingest.quirks that reads the rows instead
    note: str | None = None  # a decision about this file, for people

    @property
    def kind(self) -> str:
        """What the file is by its name: ``csv``, ``xlsx``…; "" for a zip that does not say."""
        name = self.inside or self.path
        for ending in PACKED:
            name = name.removesuffix(ending)
        kind = name.rpartition(".")[2].lower()
        return "" if kind not in KINDS and self.path.endswith(".zip") and not self.inside else kind

    @model_validator(mode="after")
    def _readable(self) -> "FileMapping":
        if self.kind and self.kind not in KINDS:
            raise ValueError(f"nie umiem czytać plików .{self.kind} ({', '.join(KINDS)})")
        if self.inside and not self.path.endswith(".zip"):
            raise ValueError("plik wewnątrz (inside) ma tylko archiwum zip")
        if self.decimal == self.thousands:
            raise ValueError("przecinek dziesiętny i odstęp tysięcy są tym samym znakiem")
        if self.layout == "wide":
            self._wide()
        else:
            self._long()
        return self

    def _wide(self) -> None:
        if not self.columns:
            raise ValueError("lista kolumn z liczbami (columns) jest pusta")
        if self.variable or self.value or self.status or self.flagged or self.variables:
            raise ValueError(
                "variable, variables, value, status i flagged odnoszą się tylko do layout: long"
            )
        if self.year is None and any(c.year is None and not years_in(c) for c in self.columns):
            raise ValueError("brak roku: podaj year pliku albo każdej kolumny")

    def _long(self) -> None:
        if self.kind not in (*TEXTS, ""):
            raise ValueError("layout: long czyta tylko pliki tekstowe (csv, tsv, txt)")
        if not (self.variable and self.value):
            raise ValueError("layout: long wymaga kolumn variable i value")
        if self.columns or self.quirk:
            raise ValueError("layout: long nie ma listy columns ani quirk")
        if len(self.unit.columns) != 1 or self.unit.code == "name":
            raise ValueError("layout: long wymaga kodu jednostki w jednej kolumnie")
        if self.header_rows not in (None, (1, 1)):
            raise ValueError("layout: long ma nagłówek w pierwszym wierszu albo nie ma go wcale")
        if self.year is None:
            raise ValueError("brak roku: podaj year pliku albo kolumnę z rokiem")


def years_in(column: Column) -> bool:
    """Does the header of the column carry its year?"""
    return column.header is not None and "{year}" in column.header


def header_pattern(header: str) -> re.Pattern[str]:
    """The header as a pattern; ``{year}`` becomes a group of that name."""
    pieces = [re.escape(piece) for piece in header.split("{year}")]
    return re.compile("(?P<year>[0-9]{4})".join(pieces))


def parse_source(
    source: Source, lines: Mapping[str, int] | None = None, name: str | None = None
) -> tuple[FileMapping, ...]:
    """The files of a source; ``lines`` are those of its YAML keys and ``name`` that of the file it
    stands in, for messages.

    Raises MappingError naming the file, the line, the key and the reason.
    """
    errors: list[CatalogueError] = []
    files = []
    for number, raw in enumerate(source.files):
        one = parse(
            FileMapping,
            raw,
            file=name or f"catalogue/sources/{source.id}.yaml",
            lines=dict(lines or {}),
            prefix=f"files.{number}",
            errors=errors,
        )
        if one is not None:
            files.append(one)
    if errors:
        # A faulty entry also makes its list too short: the deepest place is the cause.
        raise MappingError(f"{max(errors, key=lambda error: error.key.count('.'))}.")
    return tuple(files)


def check_variables(
    source: str, files: Iterable[FileMapping], variables: Mapping[str, Variable]
) -> None:
    """Raises MappingError for a variable the catalogue does not know, and for a sum of ratios."""
    for file in files:
        for column in file.columns:
            known = variables.get(column.variable)
            if known is None:
                raise MappingError(
                    f"catalogue/sources/{source}.yaml: nie ma zmiennej {column.variable}"
                    f"{nearest(column.variable, variables)}."
                )
            if file.parts in ("sum", "sum_with_whole") and not known.additive:
                raise MappingError(
                    f"catalogue/sources/{source}.yaml: zmiennej {column.variable} nie wolno "
                    "sumować z części (additive: false)."
                )

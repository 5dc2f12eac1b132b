"""One file that somebody has, by a mapping of its own, into a table of the store."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from smup.catalogue import Catalogue, CatalogueErrors, Source
from smup.catalogue.document import DocumentError, read_document
from smup.catalogue.errors import CatalogueError, nearest
from smup.catalogue.validation import parse
from smup.ingest.figures import Context, Notes
from smup.ingest.long import LongTable, read_long
from smup.ingest.mapping import FileMapping, MappingError, parse_source
from smup.ingest.numbers import signs_of
from smup.ingest.pipeline import (
    Supplied,
    Surroundings,
    file_meta,
    read_source,
    source_meta,
)
from smup.ingest.refusing import SourceError
from smup.ingest.tables import put_bytes
from smup.quality import Finding, finding
from smup.store.snapshots import SnapshotInfo, Snapshots
from smup.store.tidy import table_bytes


@dataclass(frozen=True)
class Described:
    """A source with the one file it has."""

    source: Source
    mapping: FileMapping


@dataclass(frozen=True, slots=True)
class Imported:
    """``rows`` below the header, ``landed`` values; ``written`` is the name of the table, "" where
    the file could not be read and the old table stays, or nothing was to be written."""

    rows: int
    landed: int
    findings: tuple[Finding, ...]
    written: str = ""


def read_mapping(path: Path) -> Described:
    """A mapping file: the YAML of a source with one file, its id the name of the file.

    Raises MappingError naming the line, the key and the reason.
    """
    errors: list[CatalogueError] = []
    try:
        document = read_document(path, path.name)
    except OSError as error:
        raise MappingError(f"{path}: nie da się otworzyć ({error.strerror}).") from error
    except DocumentError as error:
        raise MappingError(f"{error}.") from error
    source = parse(
        Source,
        {**document.data, "id": path.stem},
        file=path.name,
        lines=document.lines,
        errors=errors,
    )
    if source is None:
        raise MappingError(f"{CatalogueErrors(errors).errors[0]}.")
    return described(source, path.name, document.lines)


def described(source: Source, name: str, lines: dict[str, int] | None = None) -> Described:
    """The source and its one file. Raises MappingError when it has not one, or one in a folder."""
    files = parse_source(source, lines, name)
    if len(files) != 1:
        raise MappingError(
            f"{name}: mapowanie powinno opisywać jeden plik, a opisuje {len(files)}."
        )
    if "/" in files[0].path:
        raise MappingError(f"{name}: podaj samą nazwę pliku (path), bez folderu.")
    return Described(source, files[0])


def import_file(
    path: Path,
    how: Described,
    around: Surroundings,
    catalogue: Catalogue,
    home: Path,
    *,
    dry_run: bool = False,
) -> Imported:
    """Keep the bytes as a snapshot and write what they say as the table of the source's id.

    A file that cannot be read leaves the table as it was. A variable the catalogue does not have is
    an error finding, and a release leaves such a table out. ``dry_run`` writes and keeps nothing.
    Raises MappingError for a file of another name than the mapping says, OSError for one that
    cannot be opened.
    """
    if path.name != how.mapping.path:
        raise MappingError(f"Mapowanie opisuje plik {how.mapping.path}, a podano {path.name}.")
    if how.mapping.convention not in (None, *around.conventions):
        raise MappingError(f"Nie ma znaków „{how.mapping.convention}” w catalogue/statuses.yaml.")
    content = path.read_bytes()
    source, day = how.source, how.mapping.retrieved
    info = SnapshotInfo(path.name, source.publisher, source.licence, day.isoformat())
    read = _long if how.mapping.layout == "long" else _wide
    kept = nullcontext("") if dry_run else Snapshots(home / "snapshots").keeping(content, info)
    with kept as digest:
        found = read(how, Supplied(content, digest, day), around)
    findings = (*found.findings, *_unknown(found.variables, how, catalogue))
    if found.table is None or dry_run:
        return Imported(found.rows, found.landed, findings)
    put_bytes(home, source.id, found.table(), findings)
    return Imported(found.rows, found.landed, findings, source.id)


@dataclass(frozen=True)
class _Read:
    """What a file says; ``table`` writes its tidy table, None where it cannot be read."""

    rows: int
    landed: int
    variables: frozenset[str]
    findings: tuple[Finding, ...]
    table: Callable[[], bytes] | None


def _wide(how: Described, supplied: Supplied, around: Surroundings) -> _Read:
    read = read_source(how.source, (how.mapping,), lambda mapping: supplied, around)
    if read.broken:
        return _Read(read.rows, 0, frozenset(), read.findings, None)
    landed = sum(fact.value is not None for fact in read.facts)
    variables = frozenset(fact.variable for fact in read.facts)
    table = partial(table_bytes, read.meta, read.facts)
    return _Read(read.rows, landed, variables, read.findings, table)


def _long(how: Described, supplied: Supplied, around: Surroundings) -> _Read:
    """The same in columns: a table of ten million rows would not fit as objects."""
    notes = Notes(how.source.id, how.mapping.path)
    context = Context(how.mapping, around.units, signs_of(how.mapping, around.conventions), notes)
    try:
        found = read_long(supplied.content, context)
        meta = [*source_meta(how.source), *file_meta(how.mapping, supplied)]
    except SourceError as error:
        broken = finding(error.code, how.source.id, how.mapping.path, str(error))
        return _Read(0, 0, frozenset(), (broken, *notes.findings()), None)
    landed = int(np.isfinite(found.value).sum())
    variables = frozenset(found.variables)
    table = partial(_joined, found, meta)
    return _Read(found.rows, landed, variables, tuple(notes.findings()), table)


def _joined(table: LongTable, meta: Sequence[tuple[str, str]]) -> bytes:
    return b"".join(table.pieces(meta))


def _unknown(variables: frozenset[str], how: Described, catalogue: Catalogue) -> list[Finding]:
    """A finding for each variable of the table that the catalogue lacks."""
    known = catalogue.variables
    return [
        finding(
            "nieznana-zmienna",
            how.source.id,
            how.mapping.path,
            f"zmiennej {name} nie ma w katalogu{nearest(name, known)}",
        )
        for name in sorted(variables - known.keys())
    ]

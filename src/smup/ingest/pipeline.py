"""From official files to the tidy tables of the project: snapshot, read, land, write."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

from smup.catalogue import Catalogue, Source
from smup.catalogue.errors import nearest
from smup.catalogue.statuses import load_statuses
from smup.ingest import figures
from smup.ingest.figures import Context, Extract, Notes
from smup.ingest.keys import Units
from smup.ingest.landing import land
from smup.ingest.long import read_long
from smup.ingest.mapping import (
    FileMapping,
    MappingError,
    check_variables,
    flags_named,
    parse_source,
    status_named,
)
from smup.ingest.numbers import Sign, Signs, signs_of
from smup.ingest.table import SourceError, read_table
from smup.ingest.unpacking import unpacked
from smup.panel import STATUS_NAMES, Status
from smup.quality import Finding, finding, write_findings
from smup.quality.findings import read_findings
from smup.store.files import write_whole
from smup.store.snapshots import SnapshotInfo, Snapshots
from smup.store.tidy import Fact, write_table
from smup.territory import Territory
from smup.territory.load import load_parts

Progress = Callable[[str, int, int], None]
FINDINGS = "findings.csv"


class UnknownSource(ValueError):
    """A source nobody described; one Polish sentence with the nearest known."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """``rows`` below the headers, ``landed`` values in the table (0 when it was not written)."""

    id: str
    rows: int
    landed: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Surroundings:
    """What every source is read against."""

    units: Units
    conventions: Mapping[str, Signs]


@dataclass(frozen=True, slots=True)
class Supplied:
    """The bytes of a file, kept as the snapshot ``digest``, and the day they reached us."""

    content: bytes
    digest: str
    retrieved: date


Supply = Callable[[FileMapping], Supplied]  # raises SourceError for a file that is not there


@dataclass(frozen=True)
class SourceRead:
    """What the files of a source say; ``broken``: one of them could not be read at all.

    ``meta`` is the header of its table, ``rows`` counts those below the headers.
    """

    meta: tuple[tuple[str, str], ...]
    rows: int
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    broken: bool


def run(
    sources: Sequence[str] | None,
    data: Path,
    catalogue: Catalogue,
    territory: Territory,
    out: Path,
    snapshots: Path,
    progress: Progress | None = None,
) -> list[SourceReport]:
    """Read the sources (all that have files, when None) and write ``out/<id>.csv``.

    ``out`` is the folder ``data/`` of the project: ``catalogue/`` and ``territory/`` stand beside
    it. A source with an unreadable file keeps its old table and gets an error finding; the others
    are not concerned. ``out/findings.csv`` is brought up to date. Raises UnknownSource, and
    MappingError before anything is written (a quirk module may refuse its mapping later).
    """
    around = surroundings(out.parent, territory)
    mappings = mappings_of(sources, catalogue, around.conventions)
    kept = Snapshots(snapshots)
    reports = []
    for done, (source, files) in enumerate(mappings.items()):
        if progress:
            progress("źródła", done, len(mappings))
        reports.append(ingest_source(catalogue.sources[source], files, data, out, around, kept))
    _write_findings(out, reports)
    if progress:
        progress("źródła", len(mappings), len(mappings))
    return reports


def surroundings(root: Path, territory: Territory) -> Surroundings:
    """What the folders ``catalogue/`` and ``territory/`` of ``root`` give to every source."""
    units = Units(territory, load_parts(root / "territory"))
    return Surroundings(units, _conventions(root / "catalogue"))


def mappings_of(
    sources: Sequence[str] | None, catalogue: Catalogue, conventions: Mapping[str, Signs]
) -> dict[str, tuple[FileMapping, ...]]:
    """How the files of the sources are read; of all that lie in a folder, when None.

    Raises UnknownSource, and MappingError for a mapping that cannot be.
    """
    known = [s.id for s in catalogue.sources.values() if s.files]
    in_folder = [name for name in known if catalogue.sources[name].live is None]
    for source in sources or ():
        if source not in known:
            hint = nearest(source, known)
            raise UnknownSource(f"Nie ma źródła „{source}” z opisanymi plikami{hint}.")
    mappings = {}
    for name in sources or sorted(in_folder):
        place = catalogue.places.get(f"sources/{name}")
        mappings[name] = parse_source(catalogue.sources[name], place.lines if place else None)
    for source, files in mappings.items():
        check_variables(source, files, catalogue.variables)
        for mapping in files:
            _extractor(mapping)
            if mapping.convention not in (None, *conventions):
                raise MappingError(
                    f"catalogue/sources/{source}.yaml: nie ma znaków „{mapping.convention}” "
                    f"w catalogue/statuses.yaml; są: {', '.join(conventions)}."
                )
    return mappings


def _conventions(folder: Path) -> dict[str, Signs]:
    """Signs of every publisher; marks that only say "an ordinary value" are none."""
    return {
        name: {
            text: Sign(status_named(sign.status), flags_named(sign.flags))
            for text, sign in convention.signs.items()
            if sign.status != STATUS_NAMES[Status.OBSERVED]
        }
        for name, convention in load_statuses(folder).items()
    }


def ingest_source(
    source: Source,
    files: Sequence[FileMapping],
    data: Path,
    out: Path,
    around: Surroundings,
    snapshots: Snapshots,
) -> SourceReport:
    """Read the files of one source and replace its table, unless one of them cannot be read."""
    read = read_source(source, files, partial(_from_folder, data, source, snapshots), around)
    if not read.broken:
        write_table(out / f"{source.id}.csv", read.meta, read.facts)
    landed = 0 if read.broken else sum(fact.value is not None for fact in read.facts)
    return SourceReport(source.id, read.rows, landed, read.findings)


def read_source(
    source: Source, files: Sequence[FileMapping], supply: Supply, around: Surroundings
) -> SourceRead:
    """Read the files of one source, wherever their bytes come from."""
    facts: list[Fact] = []
    findings: list[Finding] = []
    meta = source_meta(source)
    rows, broken = 0, False
    for mapping in files:
        notes = Notes(source.id, mapping.path)
        try:
            supplied = supply(mapping)
            meta += file_meta(mapping, supplied)
            count, landed = _read_file(mapping, supplied.content, notes, around)
            rows += count
            facts += landed
        except SourceError as error:
            broken = True
            findings.append(finding(error.code, source.id, mapping.path, str(error)))
        findings += notes.findings()
    facts, doubled = _unique(facts, source.id)
    findings += doubled
    return SourceRead(tuple(meta), rows, tuple(facts), tuple(findings), broken)


def _from_folder(
    data: Path, source: Source, snapshots: Snapshots, mapping: FileMapping
) -> Supplied:
    try:
        content = (data / mapping.path).read_bytes()
    except OSError as error:
        raise SourceError(
            "brak-pliku", f"{mapping.path}: nie da się otworzyć ({error.strerror})."
        ) from error
    day = mapping.retrieved.isoformat()
    info = SnapshotInfo(mapping.path, source.publisher, source.licence, day)
    return Supplied(content, snapshots.keep(content, info), mapping.retrieved)


def source_meta(source: Source) -> list[tuple[str, str]]:
    """What the header of a table says of its source."""
    return [
        ("source", source.id),
        ("publisher", source.publisher),
        ("title", source.title.pl),
        ("licence", source.licence),
    ]


def file_meta(mapping: FileMapping, supplied: Supplied) -> list[tuple[str, str]]:
    """What the header says of one file. Raises SourceError for an archive that cannot be read."""
    _, bytes_inside = unpacked(mapping.path, supplied.content, mapping.inside)
    inside = hashlib.sha256(bytes_inside).hexdigest()
    return [
        ("file", mapping.path),
        ("sha256", supplied.digest),
        ("sha256_inside", inside),
        ("dated", mapping.dated),
        ("retrieved", supplied.retrieved.isoformat()),
    ]


def _read_file(
    mapping: FileMapping, content: bytes, notes: Notes, around: Surroundings
) -> tuple[int, list[Fact]]:
    signs = signs_of(mapping, around.conventions)
    context = Context(mapping, around.units, signs, notes)
    if mapping.layout == "long":
        long = read_long(content, context)
        return long.rows, list(long.facts())
    table = read_table(mapping, content)
    found = _extractor(mapping)(table, context)
    return len(table.rows), land(found, around.units.territory, mapping.parts, notes)


def _extractor(mapping: FileMapping) -> Extract:
    if mapping.quirk is None:
        return figures.extract
    try:
        module = import_module(f"smup.ingest.quirks.{mapping.quirk}")
    except ModuleNotFoundError as error:
        raise MappingError(
            f"{mapping.path}: nie ma modułu smup.ingest.quirks.{mapping.quirk}."
        ) from error
    extract: Extract = module.extract
    return extract


def _unique(facts: list[Fact], source: str) -> tuple[list[Fact], list[Finding]]:
    """Two files of a source that give the same figure: neither lands."""
    groups: dict[tuple[str, str, int], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.variable, fact.unit, fact.year), []).append(fact)
    doubled = [
        finding(
            "zdublowany-klucz", source, "", f"{v}: wartość w kilku plikach źródła", unit=u, year=y
        )
        for (v, u, y), group in groups.items()
        if len(group) > 1
    ]
    return [group[0] for group in groups.values() if len(group) == 1], doubled


def _write_findings(out: Path, reports: Sequence[SourceReport]) -> None:
    """Findings of the sources just read, and of the others as they were."""
    path = out / FINDINGS
    read = {report.id for report in reports}
    old = read_findings(path.read_bytes()) if path.is_file() else []
    kept = [f for f in old if f.source not in read]
    new = [f for report in reports for f in report.findings]
    write_whole(path, write_findings([*kept, *new]), durable=True)

"""From official files to the tidy tables of the project: snapshot, read, land, write."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from smup.catalogue import Catalogue, Source
from smup.catalogue.errors import nearest
from smup.catalogue.statuses import load_statuses
from smup.ingest import figures
from smup.ingest.checking import rule_findings
from smup.ingest.figures import Context, Extract, Notes
from smup.ingest.keys import Units
from smup.ingest.landing import land
from smup.ingest.mapping import (
    FileMapping,
    MappingError,
    check_variables,
    flags_named,
    parse_source,
    status_named,
)
from smup.ingest.numbers import Sign, Signs, signs_of
from smup.ingest.table import SourceError, read_table, unpacked
from smup.panel import STATUS_NAMES, Status
from smup.quality import Finding, finding, write_findings
from smup.quality.findings import read_findings
from smup.store.snapshots import SnapshotInfo, Snapshots
from smup.store.tidy import Fact, read_tables, replace_file, write_table
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
    snapshots: Snapshots


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
    conventions = _conventions(out.parent / "catalogue")
    mappings = _mappings(sources, catalogue, conventions)
    units = Units(territory, load_parts(out.parent / "territory"))
    around = Surroundings(units, conventions, Snapshots(snapshots))
    reports = []
    for done, (source, files) in enumerate(mappings.items()):
        if progress:
            progress("źródła", done, len(mappings))
        reports.append(ingest_source(catalogue.sources[source], files, data, out, around))
    _write_findings(out, reports, territory, catalogue)
    if progress:
        progress("źródła", len(mappings), len(mappings))
    return reports


def _mappings(
    sources: Sequence[str] | None, catalogue: Catalogue, conventions: Mapping[str, Signs]
) -> dict[str, tuple[FileMapping, ...]]:
    known = [s.id for s in catalogue.sources.values() if s.files]
    for source in sources or ():
        if source not in known:
            hint = nearest(source, known)
            raise UnknownSource(f"Nie ma źródła „{source}” z opisanymi plikami{hint}.")
    mappings = {}
    for name in sources or sorted(known):
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
    source: Source, files: Sequence[FileMapping], data: Path, out: Path, around: Surroundings
) -> SourceReport:
    """Read the files of one source and replace its table, unless one of them cannot be read."""
    facts: list[Fact] = []
    findings: list[Finding] = []
    meta = [
        ("source", source.id),
        ("publisher", source.publisher),
        ("title", source.title.pl),
        ("licence", source.licence),
    ]
    rows, broken = 0, False
    for mapping in files:
        notes = Notes(source.id, mapping.path)
        try:
            content = _content(data / mapping.path, mapping)
            meta += _file_meta(
                mapping, content, around.snapshots.keep(content, _info(source, mapping))
            )
            count, landed = _read_file(mapping, content, notes, around)
            rows += count
            facts += landed
        except SourceError as error:
            broken = True
            findings.append(finding(error.code, source.id, mapping.path, str(error)))
        findings += notes.findings()
    facts, doubled = _unique(facts, source.id)
    findings += doubled
    if not broken:
        write_table(out / f"{source.id}.csv", meta, facts)
    landed_values = 0 if broken else sum(fact.value is not None for fact in facts)
    return SourceReport(source.id, rows, landed_values, tuple(findings))


def _content(path: Path, mapping: FileMapping) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            "brak-pliku", f"{mapping.path}: nie da się otworzyć ({error.strerror})."
        ) from error


def _info(source: Source, mapping: FileMapping) -> SnapshotInfo:
    return SnapshotInfo(
        mapping.path, source.publisher, source.licence, mapping.retrieved.isoformat()
    )


def _file_meta(mapping: FileMapping, content: bytes, digest: str) -> list[tuple[str, str]]:
    inside = hashlib.sha256(unpacked(mapping.path, content)).hexdigest()
    return [
        ("file", mapping.path),
        ("sha256", digest),
        ("sha256_inside", inside),
        ("dated", mapping.dated),
        ("retrieved", mapping.retrieved.isoformat()),
    ]


def _read_file(
    mapping: FileMapping, content: bytes, notes: Notes, around: Surroundings
) -> tuple[int, list[Fact]]:
    table = read_table(mapping, content)
    signs = signs_of(mapping, around.conventions)
    context = Context(mapping, around.units, signs, notes)
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


def _write_findings(
    out: Path, reports: Sequence[SourceReport], territory: Territory, catalogue: Catalogue
) -> None:
    """Findings of the sources just read, of the others as they were, and of the rules over all."""
    path = out / FINDINGS
    read = {report.id for report in reports}
    old = read_findings(path.read_bytes()) if path.is_file() else []
    kept = [f for f in old if f.source not in read and not f.file.startswith("data/")]
    new = [f for report in reports for f in report.findings]
    ruled = rule_findings(read_tables(out), territory, catalogue)
    replace_file(path, write_findings([*kept, *new, *ruled]))

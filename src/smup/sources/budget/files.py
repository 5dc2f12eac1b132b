"""Files handed in by an operator, as the Ministry publishes them for a whole year."""

from pathlib import Path

from smup.ingest.refusing import SourceError
from smup.quality import Finding, finding
from smup.sources.budget.forms import reports
from smup.sources.budget.held import Part
from smup.sources.budget.making import Workshop, refused
from smup.sources.budget.package import YearOf, read_package
from smup.sources.budget.slices import PROVIDER
from smup.sources.provider import Desk, Outcome
from smup.store.snapshots import SnapshotInfo


def read_file(desk: Desk, path: Path) -> Outcome:
    """Tables of every report and year in the file; nobody is asked.

    The year then counts as held: the service is not asked for that report and year again. A file
    that cannot be read, or tells of fewer units than the table that stands, changes nothing.
    """
    shop = Workshop(desk)
    try:
        content = path.read_bytes()
        package = read_package(content, path.name)
    except OSError as error:
        reason = f"{path.name}: nie da się otworzyć ({error.strerror})."
        return _outcome((), [finding("brak-pliku", PROVIDER, path.name, reason)])
    except SourceError as error:
        return _outcome((), [finding(error.code, PROVIDER, path.name, str(error))])
    settings = desk.fetcher.providers[PROVIDER].settings
    info = SnapshotInfo(path.name, settings.publisher, settings.licence, desk.today.isoformat())
    digest = shop.snapshots.keep(content, info, packed=True)
    part = Part(path.name, digest, shop.snapshots.info(digest).retrieved)
    tables: list[str] = []
    findings: list[Finding] = []
    for each in _in_order(package):
        try:
            made = shop.make(each.raw, each.year, [part], since="")
        except SourceError as error:
            made = refused(each.raw.report, each.raw.place, error, each.year)
        tables += [made.table] if made.table else []
        findings += made.findings
    return _outcome(tuple(tables), findings)


def _in_order(package: list[YearOf]) -> list[YearOf]:
    """Totals first: the other reports are checked against them."""
    order = list(reports())
    return sorted(package, key=lambda each: (each.year, order.index(each.raw.report.id)))


def _outcome(tables: tuple[str, ...], findings: list[Finding]) -> Outcome:
    return Outcome(PROVIDER, 0, tables, tuple(findings))

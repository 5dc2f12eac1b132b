"""Which files a release offers whole, under ``/files/<release>/``.

Some stand in the release (``public/``), the others are derived from it once, on request or by
``smup release bulk``. Names never change their meaning: ``latest`` gives the same name of the
newest release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smup.store.bulk import BulkFolder, Made
from smup.store.files import sha256
from smup.store.layout import PUBLIC
from smup.store.release import Release
from smup.territory import Level

SQLITE = "smup.sqlite"
ARCHIVE = "smup-csv.zip"
CHECKSUMS = "SHA256SUMS"
PACKAGE = "datapackage.json"
METADATA = "-metadata.json"  # CSVW looks for it under the name of the table with this at its end

# Tables that stand in the release, in the order people look for them.
TABLES = ("values", "variable_values", "indicators", "variables", "units", "groups", "findings")
LONG = ("values", "variable_values")


@dataclass(frozen=True)
class BulkFile:
    """One file: ``kind`` is its format, ``scope`` the area, indicator or level it is of ("" for
    the whole release), ``heavy`` whether making it takes longer than a reader waits."""

    path: str
    kind: str
    scope: str = ""
    heavy: bool = False


def listing(release: Release) -> tuple[BulkFile, ...]:
    """Every file that this release can give, built in or derived."""
    return (*built_in(release), *whole(), *by_area(release), *by_indicator(release), *maps())


def built_in(release: Release) -> tuple[BulkFile, ...]:
    """What the build wrote, and the description of each table beside it."""
    tables = [BulkFile(f"{name}.csv", "csv") for name in TABLES]
    long = [BulkFile(f"{name}.parquet", "parquet") for name in LONG]
    there = [one for one in (*tables, *long) if (release.folder / PUBLIC / one.path).is_file()]
    described = [described_by(one) for one in there if one.kind == "csv"]
    return (*there, *described, BulkFile(PACKAGE, "datapackage"))


def whole() -> tuple[BulkFile, ...]:
    """The whole release in one file."""
    return BulkFile(SQLITE, "sqlite", heavy=True), BulkFile(ARCHIVE, "zip", heavy=True)


def by_area(release: Release) -> tuple[BulkFile, ...]:
    """The values of one area after another."""
    found: list[BulkFile] = []
    for area in areas(release):
        table = BulkFile(f"csv/{area}.csv", "csv", area, heavy=True)
        found += [
            table,
            described_by(table),
            BulkFile(f"parquet/area={area}/values.parquet", "parquet", area, heavy=True),
            BulkFile(f"xlsx/{area}.xlsx", "xlsx", area, heavy=True),
        ]
    return tuple(found)


def by_indicator(release: Release) -> tuple[BulkFile, ...]:
    return tuple(
        BulkFile(f"json-stat/{item}.json", "json-stat", item) for item in release.indicators.items
    )


def maps() -> tuple[BulkFile, ...]:
    """Outlines of units; only where this machine has borders."""
    return tuple(
        BulkFile(f"topojson/{level.value}.topojson", "topojson", level.value) for level in Level
    )


def described_by(table: BulkFile) -> BulkFile:
    return BulkFile(table.path + METADATA, "csvw", table.scope)


def areas(release: Release) -> dict[str, list[str]]:
    """Indicators that have data, by their area, both in the order of the catalogue."""
    known = release.catalogue.indicators
    found: dict[str, list[str]] = {area: [] for area in release.catalogue.areas}
    for item in release.indicators.items:
        found[known[item].area].append(item)
    return {area: items for area, items in found.items() if items}


def built(release: Release) -> Mapping[str, Made]:
    """Size and sha256 of the files the release itself holds, as its manifest states them."""
    files = release.manifest["files"]
    found = {
        one.path: Made(str(stated["sha256"]), int(stated["bytes"]))
        for one in built_in(release)
        if (stated := files.get(f"{PUBLIC}/{one.path}")) is not None
    }
    package = release.folder / PUBLIC / PACKAGE  # carries the id: the manifest knows its template
    return found | {PACKAGE: Made(sha256(package), package.stat().st_size)}


def known(release: Release, home: Path) -> Mapping[str, Made]:
    """Size and sha256 of every file of the listing that is there now."""
    made = BulkFolder(home, release.id).all_made()
    return {**built(release), **made}


def checksums(release: Release, home: Path) -> bytes:
    """The lines ``sha256sum --check`` reads, for every file that is there now."""
    found = known(release, home)
    return "".join(f"{found[name].sha256}  {name}\n" for name in sorted(found)).encode()

"""One derived file after another: the maker of each kind."""

import shutil
from collections.abc import Callable
from pathlib import Path

from smup.formats import jsonstat
from smup.formats.bulk.archive import write_archive
from smup.formats.bulk.database import write_sqlite
from smup.formats.bulk.listing import METADATA, PACKAGE, BulkFile, areas, listing
from smup.formats.bulk.tables import describe, write_area_csv, write_area_parquet
from smup.formats.bulk.workbook import write_area_workbook
from smup.formats.extract import Extract
from smup.store.bulk import BulkFolder, Made
from smup.store.layout import PUBLIC, as_json, read_json
from smup.store.release import Release

GEOMETRY = "geometry"
STAGE = "pliki zbiorcze"
Progress = Callable[[str, int, int], None]


def can_make(release: Release, home: Path, one: BulkFile) -> bool:
    """Is there what it is made of? Outlines come from elsewhere than the release."""
    if one.kind == "topojson":
        return (home / GEOMETRY / f"{one.scope}.topojson").is_file()
    return True


def derived(release: Release, home: Path) -> tuple[BulkFile, ...]:
    """Files of the listing that do not stand in the release and can be made here."""
    public = release.folder / PUBLIC
    return tuple(
        one
        for one in listing(release)
        if not (public / one.path).is_file() and can_make(release, home, one)
    )


def make(release: Release, home: Path, one: BulkFile) -> Made:
    """The file, made unless it is there; ``home`` is the store of ``release``."""
    return BulkFolder(home, release.id).make(
        one.path, lambda path: _write(release, home, one, path)
    )


def make_all(
    release: Release, home: Path, progress: Progress, only: str | None = None
) -> dict[str, Made]:
    """Every derived file, or the one of the path ``only``; what is there stays as it is.

    Alone in the store, after whoever makes files there now. Raises ValueError for an unknown path.
    """
    chosen = [one for one in derived(release, home) if only in (None, one.path)]
    if not chosen:
        raise ValueError(f"Wydanie {release.id} nie daje pliku „{only}”.")
    made = {}
    with BulkFolder(home, release.id).alone(wait=True):
        for done, one in enumerate(chosen, start=1):
            made[one.path] = make(release, home, one)
            progress(STAGE, done, len(chosen))
    return made


def _write(release: Release, home: Path, one: BulkFile, path: Path) -> None:
    public, items = release.folder / PUBLIC, areas(release).get(one.scope, [])
    if one.kind == "sqlite":
        write_sqlite(public, release.id, release.synthetic, path)
    elif one.kind == "zip":
        write_archive(public, path)
    elif one.kind == "csvw":
        table = one.path.removesuffix(METADATA)
        path.write_bytes(as_json(describe(read_json(public / PACKAGE), table, one.scope)))
    elif one.kind == "csv":
        write_area_csv(public, items, path)
    elif one.kind == "parquet":
        write_area_parquet(public, items, path)
    elif one.kind == "xlsx":
        write_area_workbook(release, one.scope, items, path)
    elif one.kind == "json-stat":
        path.write_bytes(jsonstat.encode(Extract.of(release, [one.scope])))
    elif one.kind == "topojson":
        shutil.copyfile(home / GEOMETRY / f"{one.scope}.topojson", path)
    else:
        raise ValueError(f"nothing makes files of the kind {one.kind}")

"""All CSV of a release in one ZIP, with both descriptions of their columns."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from smup.formats import csvw
from smup.formats.bulk.listing import PACKAGE
from smup.store.layout import as_json, read_json

DESCRIBED = "csv-metadata.json"  # the name CSVW gives to what describes a whole folder
LEVEL = 6
_MODE = 0o644 << 16


def write_archive(public: Path, path: Path) -> None:
    """Pack the tables that ``public/datapackage.json`` lists; the same files, the same bytes."""
    package = read_json(public / PACKAGE)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, text in _descriptions(package).items():
            archive.writestr(_entry(name), text, ZIP_DEFLATED, LEVEL)
        for one in package["resources"]:
            entry = _entry(one["path"])
            entry.file_size = (public / one["path"]).stat().st_size  # says if it needs ZIP64
            with (public / one["path"]).open("rb") as read, archive.open(entry, "w") as write:
                shutil.copyfileobj(read, write, 1 << 20)


def _descriptions(package: Mapping[str, Any]) -> dict[str, bytes]:
    """Parquet stays outside, so the package inside does not name it."""
    inside = {key: value for key, value in package.items() if key != "parquet"}
    return {PACKAGE: as_json(inside), DESCRIBED: as_json(csvw.tables(package))}


def _entry(name: str) -> ZipInfo:
    """Dated alike in every archive: nothing of the clock is in the bytes."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _MODE
    return entry

"""Editions of ``territory/`` in the store, each a folder named by its day: those that wait, and
those that were in force before.

Putting one into force keeps the folder it replaces under its own day, so that putting that one into
force again undoes it.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from smup.ingest import boundaries, editions, next_edition
from smup.ingest.edition_checks import edition_problems
from smup.ingest.edition_report import EditionReport
from smup.ingest.next_edition import Outlines, Progress
from smup.store.files import DRAFT, Locked, locked, sync_tree
from smup.store.snapshots import SnapshotInfo, Snapshots
from smup.territory import TerritoryError, load_territory
from smup.territory.numbers import NUMBERS

REPORT = "report.json"
OUTLINES = "outlines.geojson.gz"  # those an edition was made of, for the next one to compare
_PUBLISHER = "Główny Urząd Statystyczny"
_LICENCE = "ponowne wykorzystywanie informacji publicznej z podaniem źródła (GUS)"


@dataclass(frozen=True, slots=True)
class Activation:
    """What putting an edition into force changes: its files, and where the former ones are kept."""

    before: date
    now: date
    files: tuple[str, ...]
    kept: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "before": self.before.isoformat(),
            "now": self.now.isoformat(),
            "files": list(self.files),
            "kept": self.kept,
        }


class EditionStore:
    """``active`` is the folder in force; ``home``/territory holds the others."""

    def __init__(self, active: Path, home: Path) -> None:
        self.active, self.home, self.folder = active, home, home / "territory"

    def held(self) -> list[date]:
        """Days of the editions kept in the store, oldest first."""
        if not self.folder.is_dir():
            return []
        names = (path.name for path in self.folder.iterdir() if path.is_dir())
        return sorted(date.fromisoformat(name) for name in names if not name.startswith("."))

    def waiting(self) -> list[date]:
        """Days of the editions newer than the one in force."""
        active = editions.newest_day(self.active)
        return [day for day in self.held() if day > active]

    def report(self, day: date) -> dict[str, Any]:
        """What an edition was said to change when it was prepared; {} for a former one."""
        path = self.folder / day.isoformat() / REPORT
        return dict(orjson.loads(path.read_bytes())) if path.is_file() else {}

    def outlines(self, folder: Path, official: Path | None) -> Outlines:
        """The outlines in ``folder`` beside those the active edition was made of: kept with it, or
        in the folder of official files. Raises BoundaryError."""
        newer, path = boundaries.read(folder), boundaries.find(folder)
        assert path is not None  # it was read
        name = editions.boundary_file(self.active)
        kept = self.folder / editions.newest_day(self.active).isoformat() / OUTLINES
        places = (kept, *([official / name] if official else []))
        found = next((place for place in places if place.is_file()), None)
        return Outlines(path, newer, boundaries.read_file(found, name) if found else None)

    def prepare(
        self,
        name: str,
        register: bytes,
        outlines: Outlines | None = None,
        progress: Progress | None = None,
        *,
        dry_run: bool = False,
    ) -> EditionReport:
        """Make the edition that follows the active one from the bytes of a TERC file.

        The folder appears whole, in place of an earlier one of that day. Raises TercError for a
        register that cannot follow; nothing is written then.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=DRAFT) as draft:
            out = Path(draft) / "edition"
            out.mkdir()
            report = next_edition.prepare(self.active, name, register, out, outlines, progress)
            if not dry_run:
                today = date.today().isoformat()
                info = SnapshotInfo(Path(name).name, _PUBLISHER, _LICENCE, today)
                Snapshots(self.home / "snapshots").keep(register, info, packed=True)
                options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
                (out / REPORT).write_bytes(orjson.dumps(report.as_dict(), option=options))
                if outlines:
                    shutil.copyfile(outlines.path, out / OUTLINES)
                sync_tree(out)
                _put(out, self.folder / report.day.isoformat(), Path(draft) / "former")
        return report

    def problems(self, day: date) -> list[str]:
        """Why the edition of the day cannot be put into force; Polish sentences."""
        folder = self.folder / day.isoformat()
        if not folder.is_dir():
            held = ", ".join(map(str, self.held())) or "żadne"
            return [f"Nie ma przygotowanego wydania {day}; są: {held}."]
        base = self.report(day).get("base")
        if base and base != editions.digest_of(self.active):
            return [
                f"Wydanie {day} przygotowano z innych plików territory/ niż dzisiejsze; "
                "przygotuj je na nowo: smup territory next."
            ]
        returns = day < editions.newest_day(self.active)
        return edition_problems(folder, None if returns else load_territory(self.active))

    def activate(self, day: date, *, dry_run: bool = False) -> Activation:
        """Put the edition of the day into force, whole; the one in force is kept in the store.

        Raises TerritoryError naming every reason why not, and then changes nothing.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with locked(self.folder / ".lock", wait=False):
                self.recover()
                problems = self.problems(day)
                if problems:
                    raise TerritoryError(" ".join(problems[:10]))
                return self._switch(day, dry_run)
        except Locked as error:
            raise TerritoryError("Wydanie jednostek zmienia właśnie inny proces.") from error

    def _switch(self, day: date, dry_run: bool) -> Activation:
        before = editions.newest_day(self.active)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=DRAFT) as draft:
            edition = Path(draft) / "edition"
            shutil.copytree(self.folder / day.isoformat(), edition, ignore=_all_but_tables)
            _keep_numbers(self.active, edition)
            changed = tuple(
                name for name in _tables(edition) if _differ(name, self.active, edition)
            )
            kept = self.folder / before.isoformat()
            if not dry_run:
                self._keep(kept, Path(draft))
                self._swap(edition)
        return Activation(before, day, changed, str(kept))

    def _keep(self, kept: Path, draft: Path) -> None:
        """The files in force, under their own day in the store."""
        copy = draft / "kept"
        shutil.copytree(self.active, copy)
        for beside in (REPORT, OUTLINES):
            if (kept / beside).is_file():
                shutil.copyfile(kept / beside, copy / beside)
        sync_tree(copy)
        _put(copy, kept, draft / "former")

    def _swap(self, edition: Path) -> None:
        """Two renames; what a kill between them leaves is mended by ``recover``."""
        fresh, former = self._beside("new"), self._beside("former")
        shutil.copytree(edition, fresh)
        sync_tree(fresh)
        self.active.rename(former)
        fresh.rename(self.active)
        shutil.rmtree(former)

    def recover(self) -> None:
        """Mend what a killed activation left: the former folder returns, or what is left goes."""
        former = self._beside("former")
        if former.is_dir() and not self.active.is_dir():
            former.rename(self.active)
        for left in (former, self._beside("new")):
            shutil.rmtree(left, ignore_errors=True)

    def _beside(self, what: str) -> Path:
        return self.active.with_name(f".{self.active.name}-{what}")


def _put(folder: Path, place: Path, former: Path) -> None:
    """Move a whole folder to its place; what stood there goes to ``former``."""
    if place.is_dir():
        place.rename(former)
    os.replace(folder, place)


def _keep_numbers(active: Path, edition: Path) -> None:
    """Numbers once given stay given, also when an older edition returns."""
    given, there = active / NUMBERS, edition / NUMBERS
    if given.is_file() and (not there.is_file() or there.stat().st_size < given.stat().st_size):
        shutil.copyfile(given, there)


def _tables(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.csv"))


def _differ(name: str, one: Path, two: Path) -> bool:
    return not (one / name).is_file() or (one / name).read_bytes() != (two / name).read_bytes()


def _all_but_tables(_: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".csv")]

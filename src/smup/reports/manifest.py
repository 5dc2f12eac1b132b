"""What a folder of reports holds: ``manifest.csv``, a line for every file that was asked for.

While a batch runs its lines are added one by one, so that nothing written is lost when it is
killed; at the end they stand in the order of file names and are the same whatever happened on the
way.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from smup.store.files import sha256, write_whole

NAME = "manifest.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One file, or why there is none: then ``sha256`` is empty and ``problem`` says it.

    ``made_from`` names the definition, the template, and what it was made with. ``pages`` are None
    where a form has none.
    """

    file: str
    unit: str
    form: str
    release: str
    made_from: str
    size: int = 0
    sha256: str = ""
    pages: int | None = None
    problem: str = ""


_HEAD = [field.name for field in fields(Row)]


class Manifest:
    """The manifest of ``folder``, which is made when the first row is added."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / NAME
        self.rows = {row.file: row for row in _read(self.path)}

    def has(self, row: Row) -> bool:
        """Is the file of ``row`` there, whole, and made from the same?"""
        known = self.rows.get(row.file)
        if known is None or known.problem:
            return False
        if (known.release, known.made_from) != (row.release, row.made_from):
            return False
        path = self.folder / row.file
        return path.is_file() and known.size == path.stat().st_size and known.sha256 == sha256(path)

    def add(self, rows: Iterable[Row]) -> None:
        """Note rows, on disk before this returns; a later row of a file is the one that counts."""
        fresh = list(rows)
        self.rows.update((row.file, row) for row in fresh)
        if not self.path.is_file():
            write_whole(self.path, _text([]))
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(_lines(fresh))

    def finish(self) -> None:
        """The lines in the order of file names, each file once."""
        write_whole(self.path, _text([self.rows[name] for name in sorted(self.rows)]))


def _read(path: Path) -> list[Row]:
    """The rows of a manifest; a last line that a killed process began is not one."""
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    return [row for line in csv.DictReader(io.StringIO(whole)) if (row := _row(line)) is not None]


def _row(line: dict[str, str | None]) -> Row | None:
    told = {name: line.get(name) or "" for name in _HEAD}
    try:
        size, pages = int(told["size"]), int(told["pages"]) if told["pages"] else None
    except ValueError:
        return None
    words = {name: told[name] for name in _HEAD if name not in ("size", "pages")}
    return Row(**words, size=size, pages=pages)


def _text(rows: Iterable[Row]) -> bytes:
    return (",".join(_HEAD) + "\n" + _lines(rows)).encode()


def _lines(rows: Iterable[Row]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(astuple(row) for row in rows)
    return text.getvalue()

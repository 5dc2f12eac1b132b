"""Delimited text into rows, a line at a time, and no wider than any table of figures is."""

import csv
import io
from collections.abc import Iterator

from smup.ingest.apart import MOST_CELLS, MOST_COLUMNS
from smup.ingest.mapping import Encoding
from smup.ingest.refusing import unreadable

MOST_TEXT = 200_000_000  # bytes read cell by cell; larger tables are read as ``layout: long``
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(path: str, content: bytes, encoding: Encoding) -> str:
    """The text. Raises SourceError naming the line with the first byte of another encoding."""
    if encoding != "utf-16" and content.startswith(_UTF_16):
        raise unreadable(path, "plik jest w UTF-16; podaj to w mapowaniu (encoding: utf-16)")
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise unreadable(
            f"{path}, wiersz {line}",
            f"bajt spoza kodowania {encoding}; zapisz plik w UTF-8 albo podaj jego kodowanie "
            "w mapowaniu (encoding)",
        ) from error


def text_rows(
    path: str, content: bytes, encoding: Encoding, separator: str
) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line at which each begins. Raises SourceError."""
    if len(content) > MOST_TEXT:
        most = MOST_TEXT // 1_000_000
        raise unreadable(path, f"plik ma ponad {most} MB; taki czytamy tylko jako layout: long")
    lines = _Lines(path, decoded(path, content, encoding))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start, cells = 1, 0
    try:
        for row in reader:
            cells += len(row)
            if cells > MOST_CELLS:
                raise unreadable(path, f"tabela ma ponad {MOST_CELLS} komórek")
            yield start, row
            # A quoted cell may span lines: the row begins at its first.
            start = reader.line_num + 1
            lines.read = 0
    except csv.Error as error:
        raise unreadable(f"{path}, wiersz {start}", f"błędny zapis CSV ({error})") from error


class _Lines:
    """Lines of a text; ``read`` is how many signs the row that is being read has taken so far."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._lines = path, io.StringIO(text, newline="")
        self.read = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.read += len(line)
        if self.read > MOST_COLUMNS * 64:
            raise unreadable(
                self._path, f"wiersz ma ponad {MOST_COLUMNS * 64} znaków; to nie jest tabela"
            )
        return line

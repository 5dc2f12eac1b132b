"""Eurostat's table of local administrative units (LAU) to a table of groups by DEGURBA.

A Polish LAU code is "10" and the first eleven digits of the unit's id in the Local Data Bank:
województwo stands in its digits 5-6, powiat and gmina in digits 10-13.
"""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from smup.territory import Territory

FILE = Path("teryt") / "lau_2018_covid19poland.csv.gz"  # in the folder of official files
TABLE = Path("groups") / "tables" / "degurba.csv"  # in the catalogue
_CLASSES = ("1", "2", "3")


class LauError(ValueError):
    """A file that is no such table: in one Polish sentence with the place."""


def degurba_table(path: Path, territory: Territory) -> str:
    """The text of ``TABLE``: unit and group of every gmina of the file, by code.

    Raises LauError for a file without the columns needed, a code that is no Polish unit's, a
    class other than 1, 2, 3, and a unit that stands in two classes.
    """
    content = path.read_bytes()
    found: dict[str, str] = {}
    for line, code, degree in _rows(content, path):
        unit = territory.get(code[4:6] + code[9:13]) if len(code) == 13 else None
        if unit is None or degree not in _CLASSES:
            raise LauError(f"{path.name}, wiersz {line}: kod {code} albo klasa {degree}")
        group = f"degurba-{degree}"
        if found.setdefault(unit.code, group) != group:
            raise LauError(f"{path.name}, wiersz {line}: {unit.code} ma dwie klasy")
    digest = hashlib.sha256(content).hexdigest()
    head = (
        "# Stopień urbanizacji DEGURBA według tabeli LAU Eurostatu za 2018 rok.\n"
        f"# Z pliku {path.name} (kopia tabeli z pakietu covid19poland, licencja MIT),\n"
        f"# sha256 {digest}.\n"
        "unit,group\n"
    )
    return head + "".join(f"{unit},{group}\n" for unit, group in sorted(found.items()))


def _rows(content: bytes, path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, LAU code and degree of urbanisation."""
    reader = csv.DictReader(io.StringIO(gzip.decompress(content).decode("utf-8")))
    if not {"LAU CODE", "DEGURBA"} <= set(reader.fieldnames or ()):
        raise LauError(f"{path.name}: brak kolumny „LAU CODE” albo „DEGURBA”")
    for row in reader:
        yield reader.line_num, row["LAU CODE"], row["DEGURBA"]

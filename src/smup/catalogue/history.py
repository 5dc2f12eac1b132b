"""Versions of definitions: what was once published under an id keeps that id and its past.

``history.csv`` holds one row for every version of every indicator that was ever shown. The check
compares the definition as it is now with the newest row; ``smup catalogue record`` adds rows.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date

from smup.catalogue.base import Place
from smup.catalogue.document import line_of
from smup.catalogue.errors import CatalogueError
from smup.catalogue.models import Catalogue, Indicator, Recorded
from smup.catalogue.tables import HISTORY, HISTORY_COLUMNS

# What decides the figure and how it may be read. Texts may be mended without a new version.
MEANING = (
    "name",
    "unit",
    "decimals",
    "better",
    "target",
    "scope",
    "cities",
    "kinds",
    "formula",
    "against",
    "aggregate",
    "change",
    "comparable_over_time",
    "interval",
)


def meaning(indicator: Indicator) -> str:
    """12 hex digits over the keys that decide what the figure is."""
    keys = indicator.model_dump(mode="json", include=set(MEANING))
    text = json.dumps(keys, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def newest(history: Sequence[Recorded]) -> dict[str, Recorded]:
    """The last recorded version of every id."""
    return {row.indicator: row for row in history}


def check_history(catalogue: Catalogue) -> list[CatalogueError]:
    """Every definition that differs from what was recorded, and every id that was dropped."""
    return sorted(
        [*_rows_sound(catalogue), *_definitions_recorded(catalogue), *_ids_kept(catalogue)]
    )


def unrecorded(catalogue: Catalogue, today: date) -> list[Recorded]:
    """The rows that the history lacks for the definitions as they are now.

    A renamed indicator keeps the number of its former id; a new one gets the next that was never
    given. Drafts are not recorded.
    """
    last = newest(catalogue.history)
    number = max((row.number for row in catalogue.history), default=0)
    rows = []
    for one in sorted(catalogue.indicators.values(), key=lambda i: i.id):
        known = last.get(one.id)
        if one.status == "draft" or (known is not None and _same(one, known)):
            continue
        former = known or next((last[old] for old in one.renamed_from if old in last), None)
        if former is None:
            number += 1
        rows.append(
            Recorded(
                number=number if former is None else former.number,
                indicator=one.id,
                version=one.version,
                status=one.status,
                meaning=meaning(one),
                recorded=today,
                change=one.change_note.pl if one.change_note else "pierwsza wersja",
            )
        )
    return rows


def history_text(rows: Sequence[Recorded]) -> str:
    """The rows as lines of history.csv, without the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        cells = row.model_dump(mode="json")
        writer.writerow([cells[column] for column in HISTORY_COLUMNS])
    return out.getvalue()


def header() -> str:
    return ",".join(HISTORY_COLUMNS) + "\n"


def _same(one: Indicator, row: Recorded) -> bool:
    return (row.version, row.status, row.meaning) == (one.version, one.status, meaning(one))


def _rows_sound(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """A number belongs to one indicator (or to its former ids), versions go up one by one."""
    former = catalogue.renamed
    owners: dict[int, str] = {}
    versions: dict[str, int] = {}
    for line, row in enumerate(catalogue.history, 2):
        today = former.get(row.indicator, row.indicator)
        if owners.setdefault(row.number, today) != today:
            message = (
                f"numer {row.number} ma już wskaźnik „{owners[row.number]}”; "
                "numerów nie nadaje się ponownie"
            )
            yield CatalogueError(f"catalogue/{HISTORY}", line, row.indicator, message)
        if row.version < versions.get(row.indicator, 1):
            message = (
                f"wersja {row.version} stoi po wersji {versions[row.indicator]}; "
                "wierszy się nie przestawia"
            )
            yield CatalogueError(f"catalogue/{HISTORY}", line, row.indicator, message)
        versions[row.indicator] = row.version


def _definitions_recorded(catalogue: Catalogue) -> Iterator[CatalogueError]:
    last = newest(catalogue.history)
    for one in catalogue.indicators.values():
        row = last.get(one.id)
        if row is None:
            if one.status != "draft":
                message = "tej definicji nie ma w history.csv; zapisz ją: smup catalogue record"
                yield _fault(catalogue, one.id, "", message)
            continue
        if one.status != row.status and one.status not in catalogue.lifecycle[row.status].next:
            message = (
                f"status „{one.status}” nie może nastąpić po „{row.status}” "
                f"(dozwolone: {', '.join(catalogue.lifecycle[row.status].next) or 'żaden'})"
            )
            yield _fault(catalogue, one.id, "status", message)
        elif meaning(one) != row.meaning and one.version <= row.version:
            message = (
                f"znaczenie różni się od zapisanej wersji {row.version}; podnieś „version” do "
                f"{row.version + 1}, opisz zmianę w „change_note” i zapisz: smup catalogue record"
            )
            yield _fault(catalogue, one.id, "version", message)
        elif not _same(one, row):
            message = "zmiany nie ma w history.csv; zapisz ją: smup catalogue record"
            yield _fault(catalogue, one.id, "version", message)


def _ids_kept(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """An id that was once shown stays, or is named as the former id of another."""
    renamed = catalogue.renamed
    last = newest(catalogue.history)
    for name in last:
        if name not in catalogue.indicators and name not in renamed:
            message = (
                f"wskaźnik „{name}” był opublikowany i zniknął; przywróć plik ze statusem "
                "„archived” albo wpisz ten identyfikator w „renamed_from” następcy"
            )
            yield CatalogueError(f"catalogue/{HISTORY}", 1, name, message)
    for one in catalogue.indicators.values():
        for old in one.renamed_from:
            if old in catalogue.indicators:
                message = f"„{old}” nadal istnieje, więc nie jest dawnym identyfikatorem; usuń go"
                yield _fault(catalogue, one.id, "renamed_from", message)
            elif old not in last:
                message = f"„{old}” nigdy nie był zapisany w history.csv; usuń go"
                yield _fault(catalogue, one.id, "renamed_from", message)


def _fault(catalogue: Catalogue, one: str, key: str, message: str) -> CatalogueError:
    place = catalogue.places.get(f"indicators/{one}", Place(file="", lines={}))
    shown = f"{one}: {key}" if key else one
    return CatalogueError(place.file, line_of(place.lines, key), shown, message)

"""What the key of a table is: which columns, read how, and the place of every row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smup.ingest.figures import joined_code
from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.mapping import CodeScheme, FileMapping
from smup.ingest.table import Row, collapsed

MOST_ROWS = 3_000  # looked at to tell what a column is


@dataclass(frozen=True)
class Key:
    """``columns`` are indexes; ``placed`` says of every row of the grid whether it is of a unit."""

    columns: tuple[int, ...]
    code: CodeScheme
    places: tuple[Place | NoPlace, ...]
    name: int | None = None
    by_name: bool = False
    powiat: int | None = None
    wojewodztwo: int | None = None
    named: tuple[tuple[str, str], ...] = ()

    @property
    def placed(self) -> list[bool]:
        return [isinstance(place, Place) for place in self.places]

    @property
    def taken(self) -> set[int]:
        """Columns that are no figures."""
        others = (self.name, self.powiat, self.wojewodztwo)
        return {*self.columns, *(at for at in others if at is not None)}


def places_of(
    rows: Sequence[Row],
    columns: tuple[int, ...],
    scheme: CodeScheme,
    units: Units,
    around: tuple[int | None, int | None] = (None, None),
    named: Mapping[str, str] | None = None,
) -> Iterator[Place | NoPlace]:
    """What each row is about; rows too short for the columns are about nothing."""
    mapping = stub(scheme, named or {})
    for row in rows:
        if max(columns) >= len(row.cells):
            yield NoPlace("brak-kodu", "za krótki wiersz")
            continue
        beside = tuple(collapsed(row[at]) if at is not None else "" for at in around)
        yield units.place(mapping, joined_code(row, columns), "", (beside[0], beside[1]))


def stub(scheme: CodeScheme, named: Mapping[str, str]) -> FileMapping:
    """A mapping that says nothing but how codes are written."""
    raw: dict[str, Any] = {
        "path": "tabela.csv",
        "dated": "",
        "retrieved": "2000-01-01",
        "year": 2000,
        "unit": {"columns": [{"at": "A"}], "code": scheme, "named": dict(named)},
        "columns": [{"at": "B", "variable": "liczba"}],
    }
    return FileMapping.model_validate(raw)

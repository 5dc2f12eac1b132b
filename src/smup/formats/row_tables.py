"""The same rows as tables: CSV in any dialect, XLSX with a sheet of notes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from smup.formats import synthetic
from smup.formats.extract import Extract
from smup.formats.fields import FIELDS, Block, Told
from smup.formats.signs import SIGN_BY_CODE, SIGN_WORDS
from smup.formats.sources import publishers
from smup.formats.spreadsheet import (
    DIALECTS,
    PLAIN,
    Cell,
    Number,
    csv_chunks,
    xlsx_bytes,
)
from smup.language import Lang
from smup.panel.panel import FIRST_GAP

_WORDS: dict[Lang, dict[str, str]] = {
    "pl": {"data": "Dane", "notes": "Opis", "release": "Wydanie", "built": "Zbudowane",
           "sources": "Źródła", "gaps": "Braki", "title": "SMUP: wartości wskaźników",
           "empty": "Puste pole to brak danych, nigdy zero; powód podaje kolumna Status.",
           "codes": "W miejscu braku stoi znak umowny: {signs}.",
           "warning": "Uwaga"},
    "en": {"data": "Data", "notes": "Notes", "release": "Release", "built": "Built",
           "sources": "Sources", "gaps": "Gaps", "title": "SMUP: values of indicators",
           "empty": "An empty field is missing data, never zero; the column Status says why.",
           "codes": "In the place of a gap stands its sign: {signs}.",
           "warning": "Note"},
}  # fmt: skip


def csv_rows(
    extract: Extract,
    blocks: Iterable[Block],
    fields: Sequence[str],
    dialect: Lang | None = None,
    *,
    codes: bool = False,
) -> Iterator[bytes]:
    """CSV for programs (names of fields, no mark), or for the spreadsheet of a language.

    With ``codes`` a gap is written as its sign. Every row of invented figures says so.
    """
    head = [name if dialect is None else FIELDS[name].head(dialect) for name in fields]
    rows: Iterable[Sequence[Cell]] = table_rows(blocks, fields, codes=codes)
    if extract.synthetic:
        name, yes = (synthetic.KEY, "true") if dialect is None else synthetic.COLUMN[dialect]
        head, rows = [*head, name], ((*row, yes) for row in rows)
    return csv_chunks(head, rows, PLAIN if dialect is None else DIALECTS[dialect])


def xlsx_rows(
    extract: Extract, blocks: Iterable[Block], fields: Sequence[str], *, codes: bool = False
) -> bytes:
    """A workbook: the rows on one sheet, on another which release they are of and what is what."""
    words = _WORDS[extract.lang]
    signs = "; ".join(f"{sign} {told[extract.lang]}" for sign, told in SIGN_WORDS.items())
    notes = [
        (words["title"], ""),
        (words["release"], extract.release),
        (words["built"], extract.created.date().isoformat()),
        (words["sources"], "; ".join(publishers(extract.catalogue, extract.items))),
        (words["gaps"], words["codes"].format(signs=signs) if codes else words["empty"]),
        *([(words["warning"], synthetic.SENTENCE[extract.lang])] if extract.synthetic else []),
    ]
    return xlsx_bytes(
        [FIELDS[name].head(extract.lang) for name in fields],
        table_rows(blocks, fields, codes=codes),
        notes,
        (words["data"], words["notes"]),
        words["title"],
        extract.created,
        [_width(name) for name in fields],
    )


def table_rows(
    blocks: Iterable[Block], fields: Sequence[str], *, codes: bool = False
) -> Iterator[Sequence[Cell]]:
    """Rows of cells, block after block."""
    return chain.from_iterable(_rows(block, fields, codes) for block in blocks)


def _rows(block: Block, fields: Sequence[str], codes: bool) -> Iterator[Sequence[Cell]]:
    return zip(*(cells_of(block, name, codes=codes) for name in fields), strict=True)


def cells_of(block: Block, name: str, *, codes: bool = False) -> Sequence[Cell]:
    """One column, one cell a row."""
    field, panel, extract = FIELDS[name], block.panel, block.extract
    if field.by == "value":
        return _values(block, codes)
    if field.by == "cell":
        return [plain(one) for one in (block.more or {}).get(name, [None] * block.count)]
    if field.by == "item":
        return [plain(field.told(extract, block.item))] * block.count
    if field.by == "year":
        return block.spread([plain(field.told(extract, year)) for year in panel.years], "year")
    if field.by == "unit":
        return block.spread([plain(field.told(extract, code)) for code in panel.units], "unit")
    cells = block.cells(panel.status if field.by == "status" else panel.flags)
    table = {code: plain(field.told(extract, code)) for code in np.unique(cells).tolist()}
    return [table[code] for code in cells.tolist()]


def _values(block: Block, codes: bool) -> list[Cell]:
    places = block.extract.decimals(block.item)
    status = block.cells(block.panel.status).tolist()
    values = block.cells(block.panel.values).tolist()
    return [
        Number(value, places) if code < FIRST_GAP else SIGN_BY_CODE[code] if codes else None
        for value, code in zip(values, status, strict=True)
    ]


def plain(told: Told) -> Cell:
    """A cell of a table: lists with blanks, shares as ``020101:0.5``."""
    if isinstance(told, list):
        return " ".join(told)
    if isinstance(told, dict):
        return " ".join(f"{code}:{share}" for code, share in told.items())
    if isinstance(told, float):
        return str(told)
    return told


def _width(name: str) -> int:
    return 48 if name in ("indicator_name", "reason") else 26 if name == "unit_name" else 16

"""The program that opens files other than text: workbooks, JSON and Parquet, as plain cells.

It runs as a process of its own with little memory and time (``smup.ingest.apart`` starts it), so
that a file made to swell ends this process and nothing else. It knows nothing of the rest of the
program: a line of JSON and the bytes in, JSON out. Formulas are the values kept beside them;
nothing is calculated, fetched or run.
"""

import io
import json
import math
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zipfile import ZipFile

Line = list[str | float]


class Unreadable(Exception):
    """A finding code and the reason, in Polish, without the name of the file."""

    def __init__(self, reason: str, code: str = "nieczytelny-plik") -> None:
        self.reason, self.code = reason, code
        super().__init__(reason)


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    for what, most in ((resource.RLIMIT_AS, asked["memory"]), (resource.RLIMIT_CPU, asked["time"])):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = READERS[asked["kind"]](sys.stdin.buffer.read(), asked)
    except Unreadable as error:
        found = {"code": error.code, "reason": error.reason}
    except (MemoryError, RecursionError):
        found = {"code": "nieczytelny-plik", "reason": TOO_LARGE}
    sys.stdout.write(json.dumps(found, ensure_ascii=True, allow_nan=False))


TOO_LARGE = "po otwarciu zająłby za dużo pamięci albo jest zbyt zagnieżdżony"


def read_workbook(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    """A sheet of an XLS, XLSX or ODS file, the first where none is named."""
    from python_calamine import CalamineError, CalamineWorkbook

    refuse_definitions(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(book.sheet_names)
        name = asked["sheet"] or next(iter(names), None)
        if name not in names:
            raise Unreadable(f"nie ma arkusza „{name}”; są: {', '.join(names)}", "brak-arkusza")
        sheet = book.get_sheet_by_name(name)
        check_size(sheet.total_height, sheet.total_width, asked)
        lines = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        reason = "jest zaszyfrowany; zdejmij hasło i zapisz go ponownie"
        if "password" not in str(error).lower():
            reason = f"arkusz jest uszkodzony albo nie jest plikiem Excela ({error})"
        raise Unreadable(reason) from error
    except BaseException as error:
        # Some damage makes the Rust library panic, which is no Exception and has no public name.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(f"arkusz jest uszkodzony ({error})") from error
    merged = sheet.merged_cell_ranges or []
    return {"rows": [list(map(cell, line)) for line in lines], "merged": merged, "sheets": names}


def refuse_definitions(content: bytes) -> None:
    """Raises Unreadable for a package with a document type: no program writes one, bombs do."""
    if content[:4] != b"PK\x03\x04":
        return
    signs = [
        text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("utf8", "utf-16le")
    ]
    with ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    start = part.read(65_536)
                if any(sign in start for sign in signs):
                    raise Unreadable(
                        f"część „{entry.filename}” ma definicje, których arkusze nie mają; "
                        "zapisz arkusz ponownie w edytorze"
                    )


def check_size(rows: int, columns: int, asked: dict[str, Any]) -> None:
    """Raises Unreadable for a table larger than any of figures is."""
    if columns > asked["columns"] or rows * columns > asked["cells"]:
        raise Unreadable(
            f"tabela ma {rows} wierszy i {columns} kolumn; najwięcej może mieć "
            f"{asked['columns']} kolumn i {asked['cells']} komórek"
        )


def cell(value: object) -> str | float:
    """What stands in a cell as text or a finite number."""
    if value is None:
        return ""
    if isinstance(value, bool):  # before int: True is a 1 to Python, never to a reader
        return "PRAWDA" if value else "FAŁSZ"
    if isinstance(value, int):
        return float(value) if abs(value) < 2**53 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return str(value)


def read_json(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    """Rows from ``[{…}, …]`` or from the one list of objects an object holds."""
    try:
        data = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=no_number
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise Unreadable(f"błędny zapis JSON ({error})") from error
    rows = records(data, asked["sheet"])
    headers = list(dict.fromkeys(key for row in rows for key in row))
    check_size(len(rows), len(headers), asked)
    lines = ([cell(row.get(key)) for key in headers] for row in rows)
    return {"rows": [headers, *lines], "merged": [], "sheets": []}


def once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys are given once: JSON itself would silently keep the last."""
    listed = list(pairs)
    found = dict(listed)
    if len(found) != len(listed):
        raise ValueError("klucz podany dwa razy w jednym obiekcie")
    return found


def no_number(text: str) -> float:
    raise ValueError(f"{text} nie jest liczbą")


def records(data: object, key: str | None) -> list[dict[str, object]]:
    """The rows, with objects inside them flattened (``unit.code``)."""
    if isinstance(data, dict):
        lists = [k for k, v in data.items() if isinstance(v, list) and (key or v)]
        if key is None and len(lists) != 1:
            raise Unreadable(f"nie wiadomo, który klucz jest tabelą ({', '.join(lists) or 'brak'})")
        data = data.get(key or lists[0])
    if not isinstance(data, list) or not data or not all(isinstance(row, dict) for row in data):
        raise Unreadable(
            "to nie jest lista obiektów", "brak-arkusza" if key else "nieczytelny-plik"
        )
    return [dict(flat(row, "")) for row in data]


def flat(row: dict[str, object], before: str) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def read_parquet(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    """A table of plain columns; a NaN is an empty cell, as programs write it for one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        check_size(file.metadata.num_rows, len(file.schema_arrow), asked)
        for field in file.schema_arrow:
            if pa.types.is_nested(field.type):
                raise Unreadable(f"kolumna „{field.name}” nie jest prosta ({field.type})")
        table = file.read(use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(f"plik Parquet jest uszkodzony ({error})") from error
    columns = [[without_nan(v) for v in column.to_pylist()] for column in table.columns]
    rows = [list(map(cell, row)) for row in zip(*columns, strict=True)]
    return {"rows": [table.column_names, *rows], "merged": [], "sheets": []}


def without_nan(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


READERS: dict[str, Callable[[bytes, dict[str, Any]], dict[str, Any]]] = {
    **dict.fromkeys(("xls", "xlsx", "ods"), read_workbook),
    "json": read_json,
    "parquet": read_parquet,
}

if __name__ == "__main__":
    main()

"""The parts of the catalogue that are tables: budget classes, history, numbers, groups."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from smup.catalogue.base import Definition
from smup.catalogue.errors import CatalogueError, nearest
from smup.catalogue.methods import GroupSystem
from smup.catalogue.models import Budget, BudgetCode, Numbered, Recorded
from smup.catalogue.quality import Decision
from smup.catalogue.validation import parse

Model = TypeVar("Model", bound=Definition)
HISTORY = "history.csv"
HISTORY_COLUMNS = ("number", "indicator", "version", "status", "meaning", "recorded", "change")
NUMBERS = "numbers.csv"
NUMBERS_COLUMNS = ("kind", "id", "number")
DECISIONS = "decisions.csv"
DECISIONS_COLUMNS = ("code", "about", "unit", "year", "state", "reason", "who", "day")
_BUDGET = {"divisions": "dzialy.csv", "chapters": "rozdzialy.csv", "paragraphs": "paragrafy.csv"}


def read_history(folder: Path, errors: list[CatalogueError]) -> tuple[Recorded, ...]:
    """The recorded versions in the order of the file; () where there is no file yet."""
    rows = _rows(folder, HISTORY, HISTORY_COLUMNS, errors)
    return tuple(
        one for line, row in rows if (one := _parsed(Recorded, row, folder, HISTORY, line, errors))
    )


def read_numbers(folder: Path, errors: list[CatalogueError]) -> tuple[Numbered, ...]:
    """The numbers in the order of the file; () where there is no file yet."""
    rows = _rows(folder, NUMBERS, NUMBERS_COLUMNS, errors)
    return tuple(
        one for line, row in rows if (one := _parsed(Numbered, row, folder, NUMBERS, line, errors))
    )


def read_decisions(folder: Path, errors: list[CatalogueError]) -> tuple[Decision, ...]:
    """What was decided about findings, in the order of the file; () where there is no file yet.

    A second decision about the same finding is an error.
    """
    found: dict[tuple[object, ...], Decision] = {}
    for line, row in _rows(folder, DECISIONS, DECISIONS_COLUMNS, errors):
        one = _parsed(Decision, row, folder, DECISIONS, line, errors)
        if one is None:
            continue
        if found.setdefault((one.code, one.about, one.unit, one.year), one) is not one:
            message = "o tej uwadze jest już decyzja; zostaw jedną"
            errors.append(CatalogueError(f"{folder.name}/{DECISIONS}", line, "", message))
    return tuple(found.values())


def with_tables(
    folder: Path, systems: Mapping[str, GroupSystem], errors: list[CatalogueError]
) -> dict[str, GroupSystem]:
    """The systems with the tables groups/tables/<system>.csv (columns unit, group) in them."""
    tables = {path.stem for path in (folder / "groups" / "tables").glob("*.csv")}
    for name in sorted(tables - set(systems)):
        file = f"{folder.name}/groups/tables/{name}.csv"
        message = f"nie ma systemu grup „{name}” w group-systems.yaml{nearest(name, systems)}"
        errors.append(CatalogueError(file, 1, "", message))
    return {
        one.id: one.model_copy(update={"table": _group_table(folder, one.id, errors)})
        for one in systems.values()
    }


def _group_table(folder: Path, system: str, errors: list[CatalogueError]) -> dict[str, str]:
    name = f"groups/tables/{system}.csv"
    found: dict[str, str] = {}
    for line, row in _rows(folder, name, ("unit", "group"), errors):
        if len(row) < 2:
            message = "wiersz nie podaje jednostki albo grupy; uzupełnij go"
            errors.append(CatalogueError(f"{folder.name}/{name}", line, "", message))
        elif found.setdefault(unit := str(row["unit"]), group := str(row["group"])) != group:
            message = f"jednostka {unit} stoi w dwóch grupach; zostaw jedną"
            errors.append(CatalogueError(f"{folder.name}/{name}", line, "unit", message))
    return found


def read_budget(folder: Path, errors: list[CatalogueError]) -> Budget:
    """The budget classification; a part without a file is empty."""
    return Budget(
        **{part: _codes(folder, f"budget/{name}", errors) for part, name in _BUDGET.items()}
    )


def _codes(folder: Path, name: str, errors: list[CatalogueError]) -> tuple[BudgetCode, ...]:
    columns = ("code", "name_pl", "name_en", "valid_from", "valid_to", "kind", "note")
    found: dict[tuple[str, str | None], BudgetCode] = {}
    for line, row in _rows(folder, name, columns, errors):
        text = {"pl": row.pop("name_pl", ""), "en": row.pop("name_en", "")}
        one = _parsed(BudgetCode, {**row, "name": text}, folder, name, line, errors)
        if one is None:
            continue
        if (one.code, one.kind) in found:
            message = f"kod {one.code} stoi dwa razy; zostaw jeden wiersz albo odróżnij „kind”"
            errors.append(CatalogueError(f"{folder.name}/{name}", line, "code", message))
        found[one.code, one.kind] = one
    return tuple(found.values())


def _rows(
    folder: Path, name: str, columns: tuple[str, ...], errors: list[CatalogueError]
) -> Iterator[tuple[int, dict[str, object]]]:
    """(line, row) without empty cells; lines that begin with # are comments."""
    path = folder / name
    if not path.is_file():
        return
    lines = path.read_text("utf-8").splitlines()
    numbers = [n for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    reader = csv.reader(lines[n - 1] for n in numbers)
    header = tuple(next(reader, ()))
    if header != columns:
        message = f"nagłówek powinien brzmieć: {','.join(columns)}"
        errors.append(CatalogueError(f"{folder.name}/{name}", 1, "", message))
        return
    for line, cells in zip(numbers[1:], reader, strict=True):
        if len(cells) != len(columns):
            message = f"wiersz ma {len(cells)} kolumn zamiast {len(columns)}; popraw przecinki"
            errors.append(CatalogueError(f"{folder.name}/{name}", line, "", message))
            continue
        yield line, {key: cell for key, cell in zip(columns, cells, strict=True) if cell}


def _parsed(
    model: type[Model],
    row: dict[str, object],
    folder: Path,
    name: str,
    line: int,
    errors: list[CatalogueError],
) -> Model | None:
    file = f"{folder.name}/{name}"
    return parse(model, row, file=file, lines={"": line, **dict.fromkeys(row, line)}, errors=errors)

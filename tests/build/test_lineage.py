"""The rows that a release of the repository's own figures says its figures came from."""

import csv
import random
from pathlib import Path

import pytest

from smup.panel import STATUS_NAMES, Status, flag_names
from smup.store.releases import Release, Releases


@pytest.fixture(scope="module")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, list[list[str]]]:
    """The tables of the repository as another reader sees them: line by line."""
    found = {}
    for path in sorted((root / "data").glob("*.csv")):
        if path.name != "findings.csv":
            with path.open(encoding="utf-8", newline="") as file:
                found[path.stem] = list(csv.reader(file))
    return found


def test_every_table_is_carried_line_by_line(
    release: Release, texts: dict[str, list[list[str]]]
) -> None:
    assert release.tables is not None
    assert set(release.tables.lineage.tables) == set(texts)
    for name, rows in texts.items():
        lines = (release.folder / "public/tables" / f"{name}.csv").read_text("utf-8").splitlines()
        assert len(lines) == len(rows)
        for line, row in zip(lines, rows, strict=True):
            assert line == ",".join(row) or line.endswith(",,suppressed_small,")


def test_a_table_without_secrets_is_the_same_file(release: Release, root: Path) -> None:
    for name in ("gus-ludnosc-2024", "pkw-sejm-2023"):
        told = (release.folder / "public/tables" / f"{name}.csv").read_bytes()
        assert told == (root / "data" / f"{name}.csv").read_bytes()


def test_all_rows_are_named_once(release: Release, texts: dict[str, list[list[str]]]) -> None:
    assert release.tables is not None
    lineage = release.tables.lineage
    for number, name in enumerate(lineage.tables):
        lines = sorted(lineage.line[lineage.table == number].tolist())
        rows = texts[name]
        first = next(i for i, row in enumerate(rows) if row[0] == "variable") + 2
        assert lines == list(range(first, len(rows) + 1))


def test_the_first_row_of_a_cell_is_what_the_release_says(
    release: Release, texts: dict[str, list[list[str]]]
) -> None:
    assert release.tables is not None
    panel, rng = release.variables, random.Random(6)
    lineage, hidden = release.tables.lineage, STATUS_NAMES[Status.SUPPRESSED_SMALL]
    cells = sorted({int(lineage.cell[rng.randrange(len(lineage.cell))]) for _ in range(5000)})
    shape, told = panel.values.shape, 0
    for cell in cells:
        item, rest = divmod(cell, shape[1] * shape[2])
        year, unit = divmod(rest, shape[2])
        labels = panel.items[item], panel.years[year], panel.units[unit]
        value, status, flags = panel.cell(*labels)
        if status is Status.NOT_EXISTING:  # the source has a figure of a unit that was not there
            continue
        table, line = lineage.places(cell)[0]
        row = texts[table][line - 1]
        assert (row[0], int(row[2]), row[1]) == labels
        if STATUS_NAMES[status] == hidden:
            continue
        breaks = {"break"} if "break" in flag_names(flags) else set()
        assert (row[3] == "") == (value is None)
        assert value is None or float(row[3]) == value
        assert row[4] == STATUS_NAMES[status]
        assert set(row[5].split()) | breaks == set(flag_names(flags))
        told += 1
    assert told > 4000


def test_hidden_figures_are_blank_in_every_row(release: Release) -> None:
    assert release.tables is not None
    panel = release.variables
    hidden = (panel.status == Status.SUPPRESSED_SMALL).nonzero()
    assert len(hidden[0]) > 0
    for item, year, unit in list(zip(*(axis.tolist() for axis in hidden), strict=True))[:500]:
        labels = panel.items[item], panel.years[year], panel.units[unit]
        for row in release.tables.rows(panel, *labels):
            assert (row.value, row.status) == ("", "suppressed_small")

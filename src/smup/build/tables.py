"""The tidy tables a release is built from: those of the project and those of the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smup.catalogue import Catalogue
from smup.ingest.tables import FOLDER
from smup.quality import Finding, finding
from smup.store.tidy import TidyTable, read_table, tables_in


@dataclass(frozen=True)
class Tables:
    """Tables in order of their names, the file of each, and what is said of those left out."""

    tables: tuple[TidyTable, ...]
    paths: Mapping[str, Path]
    findings: tuple[Finding, ...]


def read_all(root: Path, home: Path, catalogue: Catalogue) -> Tables:
    """Every table in ``root``/data and in the store ``home``.

    A table of the store goes before one of the same name in ``data``: the same source, read later.
    One that the definitions do not know is left out with a finding, for anybody may import a
    table; in ``data`` it is a fault of the project and refused when the release is made of it.
    Raises TidyError.
    """
    own = {path.stem: path for path in tables_in(root / "data")}
    brought = {path.stem: path for path in tables_in(home / FOLDER)}
    tables, findings = [], []
    for name, path in sorted((own | brought).items()):
        table = read_table(path)
        objection = _objection(table, catalogue) if name in brought else ""
        if objection:
            findings.append(finding("tabela-poza-wydaniem", table.source, f"{name}.csv", objection))
        else:
            tables.append(table)
    return Tables(tuple(tables), own | brought, tuple(findings))


def _objection(table: TidyTable, catalogue: Catalogue) -> str:
    """Why a release cannot take the table; "" where it can."""
    for name in table.variable.names:
        variable = catalogue.variables.get(name)
        if variable is None:
            return f"katalog nie opisuje zmiennej {name}; dopisz ją w catalogue/variables/"
        if all(place.source != table.source for place in variable.sources):
            return f"zmienna {name} nie wymienia źródła {table.source}; dopisz je w jej sources"
    return ""

"""A whole run over made-up files: tables, findings, snapshots, and what stays on failure."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from smup.catalogue import Catalogue, Source
from smup.ingest import UnknownSource, run
from smup.ingest.mapping import MappingError
from smup.quality.findings import read_findings
from smup.store.snapshots import Snapshots
from smup.store.tidy import read_table
from smup.territory import Territory

GOOD = b"kod,liczba\n020101,5\n020102,6\n"
FILE: dict[str, Any] = {
    "path": "plik.csv",
    "dated": "2024-12-31",
    "retrieved": "2025-01-15",
    "year": 2024,
    "convention": "pkw",
    "unit": {"columns": [{"header": "kod"}], "code": "teryt6"},
    "columns": [{"header": "liczba", "variable": "ludnosc"}],
}


class Project:
    """A repository with the real definitions of units and signs, and its own two sources."""

    def __init__(self, folder: Path, root: Path, catalogue: Catalogue, territory: Territory):
        self.official, self.out = folder / "urzedowe", folder / "data"
        self.snapshots, self.territory = folder / "migawki", territory
        self.official.mkdir()
        for name in ("territory", "catalogue"):
            os.symlink(root / name, folder / name)
        self.catalogue = catalogue.model_copy(
            update={"sources": {s: self.source(s) for s in ("pierwsze", "drugie")}}
        )
        for name in ("pierwsze", "drugie"):
            (self.official / f"{name}.csv").write_bytes(GOOD)

    def source(self, name: str, **changes: Any) -> Source:
        return Source(
            id=name,
            title={"pl": "Liczba osób", "en": "Persons"},
            publisher="Urząd Próbny",
            licence="do woli",
            files=({**FILE, "path": f"{name}.csv", **changes},),
        )

    def describe(self, name: str, **changes: Any) -> None:
        self.catalogue.sources[name] = self.source(name, **changes)

    def run(self, *sources: str):
        return run(
            sources or None,
            self.official,
            self.catalogue,
            self.territory,
            self.out,
            self.snapshots,
        )

    def findings(self):
        return read_findings((self.out / "findings.csv").read_bytes())


@pytest.fixture
def project(tmp_path, root, catalogue, territory) -> Project:
    return Project(tmp_path, root, catalogue, territory)


def test_a_run_writes_a_table_with_its_origin(project):
    reports = project.run()
    assert [(r.id, r.rows, r.landed, r.findings) for r in reports] == [
        ("drugie", 2, 2, ()),
        ("pierwsze", 2, 2, ()),
    ]
    digest = hashlib.sha256(GOOD).hexdigest()
    assert (project.out / "pierwsze.csv").read_text() == (
        "# source: pierwsze\n"
        "# publisher: Urząd Próbny\n"
        "# title: Liczba osób\n"
        "# licence: do woli\n"
        "# file: pierwsze.csv\n"
        f"# sha256: {digest}\n"
        f"# sha256_inside: {digest}\n"
        "# dated: 2024-12-31\n"
        "# retrieved: 2025-01-15\n"
        "variable,unit,year,value,status,flags\n"
        "ludnosc,020101,2024,5,observed,\n"
        "ludnosc,020102,2024,6,observed,\n"
    )
    assert Snapshots(project.snapshots).read(digest) == GOOD


def test_the_same_files_give_the_same_bytes(project):
    project.run()
    before = {p.name: p.read_bytes() for p in project.out.iterdir()}
    project.run()
    assert {p.name: p.read_bytes() for p in project.out.iterdir()} == before


def test_progress_is_reported_from_nothing_to_all(project):
    seen: list[tuple[str, int, int]] = []
    run(
        None,
        project.official,
        project.catalogue,
        project.territory,
        project.out,
        project.snapshots,
        lambda *step: seen.append(step),
    )
    assert seen == [("źródła", 0, 2), ("źródła", 1, 2), ("źródła", 2, 2)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "nieczytelny-plik"),
        (b"PK\x03\x04 nie tekst", "nieczytelny-plik"),
        ("kod,liczba\nŻ,1\n".encode("cp1250"), "nieczytelny-plik"),
        (b"kod,suma\n020101,5\n", "zmieniony-naglowek"),
        (b'kod,liczba\n020101,"5\n', "nieczytelny-plik"),
        (None, "brak-pliku"),
    ],
)
def test_a_broken_file_leaves_its_old_table_and_the_other_sources_alone(project, content, code):
    project.run()
    old = (project.out / "pierwsze.csv").read_bytes()
    path = project.official / "pierwsze.csv"
    path.unlink() if content is None else path.write_bytes(content)
    (project.official / "drugie.csv").write_bytes(b"kod,liczba\n020101,7\n")
    drugie, pierwsze = project.run()
    assert (pierwsze.landed, [f.code for f in pierwsze.findings]) == (0, [code])
    assert pierwsze.findings[0].severity == "error"
    assert pierwsze.findings[0].message.startswith("pierwsze.csv")
    assert (project.out / "pierwsze.csv").read_bytes() == old
    assert drugie.landed == 1
    assert list(read_table(project.out / "drugie.csv").value) == [7.0]
    assert not [p for p in project.out.iterdir() if p.suffix == ".tmp"]


def test_findings_of_sources_not_read_stay(project):
    (project.official / "pierwsze.csv").write_bytes(GOOD + b"027001,1\n")
    (project.official / "drugie.csv").write_bytes(GOOD + b"027002,1\n")
    project.run()
    (project.official / "drugie.csv").write_bytes(GOOD)
    project.run("drugie")
    assert [(f.source, f.code, f.row) for f in project.findings()] == [
        ("pierwsze", "nieznana-jednostka", 4)
    ]


def test_a_figure_in_two_files_of_a_source_does_not_land(project):
    source = project.source("pierwsze")
    twice = source.model_copy(update={"files": (*source.files, {**FILE, "path": "drugie.csv"})})
    project.catalogue.sources["pierwsze"] = twice
    (project.official / "drugie.csv").write_bytes(b"kod,liczba\n020102,6\n020103,7\n")
    (report,) = project.run("pierwsze")
    assert list(read_table(project.out / "pierwsze.csv").unit) == ["020101", "020103"]
    assert [(f.code, f.unit) for f in report.findings] == [("zdublowany-klucz", "020102")]


def test_signs_are_those_of_the_convention(project):
    (project.official / "pierwsze.csv").write_bytes(b"kod,liczba\n020101,-\n020102,\n020103,2\n")
    project.run("pierwsze")
    text = (project.out / "pierwsze.csv").read_text()
    assert "ludnosc,020101,2024,0,zero,\nludnosc,020102,2024,,missing,\n" in text


def test_an_unknown_source_is_refused_before_anything_is_written(project):
    with pytest.raises(UnknownSource, match=r"pierwszy.*„pierwsze”"):
        project.run("drugie", "pierwszy")
    assert not project.out.exists()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"convention": "nasze"}, "znaków „nasze”"),
        ({"quirk": "nieznany"}, "quirks.nieznany"),
        ({"columns": [{"header": "liczba", "variable": "nieznana_zmienna"}]}, "nieznana_zmienna"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_before_anything_is_written(
    project, changes, text
):
    project.describe("pierwsze", **changes)
    with pytest.raises(MappingError, match=text):
        project.run()
    assert not project.out.exists()


def test_a_source_without_files_is_only_named(project, catalogue):
    bare = project.source("pierwsze").model_copy(update={"files": ()})
    project.catalogue.sources["pierwsze"] = bare
    assert [r.id for r in project.run()] == ["drugie"]

"""Kept files: whole or not there, addressed by all they are made of, bounded together."""

import os
import shutil
from pathlib import Path

import smup
from smup.reports.cache import keep, path_of, program, program_in
from smup.reports.definition import Definition, Kind

PROFILE = Definition(kind=Kind.PROFILE, units=("1465",))


def test_everything_a_file_is_made_of_is_in_its_address(tmp_path: Path) -> None:
    others = [
        path_of(tmp_path, "a", PROFILE, "pdf"),
        path_of(tmp_path, "b", PROFILE, "pdf"),
        path_of(tmp_path, "a", PROFILE.model_copy(update={"lang": "en"}), "pdf"),
        path_of(tmp_path, "a", PROFILE, "docx"),
        path_of(tmp_path, "a", PROFILE, "docx", b"one office"),
        path_of(tmp_path, "a", PROFILE, "docx", b"another office"),
        path_of(tmp_path, "a", PROFILE, "html"),
        path_of(tmp_path, "a", PROFILE, "dossier"),
    ]
    assert len(set(others)) == len(others)
    assert path_of(tmp_path, "a", PROFILE.digest, "pdf") == others[0]
    assert others[0].parts[-2].startswith(program())
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "gmina.json").write_bytes(b"{}")
    assert path_of(tmp_path, "a", PROFILE, "pdf") not in others


OF_REPORTS = (
    "documents/pdf.py",
    "documents/odt/styles.xml",
    "documents/docx/base/package.rels",
    "documents/fonts/SourceSansPro-It.ttf",
    "reports/kinds/unit.yaml",
)
OF_PAGES = ("web/portal/static/portal/portal.css", "web/portal/templates/portal/unit.html")


def test_the_program_is_all_that_a_report_is_made_with(tmp_path: Path) -> None:
    folder = tmp_path / "smup"
    shutil.copytree(Path(smup.__file__).parent, folder)

    def after_a_change_of(file: str) -> str:
        with (folder / file).open("ab") as changed:
            changed.write(b"\n")
        return program_in(folder)

    names = [program(), *map(after_a_change_of, OF_REPORTS)]
    assert len(set(names)) == len(names)
    assert {after_a_change_of(file) for file in OF_PAGES} == {names[-1]}


def test_the_oldest_give_way_and_the_newest_stays(tmp_path: Path) -> None:
    paths = [path_of(tmp_path, "release", f"{n}", "pdf") for n in range(5)]
    for at, path in enumerate(paths[:4]):
        keep(path, b"x" * 100, most=1000)
        os.utime(path, (at, at))
    keep(paths[4], b"x" * 100, most=250)
    assert [path.is_file() for path in paths] == [False, False, False, True, True]


def test_files_of_other_releases_count_too(tmp_path: Path) -> None:
    old = path_of(tmp_path, "old", PROFILE, "pdf")
    new = path_of(tmp_path, "new", PROFILE, "pdf")
    keep(old, b"x" * 100, most=150)
    os.utime(old, (0, 0))
    keep(new, b"x" * 100, most=150)
    assert (old.is_file(), new.is_file()) == (False, True)


def test_a_file_larger_than_all_room_is_there_for_who_asked(tmp_path: Path) -> None:
    path = path_of(tmp_path, "release", PROFILE, "pdf")
    keep(path, b"x" * 100, most=10)
    assert path.read_bytes() == b"x" * 100

"""An id once shown keeps its number and its past; a changed meaning needs a new version."""

from datetime import date
from pathlib import Path

import pytest

from smup.catalogue import load_catalogue
from smup.catalogue.history import check_history, header, history_text, unrecorded
from tests.helpers.small_catalogue import PEOPLE, PUPILS, change, write

DAY = date(2026, 11, 22)


def record(root: Path) -> None:
    path = root / "history.csv"
    before = path.read_text("utf-8") if path.is_file() else header()
    path.write_text(before + history_text(unrecorded(load_catalogue(root), DAY)), "utf-8")


def faults(root: Path) -> list[str]:
    return [str(error) for error in check_history(load_catalogue(root))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path)
    record(root)
    return root


def test_recorded_definitions_are_sound(root: Path) -> None:
    assert faults(root) == []
    rows = load_catalogue(root).history
    assert [(row.number, row.indicator, row.version) for row in rows] == [
        (1, "ludnosc", 1),
        (2, "udzial-uczniow", 1),
    ]


def test_recording_twice_adds_nothing(root: Path) -> None:
    before = (root / "history.csv").read_bytes()
    record(root)
    assert (root / "history.csv").read_bytes() == before


def test_an_unrecorded_definition(tmp_path: Path) -> None:
    root = write(tmp_path)
    first, second = faults(root)
    assert first.startswith("catalogue/indicators/edukacja/udzial-uczniow.yaml:1: [udzial-uczniow]")
    assert "nie ma w history.csv; zapisz ją: smup catalogue record" in first
    assert "ludnosc.yaml" in second


def test_a_mended_text_needs_no_version(root: Path) -> None:
    change(root, PUPILS, "Uczniowie wśród mieszkańców.", "Uczniowie wśród wszystkich mieszkańców.")
    assert faults(root) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("100 * uczniowie / ludnosc", "100 * (uczniowie / ludnosc)"),
        ("decimals: 1", "decimals: 2"),
        ("better: neither", "better: higher"),
        ("pl: Uczniowie – udział", "pl: Udział uczniów"),
        ("cities: both", "cities: apart"),
        ("interval: binomial", "interval: none"),
    ],
)
def test_a_changed_meaning_needs_a_version(root: Path, old: str, new: str) -> None:
    change(root, PUPILS, old, new)
    (message,) = faults(root)
    assert "znaczenie różni się od zapisanej wersji 1; podnieś „version” do 2" in message
    note = "status: published\nversion: 2\nchange_note: {pl: Inaczej., en: Otherwise.}"
    change(root, PUPILS, "status: published", note)
    (message,) = faults(root)
    assert "zmiany nie ma w history.csv" in message
    record(root)
    assert faults(root) == []
    last = load_catalogue(root).history[-1]
    assert (last.number, last.version, last.change) == (2, 2, "Inaczej.")


def test_a_published_definition_does_not_go_back(root: Path) -> None:
    change(root, PUPILS, "status: published", "status: preview")
    (message,) = faults(root)
    assert "status „preview” nie może nastąpić po „published” (dozwolone: archived)" in message


def test_an_archived_definition_stays_archived(root: Path) -> None:
    ended = "status: archived\narchived: {last_year: 2024, reason: {pl: Koniec., en: Ended.}}"
    change(root, PEOPLE, "status: published", ended)
    record(root)
    assert faults(root) == []
    change(root, PEOPLE, ended, "status: published")
    (message,) = faults(root)
    assert "nie może nastąpić po „archived” (dozwolone: żaden)" in message


def test_a_vanished_id(root: Path) -> None:
    (root / PEOPLE).unlink()
    change(root, PUPILS, "context: [ludnosc]\n", "")
    (message,) = faults(root)
    assert message.startswith("catalogue/history.csv:")
    assert "wskaźnik „ludnosc” był opublikowany i zniknął" in message


def test_a_renamed_definition_keeps_its_number(root: Path) -> None:
    new = root / "indicators/kontekst/mieszkancy.yaml"
    text = (root / PEOPLE).read_text("utf-8") + "renamed_from: [ludnosc]\n"
    (root / PEOPLE).unlink()
    new.write_text(text, "utf-8")
    change(root, PUPILS, "context: [ludnosc]", "context: [mieszkancy]")
    record(root)
    assert faults(root) == []
    last = load_catalogue(root).history[-1]
    assert (last.number, last.indicator) == (1, "mieszkancy")


def test_a_former_id_is_not_used_again(root: Path) -> None:
    change(root, PUPILS, "status: published", "status: published\nrenamed_from: [ludnosc]")
    assert any("„ludnosc” nadal istnieje" in message for message in faults(root))
    change(root, PUPILS, "renamed_from: [ludnosc]", "renamed_from: [nigdy]")
    assert any("„nigdy” nigdy nie był zapisany" in message for message in faults(root))


def test_a_number_belongs_to_one(root: Path) -> None:
    path = root / "history.csv"
    path.write_text(
        path.read_text("utf-8").replace("2,udzial-uczniow", "1,udzial-uczniow"), "utf-8"
    )
    assert any("numer 1 ma już wskaźnik „ludnosc”" in message for message in faults(root))


def test_a_draft_is_not_recorded(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, "status: published", "status: draft")
    record(root)
    assert [row.indicator for row in load_catalogue(root).history] == ["ludnosc"]
    assert faults(root) == []

"""Settings of an edition: the numbers of the programme, and what cannot be used."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from smup.training.rules.settings import EditionSettings, SettingsError, edition_text, parse

TEXT = edition_text("2022-2023")


def test_the_numbers_of_the_programme(edition: EditionSettings) -> None:
    assert edition.years == (2022, 2023)
    assert edition.target_units == 577
    assert edition.min_stage_days == 30
    assert [(step.up_to, step.people) for step in edition.headcount] == [
        (50, 1), (150, 2), (300, 3), (600, 4), (None, 5),
    ]  # fmt: skip
    assert (edition.courses.online.days, edition.courses.online.hours) == (1, 4)
    assert (edition.courses.in_person.meetings, edition.courses.in_person.days) == (3, 2)
    assert edition.in_person_min_units == 5
    assert (edition.all_in_person_up_to, edition.max_in_person_per_unit) == (2, 2)
    assert not edition.ask_sex
    assert len(edition.documents.declarations) == 3


def test_the_nine_areas_are_those_of_the_catalogue_without_local_finance(
    edition: EditionSettings, root: Path
) -> None:
    known = yaml.safe_load((root / "catalogue" / "areas.yaml").read_text(encoding="utf-8"))
    assert len(edition.areas) == 9
    assert set(edition.areas) == set(known) - {"finanse-jst", "kontekst"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("target_units: 577", "target_units: dużo", "target_units: oczekiwano liczby"),
        ("target_units: 577", "target_units: 0", "target_units: wartość „0” jest za mała"),
        ("target_units: 577", "", "target_units: brakuje klucza"),
        ("target_units: 577", "target_units: 577\ntarget: 600", "target: nieznany klucz"),
        ("target_units: 577", "target_units: 577\ntarget_units: 5", "podano dwa razy"),
        ("years: [2022, 2023]", "years: [2023, 2022]", "pierwszy rok"),
        ("  - {people: 5}", "", "ostatni próg"),
        ("{up_to: 50, people: 1}", "{people: 1}", "ostatni próg"),
        ("{up_to: 50, people: 1}", "{up_to: 150, people: 1}", "mają rosnąć"),
        ("  - edukacja\n", "  - edukacja\n  - edukacja\n", "wymieniony dwa razy"),
        ("agreement_least_days: 3", "agreement_least_days: 15", "dłuższy od zwykłego"),
        ("keeps_turn: true", "keeps_turn: może", "keeps_turn: oczekiwano true albo false"),
        ("in_person_window: stage", "in_person_window: month", "in_person_window: niedozwolona"),
        ("min_attendance: 0.8", "min_attendance: 1.5", "min_attendance: wartość"),
        ("[powiat, miasto-na-prawach-powiatu]", "[powiat]", "miasto-na-prawach-powiatu"),
        ("[powiat, miasto", "[powiat, gmina-miejska, miasto", "ma 2"),
        ("[powiat, miasto", "[powiat, kraj, miasto", "nie biorą udziału"),
        ("id: zatrudnienie", "id: uczestnictwo", "oświadczenie"),
        ("name:\n", "name: [", "nie są poprawnym YAML"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(before: str, after: str, told: str) -> None:
    assert before in TEXT
    with pytest.raises(SettingsError) as caught:
        parse(TEXT.replace(before, after, 1))
    assert told in str(caught.value)


def test_every_fault_is_a_sentence_of_its_own() -> None:
    wrong = TEXT.replace("target_units: 577", "").replace("offer_days: 7", "offer_days: x")
    with pytest.raises(SettingsError) as caught:
        parse(wrong)
    assert len(caught.value.sentences) == 2


@pytest.mark.parametrize("text", ["", "- a\n- b", "text", "a: *b", "x" * 60_000])
def test_text_that_is_no_settings_at_all(text: str) -> None:
    with pytest.raises(SettingsError):
        parse(text)


def test_settings_do_not_change(edition: EditionSettings) -> None:
    with pytest.raises(ValidationError):
        edition.__setattr__("target_units", 600)

"""``smup compare --explain`` as a script and as a person meets it."""

from pathlib import Path

from tests.cli.test_commands import answer, smup

KEYS = {"expected", "improvers", "needed"}
ASKED = ("compare", "0261", "dzieci-w-zlobkach")


def test_only_with_explain(built_home: Path) -> None:
    plain, explained = answer(built_home, *ASKED), answer(built_home, *ASKED, "--explain")
    assert not KEYS & set(plain)
    assert set(explained) - set(plain) == KEYS
    assert {key: explained[key] for key in plain} == plain


def test_every_refusal_has_its_sentence(built_home: Path) -> None:
    found = answer(built_home, "compare", "020101", "ludnosc", "--explain")
    assert found["expected"]["reason"] == "no_service"
    for one in (found["expected"], found["improvers"], *found["needed"]):
        assert one["why"].endswith(".")


def test_for_a_person(built_home: Path) -> None:
    shown = smup(built_home, *ASKED, "--explain")
    assert shown.returncode == 0, shown.stderr
    for words in ("Czego można się spodziewać", "Kto był jak my", "Ile by to wymagało"):
        assert words in shown.stdout

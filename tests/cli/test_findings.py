"""``smup findings`` and ``smup correction check``, as a person and as a script meet them."""

from pathlib import Path

from tests.cli.test_commands import answer, smup


def test_findings_of_a_code_as_json(built_home: Path) -> None:
    told = answer(built_home, "findings", "--code", "samotne-zero", "--state", "open")
    assert len(told["findings"]) == 13
    one = told["findings"][0]
    assert {"id", "code", "severity", "variable", "unit", "year", "message", "state"} <= set(one)
    unit = answer(built_home, "findings", "--unit", one["unit"])["findings"]
    assert {it["unit"] for it in unit} == {one["unit"]}
    assert len({it["id"] for it in told["findings"]}) == 13


def test_a_person_reads_lines(built_home: Path) -> None:
    done = smup(built_home, "findings", "--severity", "error")
    assert done.returncode == 0
    assert "zdublowany-klucz" in done.stdout
    assert "Nie ma takich uwag" in smup(built_home, "findings", "--state", "wrong_rule").stdout


def test_an_unknown_code_is_one_sentence(built_home: Path) -> None:
    done = smup(built_home, "findings", "--code", "samotne-zera")
    assert done.returncode == 2
    assert "najbliższe znane: „samotne-zero”" in done.stderr


def test_corrections_hold(built_home: Path) -> None:
    told = answer(built_home, "correction", "check")
    assert [one for one in told["corrections"] if one["outdated"]] == []

"""Commands about definitions, on a small repository: what they say and what they write."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smup.build import build_release
from smup.cli import cli
from smup.cli.context import Places, places
from tests.helpers.tiny_root import write_root


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """``places`` on a repository of its own, with a release built from it."""
    root = tmp_path / "repository"
    write_root(root)
    monkeypatch.setattr(Places, "root", root)
    monkeypatch.setenv("SMUP_HOME", str(root / "var"))
    forget()
    build_release(root, root / "var")
    yield root
    forget()


def forget() -> None:
    """What ``places`` opened for another repository."""
    for name in ("home", "territory", "catalogue", "releases", "release"):
        places.__dict__.pop(name, None)


def run(*arguments: str, given: str | None = None) -> Result:
    forget()
    return CliRunner().invoke(cli, list(arguments), input=given)


INDICATOR = "catalogue/indicators/kontekst/gestosc.yaml"


def test_record_then_check_then_nothing_more(repository: Path) -> None:
    before = run("catalogue", "check")
    assert before.exit_code == 1
    assert "nie ma w history.csv; zapisz ją: smup catalogue record" in before.output
    done = json.loads(run("catalogue", "record", "--json").output)
    assert [(row["number"], row["indicator"]) for row in done["recorded"]] == [
        (1, "gestosc"),
        (2, "ludnosc"),
    ]
    numbered = [(row["kind"], row["id"], row["number"]) for row in done["numbered"]]
    assert ("area", "kontekst", 101) in numbered
    assert ("variable", "ludnosc", 1) in numbered
    assert done["units"]["PL"] == 1
    nothing = {"recorded": [], "numbered": [], "units": {}}
    assert json.loads(run("catalogue", "record", "--json").output) == nothing
    assert "nadaj go" not in run("catalogue", "check").output
    lines = (repository / "catalogue/history.csv").read_text("utf-8").splitlines()
    assert lines[0] == "number,indicator,version,status,meaning,recorded,change"
    assert len(lines) == 3


def test_coverage(repository: Path) -> None:
    told = json.loads(run("catalogue", "coverage", "--json").output)
    assert told["areas"] == 0
    assert told["indicators"] != []
    variables = {one["id"]: one for one in told["variables"]}
    assert variables["ludnosc"]["years"]
    assert variables["ludnosc"]["blocks"] == []
    shown = run("catalogue", "coverage").output
    assert "Zmienne z danymi: 2 z 2" in shown
    assert "Wskaźniki z wartościami: 2 z 2" in shown


def test_a_variable_without_data_is_told_with_what_it_blocks(repository: Path) -> None:
    path = repository / "catalogue/variables/kontekst.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + text.replace("ludnosc:", "lasy_ha:").split("powierzchnia_ha:")[0])
    shown = run("catalogue", "coverage").output
    assert "Zmienne z danymi: 2 z 3" in shown
    assert "lasy_ha" in shown.partition("Zmienne bez danych")[2]
    assert "Urząd Zmyślony" in shown.partition("Zmienne bez danych")[2]


def test_diff_against_the_release(repository: Path) -> None:
    assert "Różnice względem wydania" in run("catalogue", "diff").output
    assert json.loads(run("catalogue", "diff", "--json").output)["changes"] == []
    path = repository / INDICATOR
    path.write_text(path.read_text("utf-8").replace("decimals: 2", "decimals: 1"), "utf-8")
    (change,) = json.loads(run("catalogue", "diff", "--json").output)["changes"]
    assert (change["id"], change["kind"], change["meaning"]) == ("gestosc", "changed", True)
    assert change["keys"] == [{"key": "decimals", "before": 2, "after": 1}]
    assert "decimals: 2 → 1" in run("catalogue", "diff").output


def test_diff_against_an_unknown_release(repository: Path) -> None:
    done = run("catalogue", "diff", "--release", "2020-01-01-00000000")
    assert done.exit_code == 2
    assert "2020-01-01-00000000" in done.output


ANSWERS = [
    "kontekst",
    "Powierzchnia na osobę",
    "Area per person",
    "Ile ziemi przypada na osobę?",
    "How much land is there per person?",
    "os_ha",
    "2",
    "neither",
    "territory",
    "both",
    "y",
    "y",
    "y",
    "ludnosc / (powierzchnia_ha",  # refused, asked again
    "ludnosc / powierzchnia_ha",
    "ratio_of_sums",
    "percent",
    "Gęstość inaczej.",
    "Density otherwise.",
    "Nic więcej.",
    "Nothing more.",
    "7",
    "2",
]


def test_a_new_indicator_is_asked_for_and_written(repository: Path) -> None:
    done = run("catalogue", "new", "indicator", given="\n".join(ANSWERS) + "\n")
    assert done.exit_code == 0, done.output
    assert "oczekiwano „)”" in done.output
    assert "Definicja jest poprawna." in done.output
    path = repository / "catalogue/indicators/kontekst/powierzchnia-na-osobe.yaml"
    text = path.read_text("utf-8")
    assert "status: draft" in text
    assert "gives: 3.5" in text


def test_a_new_indicator_with_a_fault_says_what_to_mend(repository: Path) -> None:
    answers = [*ANSWERS]
    answers[5] = "os"
    done = run("catalogue", "new", "indicator", given="\n".join(answers) + "\n")
    assert done.exit_code == 1
    assert "powierzchnia-na-osobe.yaml" in done.output
    assert "Do poprawienia w tym pliku." in done.output


def test_an_id_once_used_is_not_given_again(repository: Path) -> None:
    run("catalogue", "record")
    done = run("catalogue", "new", "indicator", given="kontekst\nLudność\nPopulation\n")
    assert done.exit_code == 2
    assert "„ludnosc” jest lub był już użyty" in done.output

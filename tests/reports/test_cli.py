"""``smup report`` as a person or a script meets it."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from smup.reports.definition import Kind, read_definition
from smup.reports.files import FORMS
from tests.cli.test_commands import answer, smup
from tests.helpers.invented_site import invented_site


def test_the_help_names_every_kind_and_every_form(built_home: Path) -> None:
    words = set(re.findall(r"[a-z]+", smup(built_home, "report", "--help").stdout))
    assert {*Kind, *FORMS} <= words


def test_one_file(built_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "profil.pdf"
    told = answer(
        built_home, "report", "Hel", "--kind", "profile", "--format", "pdf", "--out", str(out)
    )
    assert told == {
        "file": str(out),
        "sha256": sha256(out.read_bytes()).hexdigest(),
        "pages": len(PdfReader(out).pages),
    }


def test_several_forms_go_to_a_folder_under_readable_names(
    built_home: Path, tmp_path: Path
) -> None:
    told = answer(
        built_home, "report", "1465", "--kind", "profile", "--format", "html,pptx,xlsx",
        "--out", str(tmp_path),
    )  # fmt: skip
    names = [Path(one["file"]).name for one in told["files"]]
    assert [name.rpartition(".")[2] for name in names] == ["html", "pptx", "xlsx"]
    assert all(name.isascii() and "1465-warszawa-2026" in name for name in names)
    assert [one["pages"] for one in told["files"]] == [None, 6, None]
    assert sorted(names) == sorted(path.name for path in tmp_path.iterdir())


def test_a_saved_definition_gives_the_same_file_and_options_change_it(
    built_home: Path, tmp_path: Path
) -> None:
    saved, first, second = tmp_path / "a.yaml", tmp_path / "1.html", tmp_path / "2.html"
    answer(
        built_home, "report", "020101", "--kind", "comparison", "--with", "020102", "--years",
        "2019-2024", "--office", "Urząd Miasta", "--comparator", "kraj", "--lang", "en",
        "--out", str(first), "--save-definition", str(saved),
    )  # fmt: skip
    definition = read_definition(saved.read_text(encoding="utf-8"))
    assert definition.units == ("020101", "020102")
    assert (definition.years, definition.office.name) == ((2019, 2024), "Urząd Miasta")
    again = ["report", "--definition", str(saved), "--out", str(second)]
    answer(built_home, *again)
    assert second.read_bytes() == first.read_bytes()
    answer(built_home, *again, "--lang", "pl")
    assert '<html lang="pl">' in second.read_text(encoding="utf-8")


def test_own_words_stand_in_the_report_as_they_were_written(
    built_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.html"
    hostile = "<script>alert(1)</script> = 5 & #let"
    answer(
        built_home, "report", "Hel", "--kind", "profile", "--out", str(out),
        "--comment", f"findings={hostile}",
    )  # fmt: skip
    text = out.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; = 5 &amp; #let" in text
    assert "<script>alert" not in text


BAD: list[tuple[list[str], str]] = [
    (["--kind", "profile"], "Podaj jednostkę"),
    (["Hel"], "Podaj rodzaj raportu"),
    (["Hel", "--kind", "profil"], "Nieznany rodzaj raportu „profil”"),
    (["Hel", "--kind", "service"], "wymaga pola „service”"),
    (["Hel", "--kind", "area", "--area", "edukcja"], "edukcja"),
    (["Hel", "--kind", "profile", "--with", "Gdynia"], "dotyczy jednej jednostki"),
    (["Hel", "--kind", "profile", "--format", "exe"], "Nieznany format „exe”"),
    (["Hel", "--kind", "profile", "--years", "dawno"], "to nie lata"),
    (["Hel", "--kind", "profile", "--years", "2024-2019"], "późniejszy niż ostatni"),
    (["Hel", "--kind", "profile", "--section", "nic"], "rozdziału „nic”"),
    (["Hel", "--kind", "profile", "--comment", "nic"], "podaj miejsce i tekst"),
    (["Hel", "--kind", "profile", "--comment", "nic=tekst"], "nic"),
    (["Hel", "--kind", "profile", "--comparator", "ktos"], "nieznany punkt odniesienia"),
    (["Hel", "--kind", "profile", "--out", "a.docx", "--format", "pdf"], "końcówkę .pdf"),
    (["Hel", "--kind", "profile", "--release", "2020"], "Nie ma wydania „2020”"),
    (["Nieznanowo", "--kind", "profile"], "Nie ma jednostki „Nieznanowo”"),
    (["--kind", "profile", "--all"], "podaje się folder"),
    (["--kind", "comparison", "--all", "--out", "x"], "wymień jednostki"),
    (["Hel", "--kind", "profile", "--all", "--out", "x"], "nie podaje się jednostki"),
]
TOLD_IN_ONE_PROCESS = """
import json, sys
from click.testing import CliRunner
from smup.cli import cli
answers = [CliRunner().invoke(cli, ["report", *one]) for one in json.load(sys.stdin)]
print(json.dumps([(one.exit_code, one.stderr) for one in answers]))
"""


@pytest.fixture(scope="module")
def refusals(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    """Exit code and words of every bad call: one process, so that its rooms are loaded once."""
    folder = tmp_path_factory.mktemp("bad")
    done = subprocess.run(
        [sys.executable, "-c", TOLD_IN_ONE_PROCESS],
        input=json.dumps([arguments for arguments, _ in BAD]),
        env=os.environ | {"SMUP_HOME": str(built_home)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert list(folder.iterdir()) == []
    found: list[tuple[int, str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("number", range(len(BAD)))
def test_bad_input_is_one_sentence(refusals: list[tuple[int, str]], number: int) -> None:
    (arguments, sentence), (code, words) = BAD[number], refusals[number]
    assert code == 2, (arguments, words)
    assert sentence in words
    assert words.count("\n") == 1
    assert "Traceback" not in words


def test_all_of_a_powiat_and_a_failure_is_said(built_home: Path, tmp_path: Path) -> None:
    every = ["report", "--kind", "profile", "--all", "--within", "1801", "--format", "html"]
    every += ["--processes", "1", "--out", str(tmp_path)]
    told = answer(built_home, *every)
    assert (told["written"], told["kept"], told["failures"]) == (4, 0, [])
    lost = sorted(tmp_path.glob("*.html"))[0]
    lost.unlink()
    lost.mkdir()
    done = smup(built_home, *every)
    assert done.returncode == 1
    assert "(html)" in done.stderr
    assert "Zapisano 0 plików, 3 już były." in done.stdout


def test_invented_figures_say_so_in_the_name(tmp_path: Path) -> None:
    _, home = invented_site(tmp_path)
    told = answer(home, "report", "020101", "--kind", "profile", "--format", "html",
                  "--out", f"{tmp_path}/out")  # fmt: skip
    assert Path(told["file"]).name.startswith("dane-zmyslone-")
    assert told["synthetic"] is True

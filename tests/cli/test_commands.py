"""The commands as a person or a script meets them: a real process, its output and exit code."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from smup.cli import cli

Home = Path


def smup(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from smup.cli import main; main()", *arguments],
        env=os.environ | {"SMUP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def answer(home: Home, *arguments: str, code: int = 0) -> Any:
    done = smup(home, *arguments, "--json")
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_a_city_with_powiat_rights_is_one_unit_in_both_roles(built_home: Home) -> None:
    warsaw = answer(built_home, "unit", "Warszawa")
    assert warsaw["code"] == "1465"
    assert warsaw["kind"] == "miasto-na-prawach-powiatu"
    assert warsaw["parents"] == ["14"]
    assert warsaw["bdl_ids"] == {"gmina": "071412865011", "powiat": "071412865000"}
    assert "140803" in warsaw["neighbours"]["gmina"]
    assert "1408" in warsaw["neighbours"]["powiat"]
    assert answer(built_home, "unit", "1465011")["code"] == "1465"


def test_a_gmina_has_only_gmina_neighbours(built_home: Home) -> None:
    assert set(answer(built_home, "unit", "020102")["neighbours"]) == {"gmina"}
    assert set(answer(built_home, "unit", "0201")["neighbours"]) == {"powiat"}


def test_an_ambiguous_name_lists_its_matches(built_home: Home) -> None:
    found = answer(built_home, "unit", "Bolesławiec", code=1)
    assert {m["code"] for m in found["matches"]} == {"020101", "020102", "101801"}


def test_validity_is_said(built_home: Home) -> None:
    assert answer(built_home, "unit", "320304")["valid_to"] == "2019-01-01"
    created = answer(built_home, "unit", "Szczawa")
    assert (created["code"], created["valid_from"]) == ("120713", "2025-01-01")


@pytest.mark.parametrize(
    ("kind", "on", "count"),
    [
        ("gmina", "2017-01-01", 2478),
        ("gmina", "2020-01-01", 2477),
        ("gmina", "2026-01-01", 2479),
        ("powiat", "2026-01-01", 380),
        ("miasto-na-prawach-powiatu", "2026-01-01", 66),
        ("wojewodztwo", "2026-01-01", 16),
    ],
)
def test_units_of_a_day(built_home: Home, kind: str, on: str, count: int) -> None:
    assert len(answer(built_home, "units", "--kind", kind, "--on", on)) == count


def test_population_of_the_gminas_sums_to_the_published_total(built_home: Home) -> None:
    gminas = {u["code"] for u in answer(built_home, "units", "--kind", "gmina")}
    rows = answer(built_home, "values", "ludnosc", "--year", "2024")
    assert sum(r["value"] for r in rows if r["unit"] in gminas and r["value"]) == 37_489_087
    assert [r["value"] for r in rows if r["unit"] == "PL"] == [37_489_087]


def test_country_totals_count_everybody_the_source_lists(built_home: Home) -> None:
    """All rows of the published table, powiats that are no more included."""
    totals = {
        r["year"]: r["value"] for r in answer(built_home, "values", "ludnosc", "--unit", "PL")
    }
    assert [totals[y] for y in (1995, 2000, 2001, 2002)] == [
        38_609_399, 38_253_955, 38_242_197, 38_218_531,
    ]  # fmt: skip
    rows = answer(built_home, "values", "zmiana-ludnosci-w-roku", "--unit", "02")
    change = {r["year"]: r["value"] for r in rows}
    assert change[2003] == -0.22  # 2,898,313 after 2,904,694: Wałbrzych joined a powiat


def test_a_weighted_value_is_flagged_as_estimated(built_home: Home) -> None:
    rows = answer(built_home, "values", "urodzenia-na-1000", "--unit", "1408", "--year", "2024")
    assert [r["flags"] for r in rows] == [["estimated"]]


def test_values_of_one_unit_keep_the_reason_of_a_gap(built_home: Home) -> None:
    rows = {r["year"]: r for r in answer(built_home, "values", "ludnosc", "--unit", "Szczawa")}
    assert rows[2024] == {
        "unit": "120713",
        "year": 2024,
        "value": None,
        "status": "not_existing",
        "flags": [],
    }


def test_compare_has_every_comparator(built_home: Home) -> None:
    found = answer(built_home, "compare", "020101", "ludnosc", "--year", "2024")
    ids = {c["id"] for c in found["comparators"]}
    assert {"neighbours", "group", "powiat", "wojewodztwo", "kraj"} <= ids
    assert found["role"] == "gmina"
    assert found["rank"]["of"] == 2477  # gminas and cities at the end of 2024


def test_a_release_can_be_listed_shown_and_verified(built_home: Home) -> None:
    listed = answer(built_home, "release", "list")
    assert [r["active"] for r in listed] == [True]
    shown = answer(built_home, "release", "show")
    assert {"id", "created", "catalogue", "indicators", "values", "active"} <= set(shown)
    assert answer(built_home, "release", "verify")["ok"] is True


def test_the_catalogue_is_correct(built_home: Home) -> None:
    found = answer(built_home, "catalogue", "check")
    assert found["errors"] == []
    assert found["areas"] == 10
    assert found["indicators"]["published"] >= 40


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("unit", "Atlantyda"), "Nie ma jednostki „Atlantyda”"),
        (("values", "ludnsc"), "Może: ludnosc"),
        (("values", "ludnosc", "--year", "1066"), "nie obejmuje roku 1066"),
        (("values", "ludnosc", "--unit", "Bolesławiec"), "nie wskazuje jednej jednostki"),
        (("units", "--kind", "sołectwo"), "Nie ma rodzaju „sołectwo”"),
        (("release", "show", "2000-01-01-00000000"), "2000-01-01-00000000"),
    ],
)
def test_bad_input_is_one_sentence_and_code_2(
    built_home: Home, arguments: tuple[str, ...], sentence: str
) -> None:
    done = smup(built_home, *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_taken_port_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = smup(tmp_path, "up", "--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} jest zajęty" in done.stderr
    assert list(tmp_path.iterdir()) == []


def commands() -> list[tuple[str, ...]]:
    context = click.Context(cli)
    found: list[tuple[str, ...]] = []
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        subs = command.commands if isinstance(command, click.Group) else {"": command}
        found += [(name, sub) if sub else (name,) for sub in subs]
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_command_shows_an_example(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(cli, [*path, "--help"])
    assert shown.exit_code == 0
    assert f"Przykład: smup {' '.join(path)}" in shown.output


def test_compare_tells_the_interval_and_the_places_within_reach(built_home: Home) -> None:
    found = answer(built_home, "compare", "020101", "pozary-na-1000")
    assert found["interval"]["low"] < found["value"] < found["interval"]["high"]
    rank = found["rank"]
    assert rank["low"] < rank["position"] < rank["high"]
    shown = smup(built_home, "compare", "020101", "pozary-na-1000").stdout
    assert "95% przedział: " in shown
    assert f"{rank['position']} z {rank['with_data']} ({rank['low']}–{rank['high']})" in shown

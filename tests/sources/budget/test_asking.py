"""Whatever the service does wrong, tables hold exactly the right figures or stay as they were."""

import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest

from smup.sources.budget.forms import reports as forms
from smup.sources.budget.making import Workshop
from smup.sources.provider import Outcome
from tests.contract.bestia import BASE, Row, polish
from tests.contract.serving import ROOT, Serving
from tests.helpers.country import country
from tests.sources.budget.desk import SINCE, Office, served
from tests.sources.budget.invented import Reports, codes, expected, grosze, report_of

RUNNER = "tests.sources.budget.runner"


def is_right(office: Office, rows: Reports) -> None:
    for source in forms():
        assert office.all_figures(source) == expected(rows, source, SINCE), source


def found(outcome: Outcome) -> set[str]:
    return {one.code for one in outcome.findings}


def of_unit(row: Row, unit: str, year: int = 2024) -> bool:
    return row["jednostka-const-id"] == f"id{unit}" and row["okres-rok"] == str(year)


def test_the_tables_are_exactly_what_was_reported(office: Office, rows: Reports) -> None:
    outcome = office.run()
    is_right(office, rows)
    assert outcome.unfinished == ""
    assert found(outcome) == {"rb-zwiazek", "wiersz-spoza-podzialu"}  # whose reports are not ours
    assert len(outcome.tables) == 8  # four reports of two years
    assert sum(map(len, (office.all_figures(source) for source in forms()))) > 2000


def test_a_bad_line_changes_nothing(office: Office, serving: Serving, rows: Reports) -> None:
    """Answers that break off, do not come, come slowly, or say that the service is out of order."""
    serving.change(cut_every=3, drop_every=5, fail_every=7, slow_every=4)
    assert office.run().unfinished == ""
    is_right(office, rows)


def test_nothing_is_asked_for_twice(office: Office, serving: Serving) -> None:
    office.run()
    asked = serving.asked()
    tables = office.bytes_of_tables()
    assert set(asked.values()) == {1}
    office.wait(5)
    assert office.plan().requests == 0
    assert office.run().asked == 0
    assert serving.asked() == asked
    assert office.bytes_of_tables() == tables


def test_the_plan_tells_what_is_left(office: Office, serving: Serving) -> None:
    office.patience = 0.0  # every wait for the limit ends the run
    for _ in range(3):
        outcome = office.run()
        assert outcome.unfinished
        assert outcome.asked == 2
        assert office.clock is not None
        office.clock.sleep(2)
    # The shortest report is whole now; what the rest costs is guessed by its usual length.
    left = {step.what: step.requests for step in office.plan().steps}
    assert "Rb-NDS za 2024" not in left
    assert set(left) == {
        *(f"{form} za 2024" for form in ("Rb-27S", "Rb-28S", "Rb-Z")),
        *(f"{form} za 2023" for form in ("Rb-NDS", "Rb-27S", "Rb-28S", "Rb-Z")),
    }
    office.patience = None
    office.run()
    assert set(serving.asked().values()) == {1}
    assert office.plan().steps == ()


def test_an_open_year_is_read_once_a_month_and_a_closed_one_never_again(
    office: Office, serving: Serving
) -> None:
    office.run()
    first = serving.asked()
    office.wait(30)  # August: 2023 was closed in January, 2024 is not
    office.run()
    again = serving.asked() - first
    assert again
    assert all("2024" in question for question in again)
    office.wait(200)  # 2026: 2024 is closed, and read for the last time
    office.run()
    last = serving.asked()
    office.wait(60)
    office.run()
    assert serving.asked() == last


def test_a_correction_comes_with_the_next_month(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    office.run()
    corrected = with_report(rows, "020101", version=2)
    serving.change(rows=served(tmp_path, corrected, "corrected.json"))
    office.wait(30)
    outcome = office.run()
    is_right(office, corrected)
    assert {name.rpartition(".")[2] for name in outcome.tables} == {"2024"}


def with_report(rows: Reports, unit: str, version: int) -> Reports:
    """All reports of the unit for 2024 replaced by another version."""
    new = report_of(codes(country().units[unit]), 2024, version=version)
    return {
        path: [row for row in lines if not of_unit(row, unit)] + new[path]
        for path, lines in rows.items()
    }


def test_a_change_between_two_pages_is_noticed(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    """A new version while pages are read: rows move from page to page."""
    more = dict(rows)
    unit = next(row for row in rows["pozycje-rb28s"] if of_unit(row, "020101"))
    extra = [
        {**unit, "rozdzial": "60016", "dzial": "600", "paragraf": "430",
         "finansowanie-paragrafu": digit, "ww": polish(amount), "pl": polish(0)}
        for digit, amount in (("7", 500), ("8", -500))
    ]  # fmt: skip
    more["pozycje-rb28s"] = [*extra, *rows["pozycje-rb28s"]]
    before = questions_before(rows, "pozycje-rb28s")
    serving.change(swap_after=before + 2, next_rows=served(tmp_path, more, "more.json"))
    office.run()
    is_right(office, more)


def questions_before(rows: Reports, path: str) -> int:
    """Questions about 2024 asked before the first about ``path``."""
    order = [form.path for form in forms().values()]
    return sum(
        -(-sum(r["jednostka-wk"] == wk and r["okres-rok"] == "2024" for r in rows[each]) // 100)
        for each in order[: order.index(path)]
        for wk in ("02", "04")
    )


@pytest.mark.parametrize("off", [1, -1, 100])
def test_a_wrong_total_is_a_finding_and_no_table(
    office: Office, serving: Serving, rows: Reports, off: int
) -> None:
    serving.change(total_off=off)
    outcome = office.run()
    assert not outcome.tables
    assert outcome.unfinished or "rb-niepelna-odpowiedz" in found(outcome)
    serving.change(total_off=0)
    office.wait(1)
    office.run()
    is_right(office, rows)


def test_a_changed_schema_leaves_the_old_table(
    office: Office, serving: Serving, rows: Reports
) -> None:
    office.run()
    tables = office.bytes_of_tables()
    serving.change(renamed={"ww": "wykonane"})
    office.wait(30)
    outcome = office.run()
    assert "zmieniony-naglowek" in found(outcome)
    assert office.bytes_of_tables() == tables
    serving.change(renamed={})
    office.wait(30)
    office.run()
    is_right(office, rows)


@pytest.mark.parametrize("filter_", ["okres-rok", "jednostka-wk"])
def test_answers_to_another_question_are_refused(
    office: Office, serving: Serving, filter_: str
) -> None:
    serving.change(deaf=[filter_])
    outcome = office.run()
    assert f"{filter_} to" in outcome.unfinished
    assert not outcome.tables


def test_a_missing_row_takes_the_report_out(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    lost = next(
        row
        for row in rows["pozycje-rb28s"]
        if of_unit(row, "020101") and grosze(row["ww"]) > 0 and grosze(row["pl"]) > 0
    )
    fewer = {**rows, "pozycje-rb28s": [row for row in rows["pozycje-rb28s"] if row is not lost]}
    serving.change(rows=served(tmp_path, fewer, "fewer.json"))
    outcome = office.run()
    assert "rb-niepelne-sprawozdanie" in found(outcome)
    told = expected(rows, "mf-rb-28s", SINCE)
    assert office.all_figures("mf-rb-28s") == {
        key: value for key, value in told.items() if key[1:] != ("020101", 2024)
    }
    assert office.all_figures("mf-rb-27s") == expected(rows, "mf-rb-27s", SINCE)


def test_rows_above_the_total_land_with_a_warning(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    row = next(row for row in rows["pozycje-rb28s"] if of_unit(row, "020101"))
    more = [*rows["pozycje-rb28s"], {**row, "finansowanie-paragrafu": "5", "ww": "1 000,00"}]
    every = {**rows, "pozycje-rb28s": [{**one, "pl": "0,00"} for one in more]}
    serving.change(rows=served(tmp_path, every, "more.json"))
    outcome = office.run()
    (warning,) = [
        f for f in outcome.findings if f.code == "rb-niezgodna-suma" and "wykonanie" in f.message
    ]
    assert (warning.unit, warning.year) == ("020101", 2024)
    executed = {k: v for k, v in expected(every, "mf-rb-28s", SINCE).items() if "plan" not in k[0]}
    assert executed.items() <= office.all_figures("mf-rb-28s").items()


def test_a_plan_below_its_total_takes_the_plan_out(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    higher = [
        {**row, "p": polish(grosze(row["p"]) + 2)}
        if of_unit(row, "020101") and row["symbol"] == "B"
        else row
        for row in rows["pozycje-rbnds"]
    ]
    serving.change(rows=served(tmp_path, {**rows, "pozycje-rbnds": higher}, "plan.json"))
    outcome = office.run()
    assert "rb-niepelne-sprawozdanie" in found(outcome)
    told = expected(rows, "mf-rb-28s", SINCE)
    gone = told.keys() - office.all_figures("mf-rb-28s").keys()
    assert gone == {
        (name, "020101", 2024) for name in ("plan_wydatkow", "plan_wydatkow_majatkowych")
    }


def test_a_sum_the_form_prescribes_is_checked(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    wrong = [
        {**row, "w": "1,00"} if of_unit(row, "020102") and row["symbol"] == "A1" else row
        for row in rows["pozycje-rbnds"]
    ]
    serving.change(rows=served(tmp_path, {**rows, "pozycje-rbnds": wrong}, "wrong.json"))
    outcome = office.run()
    assert "rb-niepelne-sprawozdanie" in found(outcome)
    assert not [k for k in office.all_figures("mf-rb-nds") if k[1:] == ("020102", 2024)]


def test_an_unknown_paragraph_leaves_gaps_where_its_kind_matters(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    row = next(r for r in rows["pozycje-rb28s"] if of_unit(r, "020101") and grosze(r["ww"]))
    strange = [{**one, "paragraf": "999"} if one is row else one for one in rows["pozycje-rb28s"]]
    every = {**rows, "pozycje-rb28s": strange}
    serving.change(rows=served(tmp_path, every, "strange.json"))
    outcome = office.run()
    assert "rb-nieznany-paragraf" in found(outcome)
    figures = office.all_figures("mf-rb-28s")
    assert figures == expected(every, "mf-rb-28s", SINCE)
    assert ("wydatki_ogolem", "020101", 2024) in figures
    assert ("wydatki_biezace", "020101", 2024) not in figures


def test_two_bodies_with_one_code_are_nobodys(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    other = [
        {**row, "jednostka-const-id": "idX", "jednostka-nazwa": "PODWÓJNY"}
        for row in rows["pozycje-rbztd"]
        if of_unit(row, "020101")
    ]
    every = {**rows, "pozycje-rbztd": [*rows["pozycje-rbztd"], *other]}
    serving.change(rows=served(tmp_path, every, "two.json"))
    assert "sprzeczne-wiersze" in found(office.run())
    assert ("dlug", "020101", 2024) not in office.all_figures("mf-rb-z")
    assert ("dlug", "020101", 2023) in office.all_figures("mf-rb-z")


def test_a_wojewodztwo_without_reports_is_no_whole(
    office: Office, serving: Serving, rows: Reports, tmp_path: Path
) -> None:
    some = [
        r for r in rows["pozycje-rb27s"] if (r["jednostka-wk"], r["okres-rok"]) != ("04", "2024")
    ]
    serving.change(rows=served(tmp_path, {**rows, "pozycje-rb27s": some}, "some.json"))
    outcome = office.run()
    assert "rb-niepelna-odpowiedz" in found(outcome)
    assert "mf-rb-27s.2024" not in outcome.tables
    serving.change(rows=served(tmp_path, rows, "whole.json"))
    office.wait(1)
    office.run()
    is_right(office, rows)


def test_definitions_that_changed_are_read_again_without_asking(office: Office) -> None:
    office.run()
    before = office.figures("mf-rb-28s.2024")
    with office.desk() as desk:
        wages = desk.catalogue.variables["wynagrodzenia_i_skladki"]
        fewer = wages.model_copy(update={"kinds": ("powiat",)})
        office.definitions = desk.catalogue.model_copy(
            update={"variables": {**desk.catalogue.variables, wages.id: fewer}}
        )
    outcome = office.run()
    assert outcome.asked == 0
    after = office.figures("mf-rb-28s.2024")
    gone = {unit for name, unit, _ in before.keys() - after.keys() if name == wages.id}
    assert gone
    assert not gone & {"0201", "0202", "0401"}


def test_the_header_leads_to_the_bytes(office: Office, serving: Serving, rows: Reports) -> None:
    office.run()
    with office.desk() as desk:
        lines = (office.home / "tables" / "mf-rb-28s.2024.csv").read_text("utf-8").splitlines()
        digests = [line.removeprefix("# sha256: ") for line in lines if "# sha256: " in line]
        assert len(digests) == 2
        serving.stop()  # nobody answers any more
        raw = Workshop(desk).raw(forms()["mf-rb-28s"], 2024)
        assert raw is not None
        assert len(raw) == sum(row["okres-rok"] == "2024" for row in rows["pozycje-rb28s"])
    serving.start()


def test_the_server_is_as_strict_as_the_service(serving: Serving) -> None:
    ask = f"{serving.address}{BASE}/pozycje-rb28s"
    many = {"filter[okres-rok]": "2024", "limit": "101"}
    assert httpx.get(ask, params=many).status_code == 400
    nothing = {"filter[okres-rok]": "1999", "limit": "100"}
    assert httpx.get(ask, params=nothing).status_code == 204
    pages = [
        httpx.get(ask, params={"filter[okres-rok]": "2024", "limit": "100", "page": str(page)})
        for page in (1, 2, 3, 4, 5)
    ]
    rows = [tuple(row.items()) for page in pages for row in page.json()["data"]]
    assert len(set(rows)) < len(rows)  # without a sort rows repeat


@pytest.mark.parametrize(
    "moments", [(37, 141), pytest.param(range(10, 400, 23), marks=pytest.mark.nightly)]
)
def test_killed_and_called_again(
    office: Office, serving: Serving, rows: Reports, moments: Iterable[int]
) -> None:
    kills = 0
    for moment in moments:
        told = [str(office.folder), serving.address, str(moment)]
        ended = subprocess.run([sys.executable, "-m", RUNNER, *told], cwd=ROOT, check=False)
        kills += ended.returncode == -signal.SIGKILL
    assert kills >= 2
    office.run()
    is_right(office, rows)
    asked = serving.asked()
    # A question answered in the very moment of the kill was not kept, so it may be asked once more.
    assert sum(asked.values()) - len(asked) <= kills

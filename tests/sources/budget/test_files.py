"""Files of the Ministry in every form give the figures of the service; bad ones change nothing."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from smup.sources.budget import read_file
from smup.sources.budget.forms import reports as forms
from smup.sources.budget.making import Workshop
from smup.sources.provider import Outcome
from tests.contract.bestia import Row
from tests.contract.serving import Serving
from tests.sources.budget.desk import SINCE, Office
from tests.sources.budget.invented import Reports, expected
from tests.sources.budget.packages import (
    LONG,
    PATHS,
    SHORT,
    as_csv,
    as_xml,
    of_year,
    zipped,
)

YearRows = Mapping[str, list[Row]]


@pytest.fixture
def alone(tmp_path: Path) -> Office:
    """A desk without a network."""
    return Office(tmp_path / "office")


def hand_in(office: Office, name: str, content: bytes) -> Outcome:
    path = office.folder / name
    path.write_bytes(content)
    with office.desk() as desk:
        return read_file(desk, path)


def csvs(rows: YearRows, headers: Mapping[str, str], encoding: str) -> dict[str, bytes]:
    return {
        f"{form.replace('-', '')}_2024Q4.csv": as_csv(rows[path], form, headers, encoding)
        for form, path in PATHS.items()
    }


def short_zip(rows: YearRows) -> dict[str, bytes]:
    files = csvs(rows, SHORT, "cp1250")
    return {"Rb_2024Q4.zip": zipped({**files, "Rb28sd_2024Q4.csv": b"A;B\r\n1;2\r\n"})}


FORMS: dict[str, Callable[[YearRows], dict[str, bytes]]] = {
    "a zip of CSV with short headers in cp1250": short_zip,
    "CSV files with short headers in UTF-8": lambda rows: csvs(rows, SHORT, "utf-8-sig"),
    "an XML package": lambda rows: {"Sprawozdania[2024].xml": as_xml(rows)},
    "a zipped XML package": lambda rows: {"paczka.zip": zipped({"a.xml": as_xml(rows)})},
}


@pytest.mark.parametrize("made", FORMS.values(), ids=FORMS)
def test_files_tell_what_the_service_tells(
    alone: Office, rows: Reports, made: Callable[[YearRows], dict[str, bytes]]
) -> None:
    year = of_year(rows, 2024)
    files = made(year)
    for name in sorted(files, key=lambda name: "NDS" not in name):  # totals first
        outcome = hand_in(alone, name, files[name])
        assert outcome.tables, outcome.findings
        assert {f.code for f in outcome.findings} == {"rb-zwiazek", "wiersz-spoza-podzialu"}
    for source in forms():
        assert alone.all_figures(source) == expected(year, source, SINCE), source


@pytest.mark.parametrize("encoding", ["cp1250", "utf-8", "utf-8-sig"])
def test_long_headers(alone: Office, rows: Reports, encoding: str) -> None:
    """They do not say the type of a powiat, so a union of powiats cannot be told from a powiat
    that stands under the same code: neither lands."""
    year = of_year(rows, 2024)
    content = as_csv(year["pozycje-rb28s"], "Rb-28S", LONG, encoding)
    outcome = hand_in(alone, "Rb28S_2024Q4.csv", content)
    told = expected(year, "mf-rb-28s", SINCE)
    figures = alone.all_figures("mf-rb-28s")
    assert figures == {key: value for key, value in told.items() if key[1] != "0201"}
    assert "sprzeczne-wiersze" in {f.code for f in outcome.findings}
    assert "rb-brak-sumy" in {f.code for f in outcome.findings}


def test_only_the_newest_version_counts(alone: Office, rows: Reports) -> None:
    year = of_year(rows, 2024)
    older = {
        path: [{**row, "sprawozdanie-wersja": "9"} for row in lines] for path, lines in year.items()
    }
    for path, lines in older.items():
        for field in ("pl", "ww", "dw", "p", "w", "z"):
            lines += [
                {**row, field: "7,00", "sprawozdanie-wersja": "2"}
                for row in year[path]
                if field in row and field in ("ww", "dw", "w", "z")
            ]
    both = b"".join(as_xml_versions(older))
    outcome = hand_in(alone, "Sprawozdania.xml", both)
    assert outcome.tables, outcome.findings
    assert alone.all_figures("mf-rb-28s") == expected(year, "mf-rb-28s", SINCE)


def as_xml_versions(rows: YearRows) -> list[bytes]:
    """One package in which every body hands in each version as a report of its own."""
    parts = [
        as_xml(
            {p: [r for r in lines if r["sprawozdanie-wersja"] == v] for p, lines in rows.items()}
        )
        for v in ("9", "2")
    ]
    inside = [part.split(b"<Jednostki>")[1].split(b"</Jednostki>")[0] for part in parts]
    return [b"<PaczkaSprawozdan><Jednostki>", *inside, b"</Jednostki></PaczkaSprawozdan>"]


PERIODS = {
    "a quarter in figures": ("2024", "Kwartał", "4", ""),
    "a quarter in Roman figures": ("2024", "kwartalny", "IV", ""),
    "no kind of period": ("2024", "", "4", ""),
    "the third quarter": ("2024", "Kwartał", "3", "rb-inny-okres"),
    "April": ("2024", "Miesiąc", "4", "rb-inny-okres"),
    "no year": ("XX", "Kwartał", "4", "nieczytelny-rok"),
}


@pytest.mark.parametrize(("year", "kind", "period", "code"), PERIODS.values(), ids=PERIODS)
def test_the_period_of_a_package(
    alone: Office, rows: Reports, year: str, kind: str, period: str, code: str
) -> None:
    told = f"<Okres><Rok>{year}</Rok><TypOkresu>{kind}</TypOkresu><Okres>{period}</Okres></Okres>"
    package = as_xml(of_year(rows, 2024)).replace(b"<Naglowek>", f"{told}<Naglowek>".encode())
    outcome = hand_in(alone, "Sprawozdania.xml", package)
    errors = {f.code for f in outcome.findings if f.severity == "error"}
    assert errors == ({code} if code else set())
    assert bool(outcome.tables) == (not code)


def test_a_period_after_the_rows_is_refused(alone: Office, rows: Reports) -> None:
    package = as_xml(of_year(rows, 2024)).replace(b"</Pozycje>", b"</Pozycje><Rok>2023</Rok>", 1)
    outcome = hand_in(alone, "Sprawozdania.xml", package)
    assert [f.code for f in outcome.findings] == ["nieczytelny-plik"]


def test_a_year_from_a_file_is_not_asked_for(
    tmp_path: Path, serving: Serving, rows: Reports
) -> None:
    office = Office(tmp_path / "office", serving)
    hand_in(office, "Rb.xml", as_xml(of_year(rows, 2024)))
    outcome = office.run()
    assert all("2024" not in question for question in serving.asked())
    assert {name.rpartition(".")[2] for name in outcome.tables} == {"2023"}
    for source in forms():
        assert office.all_figures(source) == expected(rows, source, SINCE), source


def test_totals_that_come_later_are_checked_without_the_file(alone: Office, rows: Reports) -> None:
    year = of_year(rows, 2024)
    lost = [row for row in year["pozycje-rb28s"] if row is not year["pozycje-rb28s"][0]]
    first = hand_in(alone, "Rb28S_2024Q4.csv", as_csv(lost, "Rb-28S", SHORT, "utf-8"))
    assert "rb-brak-sumy" in {f.code for f in first.findings}
    hand_in(alone, "RbNDS_2024Q4.csv", as_csv(year["pozycje-rbnds"], "Rb-NDS", SHORT, "utf-8"))
    with alone.desk() as desk:
        assert Workshop(desk).must_read_again(forms()["mf-rb-28s"], 2024)


def csv_of(rows: Reports) -> bytes:
    return as_csv(of_year(rows, 2024)["pozycje-rb28s"], "Rb-28S", SHORT, "utf-8")


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]>'
    b"<PaczkaSprawozdan><Jednostki>&x;</Jednostki></PaczkaSprawozdan>"
)
BAD: dict[str, tuple[str, Callable[[Reports], bytes], str]] = {
    "half a CSV": ("Rb28S_2024Q4.csv", lambda r: csv_of(r)[:-9], "nieczytelny-plik"),
    "half an XML": ("a.xml", lambda r: as_xml(of_year(r, 2024))[:-900], "nieczytelny-plik"),
    "half a zip": ("a.zip", lambda r: zipped({"a.xml": b"<a/>" * 99})[:-30], "nieczytelny-plik"),
    "entities": ("a.xml", lambda r: ENTITIES, "nieczytelny-plik"),
    "another XML": ("a.xml", lambda r: b'<?xml version="1.0"?><faktura/>', "nieczytelny-plik"),
    "deep XML": (
        "a.xml",
        lambda r: b'<?xml version="1.0"?><PaczkaSprawozdan>' + b"<a>" * 100_000,
        "nieczytelny-plik",
    ),
    "a zip bomb": (
        "Rb28S_2024Q4.zip",
        lambda r: zipped({"Rb28S_2024Q4.csv": b"0" * 300_000_000}),
        "nieczytelny-plik",
    ),
    "a zip in a zip": ("a.zip", lambda r: zipped({"b.zip": zipped({"c": b"1"})}), "nieczytelny"),
    "an empty zip": ("a.zip", lambda r: zipped({}), "nieczytelny-plik"),
    "a third quarter": ("Rb28S_2024Q3.csv", csv_of, "rb-inny-okres"),
    "no year": ("Rb28s_csv.csv", csv_of, "rb-inny-okres"),
    "a workbook": ("Rb28S_2024Q4.csv", lambda r: b"\xd0\xcf\x11\xe0" * 99, "nieczytelny-plik"),
    "1e308": ("Rb28S_2024Q4.csv", lambda r: changed(csv_of(r), b"1e308"), "nieczytelna-liczba"),
    "a huge amount": (
        "Rb28S_2024Q4.csv",
        lambda r: changed(csv_of(r), b"9" * 40),
        "nieczytelna-liczba",
    ),
    "a formula": ("Rb28S_2024Q4.csv", lambda r: changed(csv_of(r), b"=1+1"), "nieczytelna-liczba"),
    "three decimals": (
        "Rb28S_2024Q4.csv",
        lambda r: changed(csv_of(r), b"1,234"),
        "nieczytelna-liczba",
    ),
    "no amounts": (
        "Rb28S_2024Q4.csv",
        lambda r: csv_of(r).replace(b'"WW"', b'"XX"'),
        "zmieniony-naglowek",
    ),
    "the same column twice": (
        "Rb28S_2024Q4.csv",
        lambda r: csv_of(r).replace(b'"PT"', b'"WK"'),
        "zmieniony-naglowek",
    ),
    "a thousand columns": (
        "Rb28S_2024Q4.csv",
        lambda r: b";".join([b"a"] * 1000) + b"\n",
        "zmieniony-naglowek",
    ),
    "fewer units": (
        "Rb28S_2024Q4.csv",
        lambda r: as_csv(
            [x for x in of_year(r, 2024)["pozycje-rb28s"] if x["jednostka-wk"] == "02"],
            "Rb-28S", SHORT, "utf-8",
        ),
        "rb-mniej-jednostek",
    ),
}  # fmt: skip


def changed(content: bytes, cell: bytes) -> bytes:
    """The first amount of the file replaced: it is that of a gmina."""
    header, first, *rest = content.split(b"\r\n")
    return b"\r\n".join([header, first.rpartition(b";")[0] + b";" + cell, *rest])


@pytest.mark.parametrize(("name", "content", "code"), BAD.values(), ids=BAD)
def test_a_bad_file_changes_nothing(
    alone: Office, rows: Reports, name: str, content: Callable[[Reports], bytes], code: str
) -> None:
    hand_in(alone, "Rb28S_2024Q4.csv", csv_of(rows))
    tables = alone.bytes_of_tables()
    outcome = hand_in(alone, name, content(rows))
    errors = [f for f in outcome.findings if f.severity == "error"]
    assert errors
    assert any(f.code.startswith(code) for f in errors), errors
    assert not outcome.tables
    assert alone.bytes_of_tables() == tables


def test_a_file_that_is_not_there(alone: Office) -> None:
    with alone.desk() as desk:
        outcome = read_file(desk, alone.folder / "nie-ma.zip")
    assert [f.code for f in outcome.findings] == ["brak-pliku"]

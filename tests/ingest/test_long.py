"""Long tables in columns against a naive reader of the same rules, row by row."""

import csv
import io
import random
from collections import Counter

import numpy as np
import pytest

from smup.ingest import long_blocks
from smup.ingest.figures import Context, Notes
from smup.ingest.keys import Place
from smup.ingest.long import read_long
from smup.ingest.mapping import FileMapping
from smup.ingest.numbers import Sign
from smup.ingest.refusing import SourceError
from smup.panel import Flag, Status
from smup.store.tidy import table_bytes
from tests.helpers.country import country
from tests.ingest.small import units

SIGNS = {"-": Sign(Status.ZERO), "b.d.": Sign(Status.MISSING), "#": Sign(Status.CONFIDENTIAL)}
PLAIN = {
    "path": "proba.csv",
    "dated": "2024",
    "retrieved": "2024-12-31",
    "layout": "long",
    "unit": {"columns": [{"header": "kod"}], "code": "teryt"},
    "year": {"header": "rok"},
    "variable": {"header": "zmienna"},
    "value": {"header": "wartość"},
    "status": {"header": "status"},
    "flagged": {"header": "flagi"},
}
HEADER = "rok,zmienna,status,kod,uwagi,wartość,flagi\n"


def read(text, signs=SIGNS, **changes):
    read_as = FileMapping.model_validate({**PLAIN, **changes})
    notes = Notes("proba", "proba.csv")
    content = text if isinstance(text, bytes) else text.encode()
    return read_long(content, Context(read_as, units(), signs, notes)), notes.findings()


def naive(text):
    """Facts by key as (value, status, flags), from csv and dictionaries; codes of findings."""
    found, said, odd = {}, Counter(), Counter()
    place = units().place
    read_as = FileMapping.model_validate(PLAIN)
    statuses = {s.name.lower(): s for s in Status}
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        if len(row) != 7:
            said["zly-uklad-wiersza"] += 1
            continue
        year, variable, status, code, _, value, flags = row
        where = place(read_as, code)
        if not isinstance(where, Place):
            said[where.code] += 1
            continue
        if not (len(year) == 4 and year.isdecimal()):
            said["nieczytelny-rok"] += 1
            continue
        sign = SIGNS.get(value.strip())
        if sign:
            number, state = (0.0 if sign.status is Status.ZERO else None), sign.status
        elif not value.strip():
            number, state = None, Status.MISSING
        else:
            try:
                number = float(value)
            except ValueError:
                said["nieczytelna-liczba"] += 1
                continue
            if not np.isfinite(number):
                said["nieczytelna-liczba"] += 1
                continue
            state = Status.OBSERVED if number else Status.ZERO
        if status and (statuses[status] in (Status.OBSERVED, Status.ZERO)) != (number is not None):
            said["nieczytelna-liczba"] += 1
            continue
        if status and number is None:
            state = statuses[status]
        flag = Flag.NONE
        for name in flags.split():
            flag |= Flag[name.upper()]
        key = (variable, where.unit, int(year))
        odd[key] += 1
        found[key] = (number, state, flag)
    for key in [k for k, n in odd.items() if n > 1]:
        said["zdublowany-klucz"] += odd[key]
        del found[key]
    return found, said


def as_dict(table):
    return {(f.variable, f.unit, f.year): (f.value, f.status, f.flags) for f in table.facts()}


def made(rows=4000, seed=1):
    """Rows of all sorts: figures, signs, gaps, and everything that can be wrong with one."""
    chance = random.Random(seed)
    codes = [u.code for u in country() if u.levels and u.exists_in(2020) and u.exists_in(2024)]
    keys = [(v, c, y) for v in ("a_b", "ludnosc") for c in codes for y in range(2020, 2025)]
    chance.shuffle(keys)
    lines = []
    for variable, code, year in (keys * (rows // len(keys) + 1))[: max(rows, len(keys))]:
        value = chance.choice(["1", "0", "-2.5", "1e3", "-", "", "b.d.", "#", ".5", "12.25"])
        status = "confidential" if not value and chance.random() < 0.5 else ""
        flags = chance.choice(["", "", "break", "provisional low_precision"])
        lines.append(f"{year},{variable},{status},{code},x,{value},{flags}")
        odd = chance.random()
        if odd < 0.01:
            lines.append(f"{year},{variable},,999999,x,1,")
        elif odd < 0.02:
            lines.append(f"20x4,{variable},,{code},x,1,")
        elif odd < 0.03:
            lines.append(f"{year},{variable},,{code},x,inf,")
        elif odd < 0.04:
            lines.append(f"{year},{variable},,{code},x")
        elif odd < 0.05:
            lines.append(f"{year},{variable},missing,{code},x,5,")
        elif odd < 0.06:
            lines.append(f"{year},{variable},,{code},x,dużo,")
    return lines


@pytest.mark.parametrize("block", [1 << 24, 300])
def test_a_table_of_all_sorts_reads_as_row_by_row(monkeypatch, block):
    """Once as one block, once in blocks of some lines."""
    monkeypatch.setattr(long_blocks, "_BLOCK", block)
    lines = made(rows=1)
    text = HEADER + "\n".join(lines) + "\n"
    table, findings = read(text)
    expected, said = naive(text)
    assert as_dict(table) == expected
    assert len(expected) > 50
    assert table.rows == len(lines) - said["zly-uklad-wiersza"]
    assert {f.code for f in findings} == set(said)


def test_a_key_given_twice_lands_nowhere_and_is_said_once():
    """Everything twice: nothing lands, and the finding counts the rows."""
    lines = [line for line in made(rows=1) if line.count(",") == 6]
    text = HEADER + "\n".join(lines + lines) + "\n"
    table, findings = read(text)
    expected, _ = naive(text)
    assert as_dict(table) == expected == {}
    (doubled,) = [f for f in findings if f.code == "zdublowany-klucz"]
    assert "takich wierszy" in doubled.message


def test_line_numbers_are_those_of_the_file(monkeypatch):
    monkeypatch.setattr(long_blocks, "_BLOCK", 64)
    rows = [f"2024,a,,{code},x,1," for code in ("040101", "040102")]
    bad = "2024,a,,040103,x"
    text = HEADER + "\n".join([rows[0], bad, rows[1], "", "2024,a,,048888,x,1,"]) + "\n"
    table, findings = read(text)
    assert len(table) == 2
    assert {(f.code, f.row) for f in findings} >= {
        ("zly-uklad-wiersza", 3),
        ("pusty-wiersz", 5),
        ("nieznana-jednostka", 6),
    }


def test_parts_are_summed_as_the_mapping_says():
    """040101 is given by its town and rural area."""
    text = HEADER + "2024,a,,0401014,x,1,\n2024,a,,0401015,x,2,\n2024,a,,040102,x,5,\n"
    assert as_dict(read(text, parts="sum")[0])[("a", "040101", 2024)][0] == 3
    table, findings = read(text)
    assert set(as_dict(table)) == {("a", "040102", 2024)}
    assert {f.code for f in findings} == {"tylko-czesci"}


def test_a_year_without_any_value_is_not_filled_in_yet():
    text = HEADER + "2023,a,,040101,x,5,\n2024,a,,040101,x,b.d.,\n2024,a,,040102,x,,\n"
    table, findings = read(text)
    assert set(as_dict(table)) == {("a", "040101", 2023)}
    assert [f.code for f in findings] == ["pusty-rok"]


@pytest.mark.parametrize(
    ("changes", "cell", "value"),
    [
        ({"decimal": ","}, '"1044,93"', 1044.93),
        ({"decimal": ",", "thousands": " "}, '"1 234 567,5"', 1234567.5),
        ({"thousands": ","}, '"1,234"', 1234.0),
        ({}, "1e-05", 1e-05),
        ({"encoding": "cp1250"}, "7", 7.0),
        ({"encoding": "utf-16"}, "7", 7.0),
    ],
)
def test_numbers_are_read_as_the_mapping_says(changes, cell, value):
    text = HEADER + f"2024,a,,040101,ż,{cell},\n2024,a,,040102,ż,0,\n"
    table, findings = read(text.encode(changes.get("encoding", "utf-8")), **changes)
    assert as_dict(table)[("a", "040101", 2024)][0] == value
    assert as_dict(table)[("a", "040102", 2024)][:2] == (0.0, Status.ZERO)
    assert not findings


def test_a_sign_that_looks_like_a_number_is_a_sign():
    signs = {"0": Sign(Status.BELOW_FORMAT)}
    table, _ = read(HEADER + "2024,a,,040101,x,0,\n2024,a,,040102,x,5,\n", signs)
    assert as_dict(table)[("a", "040101", 2024)] == (None, Status.BELOW_FORMAT, Flag.NONE)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (HEADER, "nie ma wierszy"),
        (HEADER + '2024,a,,040101,"x\ny",1,\n', "koniec wiersza"),
        (HEADER + '2024,a,,040101,"x,1,\n' + "2024,a,,040102,x,1,\n" * 2, "cudzysłów"),
        ("rok,zmienna,kod\n2024,a,040101\n", "status"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(text, part):
    with pytest.raises(SourceError) as caught:
        read(text)
    assert part in str(caught.value)


def test_the_panel_holds_the_same_figures():
    table, _ = read(HEADER + "\n".join(made(rows=1)) + "\n")
    panel = table.panel([u.code for u in country()])
    for (variable, unit, year), (value, status, flags) in as_dict(table).items():
        assert panel.cell(variable, year, unit) == (value, status, int(flags))
    assert int(panel.has_value.sum()) == sum(f.value is not None for f in table.facts())


def test_the_tidy_table_is_the_same_bytes_as_of_the_facts():
    values = ["0.00001", "1e300", "123456789012345680", "0.1", "-3", "1e16", "2.5e15", "b.d.", "7"]
    codes = [u.code for u in country() if u.levels and u.exists_in(2024)]
    cells = zip(codes, values, strict=False)
    text = HEADER + "".join(f"2024,a,,{code},x,{value},break\n" for code, value in cells)
    text += "2024,b,,040101,x,1,\n2023,a,,040101,x,1,\n"
    table, _ = read(text)
    meta = [("source", "proba"), ("file", "proba.csv")]
    assert b"".join(table.pieces(meta)) == table_bytes(meta, table.facts())

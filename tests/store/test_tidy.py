"""Tidy tables: what is written is read back, and nothing else is accepted."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.panel import Flag, Status
from smup.store.files import write_whole
from smup.store.tidy import (
    Fact,
    TidyError,
    number_text,
    read_table,
    read_tables,
    table_bytes,
    write_table,
)

META = [("source", "proba"), ("publisher", "Urząd: Próbny"), ("file", "a.csv"), ("file", "b.csv")]

GAPS = [s for s in Status if s >= Status.CONFIDENTIAL]
KEYS = st.tuples(
    st.sampled_from(["ludnosc", "zgony"]),
    st.sampled_from(["PL", "02", "0201", "1408G", "020101"]),
    st.integers(1995, 2030),
)
CONTENTS = st.one_of(
    st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.just(Status.OBSERVED)),
    st.tuples(st.just(0.0), st.just(Status.ZERO)),
    st.tuples(st.none(), st.sampled_from(GAPS)),
)
FACTS = st.dictionaries(
    KEYS, st.tuples(CONTENTS, st.integers(0, 127).map(Flag)), min_size=1, max_size=20
).map(lambda d: [Fact(*key, *content, flags) for key, (content, flags) in d.items()])


@given(FACTS)
def test_every_fact_comes_back_exactly(tmp_path_factory, facts):
    path = tmp_path_factory.mktemp("dane") / "proba.csv"
    write_table(path, META, facts)
    table = read_table(path)
    back = {
        (v, u, int(y)): (None if math.isnan(x) else float(x), Status(int(s)), Flag(int(f)))
        for v, u, y, x, s, f in zip(
            table.variable, table.unit, table.year, table.value, table.status, table.flags,
            strict=True,
        )
    }  # fmt: skip
    assert back == {(f.variable, f.unit, f.year): (f.value, f.status, f.flags) for f in facts}


@given(FACTS, st.randoms())
def test_the_order_of_facts_does_not_matter(facts, random):
    mixed = list(facts)
    random.shuffle(mixed)
    assert table_bytes(META, mixed) == table_bytes(META, facts)


def test_a_table_says_where_its_figures_come_from(tmp_path: Path):
    path = tmp_path / "proba.csv"
    facts = [
        Fact("ludnosc", "020102", 2024, 12.5, Status.OBSERVED, Flag.PROVISIONAL | Flag.JOINT),
        Fact("ludnosc", "020101", 2024, None, Status.CONFIDENTIAL),
    ]
    write_table(path, META, facts)
    assert path.read_text(encoding="utf-8") == (
        "# source: proba\n# publisher: Urząd: Próbny\n# file: a.csv\n# file: b.csv\n"
        "variable,unit,year,value,status,flags\n"
        "ludnosc,020101,2024,,confidential,\n"
        "ludnosc,020102,2024,12.5,observed,provisional joint\n"
    )
    table = read_table(path)
    assert table.source == "proba"
    assert table.meta == {
        "source": ("proba",),
        "publisher": ("Urząd: Próbny",),
        "file": ("a.csv", "b.csv"),
    }
    assert len(table) == 2


def test_a_line_break_in_the_header_cannot_break_the_table(tmp_path: Path):
    path = tmp_path / "proba.csv"
    write_table(path, [("title", "dwa\nwiersze")], [Fact("a", "PL", 2024, 1.0, Status.OBSERVED)])
    assert read_table(path).meta == {"title": ("dwa wiersze",)}


def test_a_table_without_facts_is_a_table(tmp_path: Path):
    write_table(tmp_path / "proba.csv", META, [])
    assert len(read_table(tmp_path / "proba.csv")) == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (6.7029, "6.7029"),
        (2.0**53, "9007199254740992.0"),
        (1e300, "1e+300"),
    ],
)
def test_numbers_are_written_shortly(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize(
    "fact",
    [
        Fact("a", "PL", 2024, None, Status.OBSERVED),
        Fact("a", "PL", 2024, 1.0, Status.MISSING),
    ],
)
def test_a_value_with_the_status_of_a_gap_is_refused(fact):
    with pytest.raises(ValueError, match="disagree"):
        table_bytes(META, [fact])


HEAD = "variable,unit,year,value,status,flags\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "variable,unit,year\na,PL,2024\n",
        HEAD + "a,PL,2024,1,widoczny,\n",
        HEAD + "a,PL,2024,1,observed,pewna\n",
        HEAD + "a,PL,rok,1,observed,\n",
        HEAD + "a,PL,2024,jeden,observed,\n",
        HEAD + "a,PL,2024,,observed,\n",
        HEAD + "a,PL,2024,1,missing,\n",
        HEAD + "a,PL,2024,1\n",
    ],
)
def test_anything_else_is_refused_with_the_name_of_the_file(tmp_path: Path, text):
    path = tmp_path / "zla.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TidyError, match=r"zla\.csv"):
        read_table(path)


def test_tables_of_a_folder_come_in_order_and_findings_are_none(tmp_path: Path):
    for name in ("b", "a"):
        write_table(tmp_path / f"{name}.csv", META, [])
    (tmp_path / "findings.csv").write_text("code,severity\n")
    assert [(t.name, t.source) for t in read_tables(tmp_path)] == [("a", "proba"), ("b", "proba")]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path):
    path = tmp_path / "proba.csv"
    write_table(path, META, [Fact("a", "PL", 2024, 1.0, Status.OBSERVED)])
    old = path.read_bytes()
    with pytest.raises(ValueError, match="disagree"):
        write_table(path, META, [Fact("a", "PL", 2024, None, Status.OBSERVED)])
    with pytest.raises(TypeError):
        write_whole(path, None, durable=True)  # type: ignore[arg-type]  # the write itself breaks
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def test_shipped_tables_are_sorted_and_hold_each_key_once(root: Path):
    for table in read_tables(root / "data"):
        keys = list(zip(table.variable, table.unit, table.year.tolist(), strict=True))
        assert keys == sorted(set(keys)), table.source
        assert np.isfinite(table.value).any()
        for key in ("publisher", "title", "licence", "file", "sha256", "dated", "retrieved"):
            assert all(table.meta[key]), (table.source, key)


def test_a_header_without_a_text_is_refused_before_it_blocks_a_release():
    with pytest.raises(ValueError, match="header without a text: dated"):
        table_bytes([*META, ("dated", " ")], [])

"""Files of every form read as the same rows; hostile ones are refused in one sentence."""

import gzip
import io
import json
import re
import struct
import subprocess
import sys
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smup.ingest import apart
from smup.ingest.table import SourceError, read_table
from tests.ingest.small import mapping
from tests.ingest.test_table import ROWS, old_workbook, workbook

CSV = "kod,rok,liczba\n020101,2024,5.5\n020102,2024,-\n"
OBJECTS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


def ods(rows):
    """The least that an OpenDocument spreadsheet must have."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if not isinstance(cell, str)
            else '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    body = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Dane">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": body}
        | {"META-INF/manifest.xml": '<?xml version="1.0"?><manifest/>'}
    )


def packed(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def parquet(rows):
    columns = zip(*[[str(cell) for cell in row] for row in rows[1:]], strict=True)
    table = pa.table(dict(zip(rows[0], [list(c) for c in columns], strict=True)))
    content = io.BytesIO()
    pq.write_table(table, content)
    return content.getvalue()


def cells(path, content, **changes):
    table = read_table(mapping(path=path, **changes), content)
    assert table.headers == ("kod", "rok", "liczba")
    assert [row.number for row in table.rows] == [2, 3]
    return [tuple(str(c).removesuffix(".0") for c in row.cells) for row in table.rows]


@pytest.mark.parametrize(
    ("path", "content", "changes"),
    [
        ("p.ods", ods(ROWS), {"sheet": "Dane"}),
        ("p.json", json.dumps(OBJECTS).encode(), {}),
        ("p.json", json.dumps({"ile": 2, "data": OBJECTS, "nic": []}).encode(), {}),
        ("p.json", json.dumps({"a": [1], "data": OBJECTS}).encode(), {"sheet": "data"}),
        ("p.parquet", parquet(ROWS), {}),
        ("p.tsv", CSV.replace(",", "\t").encode(), {"separator": "\t"}),
        ("p.txt", CSV.replace(",", "|").encode("utf-16"), {"separator": "|", "encoding": "utf-16"}),
        ("p.zip", packed({"dane/p.csv": CSV}), {}),
        ("p.zip", packed({"a.csv": CSV, "b.csv": "x"}), {"inside": "a.csv"}),
        ("p.zip", packed({"p.xlsx": workbook(ROWS)}), {}),
        ("p.json.gz", gzip.compress(json.dumps(OBJECTS).encode()), {}),
    ],
)
def test_every_form_gives_the_same_rows(path, content, changes):
    assert cells(path, content, **changes) == [
        ("020101", "2024", "5.5"),
        ("020102", "2024", "-"),
    ]


def test_objects_inside_objects_are_columns_with_a_dot():
    content = json.dumps([{"kod": {"gmina": "020101"}, "rok": 2024, "liczba": None}]).encode()
    table = read_table(mapping(path="p.json"), content)
    assert table.headers == ("kod.gmina", "rok", "liczba")
    assert table.rows[0].cells == ("020101", 2024.0, "")


def changed(content, part, change):
    """A package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[part] = change(files[part])
    return packed(files)


SHEET = "xl/worksheets/sheet1.xml"


def far(cell, row):
    """A sheet with one more cell, far away: read whole it has as many cells as the way there."""
    more = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return changed(workbook(ROWS), SHEET, lambda b: b.replace(b"</sheetData>", more))


def laughing():
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    kind = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'.encode()
    return changed(
        workbook(ROWS),
        "xl/sharedStrings.xml",
        lambda b: b.replace(b"<sst", kind + b"<sst").replace(b">kod<", b">&a9;<"),
    )


def lying_zip():
    """A zip whose directory says a tenth of what is inside."""
    content = bytearray(packed({"p.csv": CSV * 1000}))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, len(CSV) * 100)
    return bytes(content)


def locked_zip():
    """A zip that says its file is encrypted."""
    content = bytearray(packed({"p.csv": CSV}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.rfind(sign)
        struct.pack_into("<H", content, at + offset, 1)
    return bytes(content)


BOMB = gzip.compress(b"0" * 100_000_000, 6)
HOSTILE = {
    "gzip bomb": ("p.csv.gz", BOMB, "wielokrotnie większy"),
    "zip bomb": ("p.zip", packed({"p.csv": b"0" * 60_000_000}), "wielokrotnie większy"),
    "bomb in a workbook": (
        "p.xlsx",
        changed(workbook(ROWS), SHEET, lambda b: b + b" " * 60_000_000),
        "wielokrotnie większy",
    ),
    "a zip that lies": ("p.zip", lying_zip(), "uszkodzone"),
    "a zip with a password": ("p.zip", locked_zip(), "zaszyfrowany"),
    "a way out of a zip": ("p.zip", packed({"../p.csv": CSV}), "niedozwoloną nazwę"),
    "two files": ("p.zip", packed({"a.csv": CSV, "b.csv": CSV}), "wskaż jeden"),
    "last column and row": ("p.xlsx", far("XFD1048576", 1_048_576), "najwięcej|za dużo pamięci"),
    "a billion columns": ("p.xlsx", far("ZZZZZZ3", 3), "najwięcej|za dużo pamięci|uszkodzony"),
    "entities": ("p.xlsx", laughing(), "definicje"),
    "a password": (
        "p.xlsx",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "zaszyfrowany",
    ),
    "a page": ("p.xls", b"<html><table><tr><td>1</td></tr></table></html>", "strona HTML"),
    "a picture of text": ("p.csv", b"%PDF-1.7 ...", "PDF"),
    "a document": ("p.xlsx", packed({"[Content_Types].xml": "x", "word/a.xml": "x"}), "dokument"),
    "half a json": ("p.json", json.dumps(OBJECTS).encode()[:-9], "JSON"),
    "a key given twice": ("p.json", b'[{"a": 1, "a": 2}]', "dwa razy"),
    "no number": ("p.json", b'[{"a": NaN}]', "nie jest liczb"),
    "a deep json": ("p.json", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "zagnieżdżony|JSON"),
    "half a parquet": ("p.parquet", parquet(ROWS)[:-9], "Parquet|popraw nazwę"),
    "one endless line": ("p.csv", b"," * 5_000_000, "to nie jest tabela"),
    "an endless cell": ("p.csv", b'kod,rok,liczba\n"' + b"x\n" * 3_000_000, "CSV|tabela"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(name):
    path, content, part = HOSTILE[name]
    with pytest.raises(SourceError) as caught:
        read_table(mapping(path=path), content)
    assert caught.value.code == "nieczytelny-plik"
    assert re.search(part, str(caught.value)), str(caught.value)
    assert str(caught.value).startswith(path)
    assert "\n" not in str(caught.value)


PROGRAM = """
import resource, sys
from tests.ingest.test_formats import HOSTILE, read_all
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_all()
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(own, children)
"""


def read_all():
    for path, content, _ in HOSTILE.values():
        try:
            read_table(mapping(path=path), content)
        except SourceError:
            continue
        raise AssertionError(path)


def test_memory_stays_bounded_whatever_the_file():
    """All of them in one process: what is inside a bomb never comes to be, nor a sheet of 17
    thousand million cells."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    own, children = map(int, done.stdout.split())
    assert own < 400_000  # KB
    assert children < 1_500_000


def test_a_file_that_needs_more_memory_than_its_process_may_take_is_refused(monkeypatch):
    monkeypatch.setattr(apart, "_MEMORY", 100_000_000)
    with pytest.raises(SourceError, match="za dużo pamięci"):
        read_table(mapping(path="p.json"), json.dumps(OBJECTS * 200_000).encode())


def test_formulas_are_the_values_kept_beside_them():
    """Nothing is calculated or fetched; a formula is what the last program wrote as its value."""
    formula = b'<c r="C2"><f>HYPERLINK("http://example.pl","x")</f><v>7</v></c>'
    content = changed(
        workbook(ROWS), SHEET, lambda b: b.replace(b'<c r="C2"><v>5.5</v></c>', formula)
    )
    assert formula in zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    assert read_table(mapping(path="p.xlsx"), content).rows[0].cells[2] == 7.0


def test_a_number_beyond_all_is_a_text_and_so_no_figure():
    content = changed(workbook(ROWS), SHEET, lambda b: b.replace(b"<v>5.5</v>", b"<v>1e999</v>"))
    assert read_table(mapping(path="p.xlsx"), content).rows[0].cells[2] == "inf"


def test_an_old_workbook_under_a_new_name_is_refused():
    with pytest.raises(SourceError, match=r"nazwa mówi \.xlsx, a to jest arkusz Excela \(XLS\)"):
        read_table(mapping(path="p.xlsx"), old_workbook(ROWS))

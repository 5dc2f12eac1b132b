"""TERC editions: three file forms, two variants, one shape."""

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from smup.ingest.terc import TercError, edition_of, read_edition, read_editions
from smup.territory import Kind
from tests.contract.teryt import zipped

# A mixed gmina, a city with powiat rights, Warsaw: as the official variant lists them ...
OFFICIAL = """\
WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
14;;;;MAZOWIECKIE;województwo;2020-01-01
14;08;;;legionowski;powiat;2020-01-01
14;08;01;1;Legionowo;gmina miejska;2020-01-01
14;08;04;3;Serock;gmina miejsko-wiejska;2020-01-01
14;08;04;4;Serock;miasto;2020-01-01
14;08;04;5;Serock;obszar wiejski;2020-01-01
14;08;05;2;Wieliszew;gmina wiejska;2020-01-01
14;62;;;M. Płock;miasto na prawach powiatu;2020-01-01
14;62;01;1;Płock;gmina miejska;2020-01-01
14;65;;;m. st. Warszawa;miasto stołeczne, na prawach powiatu;2020-01-01
14;65;01;1;Warszawa;gmina miejska, miasto stołeczne;2020-01-01
14;65;02;8;Bemowo;dzielnica;2020-01-01
"""
# ... and the same as the address variant does.
LEFT_OUT = ("14;08;04;3;", "14;65;01;1;")
ADDRESS = "".join(
    line for line in OFFICIAL.splitlines(keepends=True) if not line.startswith(LEFT_OUT)
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    return path


def as_json(text: str) -> str:
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    return json.dumps([row | {"RODZ": int(row["RODZ"]) if row["RODZ"] else None} for row in rows])


def as_xml(text: str) -> str:
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    names = {"NAZWA_DOD": "NAZDOD"}
    body = "".join(
        "<row>"
        + "".join(f'<col name="{names.get(key, key)}">{cell}</col>' for key, cell in row.items())
        + "</row>"
        for row in rows
    )
    return f'<teryt><catalog name="TERC" type="all" date="2020-01-01">{body}</catalog></teryt>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("terc_a.csv.gz", OFFICIAL),
        ("terc_b.csv.gz", ADDRESS),
        ("terc_c.json.gz", as_json(OFFICIAL)),
        ("terc_d.xml.gz", as_xml(OFFICIAL)),
    ],
)
def test_every_form_and_variant_gives_the_same_units(tmp_path: Path, name: str, text: str) -> None:
    edition = read_edition(write(tmp_path, name, text))
    assert edition.day == date(2020, 1, 1)
    assert {c: (e.name, e.kind, e.teryt7) for c, e in edition.units.items()} == {
        "14": ("mazowieckie", Kind.WOJEWODZTWO, None),
        "1408": ("legionowski", Kind.POWIAT, None),
        "140801": ("Legionowo", Kind.GMINA_MIEJSKA, "1408011"),
        "140804": ("Serock", Kind.GMINA_MIEJSKO_WIEJSKA, "1408043"),
        "140805": ("Wieliszew", Kind.GMINA_WIEJSKA, "1408052"),
        "1462": ("Płock", Kind.MIASTO, "1462011"),
        "1465": ("Warszawa", Kind.MIASTO, "1465011"),
    }
    assert {c: (p.unit, p.what) for c, p in edition.parts.items()} == {
        "1408044": ("140804", "miasto"),
        "1408045": ("140804", "obszar-wiejski"),
        "1465028": ("1465", "dzielnica"),
    }


def test_a_zip_of_the_service_is_read(tmp_path: Path) -> None:
    whole = edition_of("TERC.zip", zipped("TERC_2020", OFFICIAL))
    assert whole.units == read_edition(write(tmp_path, "terc_a.csv.gz", OFFICIAL)).units
    assert edition_of("TERC.csv", OFFICIAL.encode("utf-8-sig")).units == whole.units


def test_hostile_files_are_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"0" * 70_000_000)
    with pytest.raises(TercError, match="po rozpakowaniu ma ponad 64 MB"):
        edition_of("terc_x.csv.gz", bomb)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("TERC.csv", b"0" * 70_000_000)
    with pytest.raises(TercError, match="po rozpakowaniu ma ponad 64 MB"):
        edition_of("TERC.zip", packed.getvalue())
    with pytest.raises(TercError, match="w archiwum nie ma pliku"):
        edition_of("TERC.zip", other_zip())
    entity = '<!DOCTYPE a [<!ENTITY b "c">]>' + as_xml(OFFICIAL)
    with pytest.raises(TercError, match="nie da się odczytać rejestru"):
        edition_of("TERC.xml", entity.encode())


def other_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("TERC.exe", b"MZ")
    return packed.getvalue()


def test_an_unknown_kind_is_refused_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, "terc_x.csv.gz", OFFICIAL.replace("05;2;Wieliszew", "05;7;Wieliszew"))
    with pytest.raises(TercError, match=r"terc_x\.csv\.gz: nieznany rodzaj „7” .* Wieliszew"):
        read_edition(path)


def test_two_days_in_one_file_are_refused(tmp_path: Path) -> None:
    text = OFFICIAL.replace("legionowski;powiat;2020", "legionowski;powiat;2021")
    with pytest.raises(TercError, match="jeden stan na dzień oczekiwany, jest 2"):
        read_edition(write(tmp_path, "terc_x.csv.gz", text))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("terc_x.csv.gz", b"not gzip"),
        ("terc_x.csv.gz", gzip.compress(OFFICIAL.encode())[:60]),
        ("terc_x.csv.gz", gzip.compress(b"WOJ;POW\n14;08\n")),
        ("terc_x.json.gz", gzip.compress(b"{")),
        ("terc_x.xml.gz", gzip.compress(b"<teryt><row>")),
    ],
    ids=["not-gzip", "half-a-file", "wrong-columns", "broken-json", "broken-xml"],
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TercError, match=r"^terc_x\..*nie da się odczytać rejestru"):
        read_edition(tmp_path / name)


def test_a_folder_without_registers_says_so(tmp_path: Path) -> None:
    with pytest.raises(TercError, match="nie ma plików rejestru TERC"):
        read_editions(tmp_path)


@pytest.mark.sources
def test_official_editions_agree_with_the_list_that_others_derived(official: Path) -> None:
    expected: dict[str, set[tuple[str, str]]] = {}
    path = official / "teryt/derived_gminas_2017_2020_2022_2024_2026.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            expected.setdefault(row["stan_na"], set()).add((row["teryt7"], row["gmina"]))
    editions = read_editions(official / "teryt")
    assert [str(e.day) for e in editions] == sorted(expected)
    for edition in editions:
        ours = {(e.teryt7, e.name) for e in edition.units.values() if e.teryt7}
        assert ours == expected[str(edition.day)]


@pytest.mark.sources
def test_official_counts(official: Path) -> None:
    for edition in read_editions(official / "teryt"):
        kinds = Counter(entry.kind for entry in edition.units.values())
        assert kinds[Kind.WOJEWODZTWO] == 16
        assert kinds[Kind.POWIAT] == 314
        assert kinds[Kind.MIASTO] == 66

"""PX, pivoted CSV, XLSX, HTML, Parquet and JSON-stat of one small table written out by hand."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from jsonstat_validator import validate_jsonstat
from pyaxis import pyaxis
from pyjstat import pyjstat
from python_calamine import CalamineWorkbook

from smup.formats import cube_parquet, html_table, jsonstat, pivot, px
from smup.formats.cube import Axis, Cube
from smup.panel import Flag, Status

# rows: liczba, udział x Bór, "Dom" Lasu; columns 2023, 2024
_VALUES = [[[5.0, 0.0], [np.nan, 1234.0]], [[np.nan, -0.5], [12.25, np.nan]]]
_STATUS = [
    [[Status.OBSERVED, Status.ZERO], [Status.CONFIDENTIAL, Status.OBSERVED]],
    [[Status.MISSING, Status.OBSERVED], [Status.OBSERVED, Status.NOT_YET]],
]
_FLAGS = [[[0, 0], [0, Flag.PROVISIONAL]], [[Flag.ESTIMATED, 0], [0, 0]]]


@pytest.fixture
def cube() -> Cube:
    return Cube(
        axes=(
            Axis("metric", "Wskaznik", "Wskaźnik", ("liczba", "udzial"), ("Liczba", "Udział")),
            Axis("geo", "Jst", "Jednostka", ("020104", "020105"), ("Bór", '"Dom" Lasu')),
            Axis("time", "Rok", "Rok", ("2023", "2024"), ("2023", "2024")),
        ),
        stub=2,
        values=np.array(_VALUES),
        status=np.array(_STATUS, np.uint8),
        flags=np.array(_FLAGS, np.uint8),
        decimals={"liczba": 0, "udzial": 2},
        measures={"liczba": "os.", "udzial": "%"},
        title="Próba",
        source="Urząd",
        notes=(),
        release="wydanie-1",
        created=datetime(2026, 11, 22, 4, 5, tzinfo=UTC),
        synthetic=False,
        lang="pl",
    )


def test_a_px_file_holds_figures_as_published_and_dots_for_gaps(cube: Cube) -> None:
    text = px.encode(cube, "U7", ("O1", "Edukacja")).decode()
    assert text.split("DATA=\r\n")[1] == '5 0\r\n".." 1234\r\n"." -0.50\r\n12.25 "....";\r\n'
    for line in (
        'TITLE="Próba";',
        'STUB="Wskaźnik","Jednostka";',
        'HEADING="Rok";',
        """VALUES("Jednostka")="Bór","'Dom' Lasu";""",
        'CODES("Jednostka")="020104","020105";',
        'TIMEVAL("Rok")=TLIST(A1),"2023","2024";',
        'PRECISION("Wskaźnik","Udział")=2;',
        'UNITS("Udział")="%";',
        "DECIMALS=2;",
        'DATASYMBOL2="#";',
    ):
        assert line in text
    assert max(map(len, text.splitlines())) <= 256


def test_a_px_reader_reads_the_same_table(cube: Cube, tmp_path: Path) -> None:
    file = tmp_path / "table.px"
    file.write_bytes(px.encode(cube, "U7", ("O1", "Edukacja")))
    read = pyaxis.parse(str(file), encoding="utf-8")["DATA"]
    assert list(read.columns) == ["Wskaźnik", "Jednostka", "Rok", "DATA"]
    assert read["DATA"].fillna("tajne").tolist() == [
        "5", "0", "tajne", "1234", "", "-0.50", "12.25", '"...."',
    ]  # fmt: skip
    assert read.iloc[3][:3].tolist() == ["Liczba", "'Dom' Lasu", "2024"]


@pytest.mark.filterwarnings(
    "ignore:Shouldn't use this function:DeprecationWarning"
)  # of the reader
def test_a_dataset_passes_the_validator_and_a_reader_reads_it(cube: Cube) -> None:
    body = jsonstat.as_bytes(jsonstat.document(cube))
    document = json.loads(body)
    assert validate_jsonstat(document)
    assert document["value"] == [5, 0, None, 1234, None, -0.5, 12.25, None]
    assert document["status"] == {"2": "#", "4": ".", "7": ":"}
    told = document["extension"]["smup"]
    assert told["gaps"] == {"confidential": [2], "missing": [4], "not_yet": [7]}
    assert told["flags"] == {"provisional": [3]}  # a gap's own flag says nothing of a value
    assert set(told["signs"]) == {"#", ".", ":"}
    frame = pyjstat.Dataset.read(body.decode()).write("dataframe", naming="id")
    assert frame["value"].tolist()[:2] == [5.0, 0.0]
    assert frame.iloc[6][:3].tolist() == ["udzial", "020105", "2023"]


def test_placing_moves_the_cells_with_their_axes(cube: Cube) -> None:
    turned = cube.placed(("geo",), ("time", "metric"))
    assert pivot.csv(turned, "codes", ",", titled=False).decode().splitlines() == [
        "Jst,2023 liczba,2023 udzial,2024 liczba,2024 udzial",
        "020104,5,.,0,-0.50",
        "020105,#,12.25,1234,:",
    ]
    document = json.loads(jsonstat.as_bytes(jsonstat.document(turned)))
    assert document["id"] == ["Jst", "Rok", "Wskaznik"]
    assert document["value"] == [5, None, 0, -0.5, None, 12.25, 1234, None]
    assert document["status"] == {"1": ".", "4": "#", "7": ":"}


def test_a_csv_says_codes_texts_or_both_and_its_title(cube: Cube) -> None:
    text = pivot.csv(cube, "both", ";", titled=True).decode()
    assert text.splitlines()[:3] == [
        "Próba;;;",
        "Wskaźnik;Jednostka;2023;2024",
        "liczba Liczba, os.;020104 Bór;5;0",
    ]
    alone = cube.placed(("metric", "geo", "time"), ())
    assert pivot.csv(alone, "texts", "\t", titled=False).decode().splitlines()[:2] == [
        "Wskaźnik\tJednostka\tRok\tWartość",
        "Liczba, os.\tBór\t2023\t5",
    ]


def test_one_label_may_stand_in_the_title_alone(cube: Cube) -> None:
    first = replace(
        cube,
        axes=(cube.axes[0], replace(cube.axes[1], codes=("PL",), labels=("Polska",)), cube.axes[2]),
        values=cube.values[:, :1],
        status=cube.status[:, :1],
        flags=cube.flags[:, :1],
    ).without("geo")
    assert first.title == "Próba, Polska"
    assert pivot.csv(first, "texts", ",", titled=False).decode().splitlines() == [
        "Wskaźnik,2023,2024",
        '"Liczba, os.",5,0',
        '"Udział, %",.,-0.50',
    ]
    with pytest.raises(ValueError, match="Jst holds 2"):
        cube.without("geo")


def test_a_sheet_holds_numbers_and_signs(cube: Cube) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(pivot.xlsx(cube, "texts", titled=False)))
    rows = book.get_sheet_by_name("Dane").to_python()
    assert rows[1:] == [
        ["Liczba, os.", "Bór", 5, 0],
        ["Liczba, os.", '"Dom" Lasu', "#", 1234],
        ["Udział, %", "Bór", ".", -0.5],
        ["Udział, %", '"Dom" Lasu', 12.25, ":"],
    ]
    notes = book.get_sheet_by_name("Objaśnienia").to_python()
    assert ["Wydanie", "wydanie-1"] in notes


def test_a_page_names_every_row_and_column(cube: Cube) -> None:
    page = html_table.encode(
        cube.placed(("geo",), ("metric", "time")), "texts", titled=True
    ).decode()
    assert '<th class="num" scope="col" colspan="2">Liczba, os.</th>' in page
    assert page.count('<th class="num" scope="col" colspan="1">2024</th>') == 2
    assert "<caption>Próba</caption>" in page
    cells = "".join(f'<td class="num">{text}</td>' for text in ("#", "1234", "12,25", ":"))
    assert f'<th scope="row">&quot;Dom&quot; Lasu</th>{cells}' in page


def test_parquet_has_a_reason_for_every_null(cube: Cube) -> None:
    frame = pd.read_parquet(io.BytesIO(cube_parquet.encode(cube)))
    assert frame["value"].isna().tolist() == [False, False, True, False, True, False, False, True]
    assert frame["status"].tolist()[1:3] == ["zero", "confidential"]
    assert frame.iloc[3].tolist() == ["liczba", "020105", "2024", 1234.0, "observed", "provisional"]
    assert "synthetic" not in frame


def test_invented_figures_say_so_in_every_format(cube: Cube) -> None:
    invented = replace(cube, synthetic=True, title="DANE ZMYŚLONE. Próba", notes=("Zmyślone.",))
    rows = pivot.csv(invented, "texts", ",", titled=False).decode().splitlines()
    assert rows[0].endswith(",Dane zmyślone")
    assert all(row.endswith(",tak") for row in rows[1:])
    assert b"DANE ZMY" in px.encode(invented, "U7", ("O1", "E"))
    assert "<caption>DANE ZMYŚLONE" in html_table.encode(invented, "texts", titled=False).decode()
    assert pd.read_parquet(io.BytesIO(cube_parquet.encode(invented)))["synthetic"].all()
    document = json.loads(jsonstat.as_bytes(jsonstat.document(invented)))
    assert document["extension"]["smup"]["synthetic"] is True
    assert document["note"] == ["Zmyślone."]

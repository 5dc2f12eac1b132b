"""PX files (PC-Axis): keywords, then the cells of the table row by row.

Gaps are the dots of the format, whose meaning ``DATASYMBOL`` gives. Readers take ``..`` for what
is not told for the sake of secrecy, ``.`` for no information. Texts hold no quotation marks:
the format has no way to write them.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from smup.formats.cube import Axis, Cube
from smup.formats.signs import SIGN_BY_CODE, SIGN_WORDS

CONTENT_TYPE = "text/plain; charset=utf-8"
DOTS = {".": ".", "#": "..", "X": "...", ":": "...."}
_WIDTH = 100  # characters of a line; readers may refuse more than 256


def encode(cube: Cube, table: str, subject: tuple[str, str]) -> bytes:
    """The file of a table; ``subject`` are code and name of its subject area."""
    lines = [*_heading(cube, table, subject), *_variables(cube), *_words(cube)]
    return "\r\n".join([*lines, "DATA=", *_data(cube)]).encode() + b";\r\n"


def _heading(cube: Cube, table: str, subject: tuple[str, str]) -> Iterator[str]:
    told = max((cube.decimals[code] for code in _metric(cube).codes), default=0)
    rows, columns = cube.axes[: cube.stub], cube.axes[cube.stub :]
    made = cube.created.strftime("%Y%m%d %H:%M")
    yield from _texts("CHARSET", ["ANSI"])
    yield from _texts("AXIS-VERSION", ["2013"])
    yield from _texts("CODEPAGE", ["utf-8"])
    yield from _texts("LANGUAGE", [cube.lang])
    yield from _texts("CREATION-DATE", [made])
    yield f"DECIMALS={told};"
    yield f"SHOWDECIMALS={told};"
    yield from _texts("MATRIX", [table])
    yield from _texts("TABLEID", [table])
    yield from _texts("SUBJECT-CODE", [subject[0]])
    yield from _texts("SUBJECT-AREA", [subject[1]])
    yield "AGGREGALLOWED=NO;"
    yield "COPYRIGHT=NO;"
    yield from _texts("TITLE", [cube.title])
    yield "DESCRIPTIONDEFAULT=YES;"
    yield from _texts("DESCRIPTION", [cube.title])
    yield from _texts("CONTENTS", [cube.title])
    yield from _texts("UNITS", ["; ".join(dict.fromkeys(cube.measures.values())) or "-"])
    if rows:
        yield from _texts("STUB", [axis.label for axis in rows])
    if columns:
        yield from _texts("HEADING", [axis.label for axis in columns])
    yield from _texts("CONTVARIABLE", [_metric(cube).label])


def _variables(cube: Cube) -> Iterator[str]:
    made = cube.created.strftime("%Y%m%d %H:%M")
    for axis in cube.axes:
        yield from _texts(f'VALUES("{axis.label}")', axis.labels)
        if axis.role == "time":
            yield from _years(axis)
    for axis in cube.axes:
        yield from _texts(f'CODES("{axis.label}")', axis.codes)
    for axis in cube.axes:
        yield from _texts(f'VARIABLECODE("{axis.label}")', [axis.id])
    metric = _metric(cube)
    for code, label in zip(metric.codes, metric.labels, strict=True):
        name = _plain(label)
        yield f'PRECISION("{metric.label}","{name}")={cube.decimals[code]};'
        yield from _texts(f'LAST-UPDATED("{name}")', [made])
        yield from _texts(f'UNITS("{name}")', [cube.measures[code]])


def _years(axis: Axis) -> Iterator[str]:
    listed = ",".join(f'"{year}"' for year in axis.codes)
    yield from _broken(f'TIMEVAL("{axis.label}")=TLIST(A1),{listed};')


def _words(cube: Cube) -> Iterator[str]:
    for place, sign in enumerate(DOTS, start=1):
        yield from _texts(f"DATASYMBOL{place}", [sign])
    yield from _texts("SOURCE", [cube.source or "-"])
    # "#" between sentences breaks the line
    signs = "; ".join(f"{DOTS[sign]} {words[cube.lang]}" for sign, words in SIGN_WORDS.items())
    release = {"pl": "Wydanie danych", "en": "Data release"}[cube.lang]
    yield from _texts("NOTE", ["#".join([*cube.notes, f"{release}: {cube.release}.", f"{signs}."])])


def _data(cube: Cube) -> list[str]:
    """A line a row of the table; a figure as it is published, the dots of a gap in quotes."""
    cells = cube.texts.copy()
    for sign, dots in DOTS.items():
        cells[cube.gaps & (SIGN_BY_CODE[cube.status] == sign)] = f'"{dots}"'
    columns = int(np.prod(cube.shape[cube.stub :], dtype=int))
    rows = cells.reshape(-1, columns) if cells.size else cells.reshape(0, 1)
    return [" ".join(row) for row in rows.tolist()]


def _metric(cube: Cube) -> Axis:
    axis = cube.axis("metric")
    assert axis is not None
    return axis


def _texts(keyword: str, texts: Iterable[str]) -> Iterator[str]:
    """A keyword and its texts, on as many lines as they need."""
    return _broken(f"{keyword}=" + ",".join(f'"{_plain(text)}"' for text in texts) + ";")


def _broken(text: str) -> Iterator[str]:
    """Lines broken after the commas between texts."""
    parts = text.split('","')
    line = parts[0]
    for part in parts[1:]:
        if len(line) + len(part) > _WIDTH:
            yield f'{line}",'
            line = f'"{part}'
        else:
            line += f'","{part}'
    yield line


def _plain(text: str) -> str:
    return text.replace('"', "'").replace("\r", " ").replace("\n", " ")

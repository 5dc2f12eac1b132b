"""The files a selection is given as, and the parameters that shape them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from django.http import QueryDict
from django.templatetags.static import static

from smup.formats import cube_parquet, html_table, jsonstat, media, pivot, px
from smup.formats.cube import Cube
from smup.formats.pivot import Wording
from smup.store.releases import Release
from smup.web.config.limits import MOST_CELLS, PXWEB_CELLS
from smup.web.open.parameters import one_of
from smup.web.open.problems import Problem
from smup.web.pxweb.metadata import dataset
from smup.web.pxweb.query import REPEATED, listed
from smup.web.pxweb.tables import Table

DEFAULT = "json-stat2"
_WORDINGS: Mapping[str, Wording] = {
    "UseCodes": "codes",
    "UseTexts": "texts",
    "UseCodesAndTexts": "both",
}
_MARKS = {"SeparatorTab": "\t", "SeparatorSpace": " ", "SeparatorSemicolon": ";"}
_TITLE = "IncludeTitle"
_SHEET = (1_048_576, 16_384)  # rows and columns of an XLSX sheet


@dataclass(frozen=True)
class Shape:
    """The parameters of a pivoted file."""

    wording: Wording = "texts"
    mark: str = ","
    titled: bool = False


@dataclass(frozen=True)
class Form:
    """A format: its media type, the end of a file's name ("" where it is no file to keep), the
    parameters it takes, and the most cells of one answer."""

    content_type: str
    ending: str
    parameters: tuple[str, ...]
    most: int
    write: Callable[[Release, Table, Cube, Shape], bytes]


def _json(release: Release, table: Table, cube: Cube, shape: Shape) -> bytes:
    return jsonstat.as_bytes(dataset(release, table, cube, jsonstat.document(cube)))


def _px(release: Release, table: Table, cube: Cube, shape: Shape) -> bytes:
    return px.encode(cube, table.id, table.subject(release, cube.lang))


def _csv(release: Release, table: Table, cube: Cube, shape: Shape) -> bytes:
    return pivot.csv(cube, shape.wording, shape.mark, titled=shape.titled)


def _xlsx(release: Release, table: Table, cube: Cube, shape: Shape) -> bytes:
    rows, columns = prod(cube.shape[: cube.stub]), prod(cube.shape[cube.stub :])
    if rows + 2 > _SHEET[0] or columns + cube.stub + 1 > _SHEET[1]:
        detail = (
            f"Arkusz XLSX mieści {_SHEET[0]} wierszy i {_SHEET[1]} kolumn, a wybór daje {rows} "
            f"wierszy i {columns} kolumn. Zmień położenie zmiennych."
        )
        raise Problem(400, detail, "heading")
    return pivot.xlsx(cube, shape.wording, titled=shape.titled)


def _html(release: Release, table: Table, cube: Cube, shape: Shape) -> bytes:
    styles = [static(f"portal/{name}.css") for name in ("tokens", "portal")]
    return html_table.encode(cube, shape.wording, titled=shape.titled, styles=styles)


def _parquet(release: Release, table: Table, cube: Cube, shape: Shape) -> bytes:
    return cube_parquet.encode(cube)


_WORDED = (*_WORDINGS, _TITLE)
FORMS: Mapping[str, Form] = {
    "json-stat2": Form(media.JSON, "", (), PXWEB_CELLS, _json),
    "csv": Form(media.CSV_UTF8, "csv", (*_WORDED, *_MARKS), PXWEB_CELLS, _csv),
    "px": Form(px.CONTENT_TYPE, "px", (), PXWEB_CELLS, _px),
    "parquet": Form(media.PARQUET, "parquet", (), PXWEB_CELLS, _parquet),
    "xlsx": Form(media.XLSX, "xlsx", _WORDED, MOST_CELLS, _xlsx),
    "html": Form(html_table.CONTENT_TYPE, "", _WORDED, MOST_CELLS, _html),
}


def the_form(name: str, parameters: Sequence[str]) -> tuple[Form, Shape]:
    """The format of a name ("" for the default) and what its parameters make of it.

    Raises Problem 400.
    """
    known = {form.casefold(): form for form in FORMS}
    chosen = known.get(name.casefold(), name) or DEFAULT
    form = FORMS[one_of(chosen, FORMS, "outputFormat")]
    spelled = {one.casefold(): one for one in form.parameters}
    told = [spelled.get(one.casefold(), one) for one in parameters]
    for one in told:
        if one not in form.parameters:
            takes = ", ".join(form.parameters) or "żadnych"
            detail = f"Format {chosen} nie zna parametru „{one[:40]}”. Zna: {takes}."
            raise Problem(400, detail, "outputFormatParams", form.parameters)
    wording = _single(told, _WORDINGS) or "UseTexts"
    mark = _single(told, _MARKS)
    return form, Shape(_WORDINGS[wording], _MARKS[mark] if mark else ",", _TITLE in told)


def parameters_of(parameters: QueryDict) -> tuple[str, ...]:
    """The values of ``outputFormatParams``."""
    return listed(",".join(parameters.getlist(REPEATED)))


def _single(told: Sequence[str], choices: Mapping[str, str]) -> str:
    """The one of ``choices`` that was given, "" for none. Raises Problem 400 for several."""
    given = list(dict.fromkeys(one for one in told if one in choices))
    if len(given) > 1:
        detail = f"{' i '.join(given)} nie łączą się ze sobą."
        raise Problem(400, detail, "outputFormatParams", list(choices))
    return given[0] if given else ""

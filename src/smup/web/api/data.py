"""Values: any indicators, units and years of a release, whole, in the format asked for."""

from collections.abc import Callable, Iterator, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from smup.formats import jsonstat, media, row_parquet, row_tables, rows
from smup.formats.synthetic import file_name
from smup.web.api.answering import SINCE, answering
from smup.web.api.schemas import figures as schemas
from smup.web.api.understanding import Asked, understood
from smup.web.config.limits import MOST_CELLS, MOST_DENSE, STREAMED_FROM
from smup.web.open.answers import content, head, stream
from smup.web.open.problems import Problem

router = Router()


@router.get("/data", response=schemas.Data)
@answering(
    "indicator", "unit", "year", "format", "dialect", "fields", "missing", "prices", "territory",
    SINCE, "lang",
)  # fmt: skip
def data(
    request: HttpRequest,
    indicator: str = "",
    unit: str = "",
    year: str = "",
    format: str = "json",  # noqa: A002 (name in the address)
    dialect: str = "",
    fields: str = "",
    missing: str = "",
    prices: str = "",
    territory: str = "",
    changedSince: str = "",
    lang: str = "pl",
) -> HttpResponseBase:
    """Values of indicators in units and years: all that was asked for, never cut short.

    ``indicator=a,b | service:ID | area:ID | *`` (left out: all, where units are given);
    ``unit=1465,020101 | children:14 | members:1408 | group:ID | peers:1465 | kind:gmina | *``
    (left out: all); ``year=2024 | 2018,2020 | 2020-2024 | latest | last-5 | *`` (left out: all
    with data). A gap has ``value`` null and its reason in ``status``.

    ``format``: ``json`` (objects), ``rows`` (arrays under ``columns``), ``ndjson``, ``json-stat``,
    ``csv`` (``dialect=pl`` for Polish Excel, ``en`` for English), ``xlsx``, ``parquet``.
    ``fields`` chooses columns; ``missing=codes`` writes a gap in CSV and XLSX as its sign.
    With ``prices=2024`` amounts are in the prices of that year; with ``territory=published``,
    ``current`` or a year every row says how it was brought to these borders. ``changedSince``, the
    id of a release or a day, leaves only what differs since; ``change`` says how, ``deleted`` for
    values whose indicator, unit or year is no longer there.
    """
    asked = understood(request)
    response = _FORMATS[asked.form](asked)
    response.headers["SMUP-Release"] = asked.release.id
    response.headers["SMUP-Complete"] = "true"
    return response


def _json(asked: Asked) -> HttpResponseBase:
    extract = asked.extract
    told: dict[str, object] = {
        **head(asked.release),
        "indicators": list(extract.items),
        "units": list(extract.units),
        "years": list(extract.years),
        **({} if extract.prices is None else {"prices": extract.prices}),
        **({"territory": extract.territory} if extract.territory else {}),
        **({} if asked.before is None else {SINCE: asked.before.id}),
    }
    shape: rows.Shape = "arrays" if asked.form == "rows" else "objects"
    return _sent(asked, rows.json_chunks(told, asked.rows(), asked.fields, shape), media.JSON)


def _ndjson(asked: Asked) -> HttpResponseBase:
    chunks = rows.json_chunks({}, asked.rows(), asked.fields, "lines")
    return _sent(asked, chunks, media.JSON_LINES, "ndjson")


def _csv(asked: Asked) -> HttpResponseBase:
    chunks = row_tables.csv_rows(
        asked.extract, asked.rows(), asked.fields, asked.dialect, codes=asked.codes
    )
    return _sent(asked, chunks, media.CSV_UTF8, "csv")


def _parquet(asked: Asked) -> HttpResponseBase:
    chunks = row_parquet.parquet_chunks(asked.extract, asked.rows(), asked.fields)
    return _sent(asked, chunks, media.PARQUET, "parquet")


def _xlsx(asked: Asked) -> HttpResponseBase:
    _refuse_over(asked, MOST_CELLS, "Arkusz XLSX")
    body = row_tables.xlsx_rows(asked.extract, asked.rows(), asked.fields, codes=asked.codes)
    return content(body, media.XLSX, filename=_name(asked, "xlsx"))


def _json_stat(asked: Asked) -> HttpResponseBase:
    _refuse_over(asked, MOST_DENSE, "Dokument JSON-stat")
    return content(jsonstat.encode(asked.extract), media.JSON)


_FORMATS: Mapping[str, Callable[[Asked], HttpResponseBase]] = {
    "json": _json,
    "rows": _json,
    "ndjson": _ndjson,
    "json-stat": _json_stat,
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
}


def _sent(
    asked: Asked, chunks: Iterator[bytes], content_type: str, suffix: str = ""
) -> HttpResponseBase:
    """In one piece, or while it is made where it is large."""
    filename = _name(asked, suffix) if suffix else ""
    if asked.extract.cells > STREAMED_FROM:
        return stream(chunks, content_type, filename=filename)
    return content(b"".join(chunks), content_type, filename=filename)


def _refuse_over(asked: Asked, most: int, what: str) -> None:
    if asked.extract.cells > most:
        detail = (
            f"{what} mieści {most} komórek, a zapytanie obejmuje {asked.extract.cells}. "
            "Formaty json, rows, ndjson, csv i parquet nie mają granicy; całe wydanie jest też "
            "w /files/latest/values.parquet."
        )
        raise Problem(413, detail, "format", ["json", "rows", "ndjson", "csv", "parquet"])


def _name(asked: Asked, suffix: str) -> str:
    return file_name(f"smup-{asked.release.id}.{suffix}", asked.release.synthetic)

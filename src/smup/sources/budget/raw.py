"""Rows of a report as texts under our names, whatever the form they came in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from smup.ingest.refusing import SourceError
from smup.sources.budget.forms import QUARTER, Report, key_names, squeezed, told

_WHOSE = ("wk", "pk", "gk", "gt")
_CLASSES = ("division", "chapter", "paragraph")


@dataclass(frozen=True)
class Raw:
    """``keys`` (dictionary-coded) and ``amounts`` are texts by our names, "" where there is none;
    ``place`` is where they were read."""

    report: Report
    keys: Mapping[str, pa.ChunkedArray]
    amounts: Mapping[str, pa.ChunkedArray]
    place: str

    def __len__(self) -> int:
        return len(self.keys["wk"])

    def filtered(self, mask: pa.ChunkedArray) -> "Raw":
        return Raw(
            self.report,
            {key: texts.filter(mask) for key, texts in self.keys.items()},
            {name: texts.filter(mask) for name, texts in self.amounts.items()},
            self.place,
        )


def raw_of(report: Report, columns: Mapping[str, pa.ChunkedArray], place: str) -> Raw:
    """The columns of a form under our names; those nobody reads are left out.

    Raises SourceError when a column is missing, or two mean the same.
    """
    keys: dict[str, pa.ChunkedArray] = {}
    amounts: dict[str, pa.ChunkedArray] = {}
    names = key_names()
    for header, texts in columns.items():
        key, column = names.get(told(header)), report.column(header)
        if key is not None and key not in keys:
            keys[key] = _codes(texts)
        elif key is not None and key != "body":  # a body has several identifiers, one will do
            raise _changed(place, f"dwie kolumny znaczą to samo; druga to „{header}”")
        elif column is not None:
            if column in amounts:
                raise _changed(place, f"dwie kolumny znaczą to samo; druga to „{header}”")
            amounts[column] = texts.cast(pa.string())
    rows = ("symbol",) if report.symbols else _CLASSES
    missing = [key for key in (*_WHOSE, *rows) if key not in keys]
    if missing or "wykonanie" not in amounts:
        shown = ", ".join(f"„{header}”" for header in list(columns)[:12])
        lacks = ", ".join([*missing, *([] if "wykonanie" in amounts else ["wykonanie"])])
        raise _changed(place, f"sprawozdanie {report.form} bez kolumn: {lacks}; są {shown}")
    return Raw(report, keys, amounts, place)


def _codes(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Codes stand in few different texts: as a dictionary they take a twentieth of the space."""
    plain = pc.fill_null(texts.cast(pa.string()), "")
    return pc.utf8_trim_whitespace(plain).dictionary_encode()


def joined(raws: Sequence[Raw], place: str) -> Raw:
    """The rows of all, with the columns that all have."""
    keys = [key for key in raws[0].keys if all(key in raw.keys for raw in raws)]
    names = [name for name in raws[0].amounts if all(name in raw.amounts for raw in raws)]
    return Raw(
        raws[0].report,
        {key: _chunks([raw.keys[key] for raw in raws]) for key in keys},
        {name: _chunks([raw.amounts[name] for raw in raws]) for name in names},
        place,
    )


def _chunks(parts: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for part in parts for chunk in part.chunks], parts[0].type)


def by_year(raw: Raw, year: int | None) -> Iterator[tuple[int, Raw]]:
    """The rows of each year, of whole years only; ``year`` is that of the file as its name says,
    where the rows do not say theirs. Raises SourceError when nobody says it, or the rows are of
    another form or quarter."""
    _refuse_other_form(raw)
    quarters = _texts(raw, "quarter")
    if any(quarter not in (QUARTER, "") for quarter in quarters):
        shown = ", ".join(sorted(quarters))
        raise SourceError(
            "rb-inny-okres",
            f"{raw.place}: dane za kwartał {shown}; liczą się tylko dane za cztery kwartały "
            "(kwartał 4).",
        )
    if "year" not in raw.keys:
        if year is None:
            raise SourceError(
                "rb-inny-okres",
                f"{raw.place}: ani wiersze, ani nazwa pliku nie podają roku; nazwij plik jak "
                "wydawca, np. Rb28S_2025Q4.zip.",
            )
        yield year, raw
        return
    for text in sorted(_texts(raw, "year")):
        if not (len(text) == 4 and text.isascii() and text.isdecimal()):
            raise SourceError("nieczytelny-rok", f"{raw.place}: „{text}” to nie rok.")
        if year is not None and int(text) != year:
            raise SourceError(
                "rb-inny-okres", f"{raw.place}: nazwa mówi o roku {year}, a wiersze o {text}."
            )
        yield int(text), raw.filtered(pc.equal(raw.keys["year"].cast(pa.string()), text))


def _refuse_other_form(raw: Raw) -> None:
    for text in _texts(raw, "form"):
        if not squeezed(text).startswith(raw.report.stem):
            raise SourceError(
                "zmieniony-naglowek",
                f"{raw.place}: wiersze są ze sprawozdania {text}, a nie {raw.report.form}.",
            )


def _texts(raw: Raw, key: str) -> list[str]:
    """The different texts of a column; none where there is no such column."""
    if key not in raw.keys:
        return []
    return [text or "" for text in pc.unique(raw.keys[key].cast(pa.string())).to_pylist()]


def _changed(place: str, reason: str) -> SourceError:
    return SourceError("zmieniony-naglowek", f"{place}: {reason}.")

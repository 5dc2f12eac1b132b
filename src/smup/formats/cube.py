"""Cells with an axis each for indicator, unit and year, laid out as a table: rows and columns.

What JSON-stat, PX, pivoted CSV and XLSX files and HTML tables are made of. The words that stand
in all of them (axes, signs, title, notes) are here once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smup.formats.extract import Extract
from smup.formats.signs import SIGN_BY_CODE, SIGN_WORDS
from smup.formats.sources import publishers
from smup.formats.synthetic import SENTENCE
from smup.language import Lang
from smup.panel.panel import FIRST_GAP, Codes, Values
from smup.present.places import telling_titles

Role = Literal["metric", "geo", "time"]
Texts = NDArray[np.object_]
ROLES: tuple[Role, ...] = ("metric", "geo", "time")
IDS: Mapping[Role, str] = {"metric": "wskaznik", "geo": "jst", "time": "rok"}
AXES: Mapping[Role, dict[Lang, str]] = {
    "metric": {"pl": "Wskaźnik", "en": "Indicator"},
    "geo": {"pl": "Jednostka", "en": "Unit"},
    "time": {"pl": "Rok", "en": "Year"},
}
_INVENTED_TITLE: dict[Lang, str] = {"pl": "DANE ZMYŚLONE. ", "en": "INVENTED DATA. "}
_NOBODY: dict[Lang, str] = {"pl": "dane zmyślone", "en": "invented data"}


@dataclass(frozen=True)
class Axis:
    """One side of a cube: what it is, its code and name, codes and labels along it."""

    role: Role
    id: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Cube:
    """Arrays over ``axes``; a value is NaN exactly where its status is a gap.

    The first ``stub`` axes are the rows of a table, the others its columns. ``decimals`` and
    ``measures`` (a symbol) are those of the codes of the metric axis. ``notes`` are sentences that
    any reader must see.
    """

    axes: tuple[Axis, ...]
    stub: int
    values: Values
    status: Codes
    flags: Codes
    decimals: Mapping[str, int]
    measures: Mapping[str, str]
    title: str
    source: str
    notes: tuple[str, ...]
    release: str
    created: datetime
    synthetic: bool
    lang: Lang

    @property
    def gaps(self) -> NDArray[np.bool_]:
        return self.status >= FIRST_GAP

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(axis) for axis in self.axes)

    def axis(self, role: Role) -> Axis | None:
        """The axis of a role; None where the cube has none (``without``)."""
        return next((axis for axis in self.axes if axis.role == role), None)

    def placed(self, stub: tuple[Role, ...], heading: tuple[Role, ...]) -> "Cube":
        """The same cells with these axes in rows and columns; both together name every axis."""
        here = [axis.role for axis in self.axes]
        order = [here.index(role) for role in (*stub, *heading)]
        return replace(
            self,
            axes=tuple(self.axes[at] for at in order),
            stub=len(stub),
            values=self.values.transpose(order),
            status=self.status.transpose(order),
            flags=self.flags.transpose(order),
        )

    def without(self, role: Role) -> "Cube":
        """The cube without an axis along which it holds one code, whose label joins the title."""
        at = next(place for place, axis in enumerate(self.axes) if axis.role == role)
        axis = self.axes[at]
        if len(axis) != 1:
            raise ValueError(f"{axis.id} holds {len(axis)} codes")
        return replace(
            self,
            axes=self.axes[:at] + self.axes[at + 1 :],
            stub=self.stub - (at < self.stub),
            values=self.values.squeeze(at),
            status=self.status.squeeze(at),
            flags=self.flags.squeeze(at),
            title=f"{self.title}, {axis.labels[0]}",
        )

    @cached_property
    def signs(self) -> Texts:
        """The sign of every gap, "" where there is a value (a true zero is 0)."""
        signs = SIGN_BY_CODE[self.status]
        return np.where(self.gaps, signs, "")

    @cached_property
    def texts(self) -> Texts:
        """Every value with the decimals it is published with, a sign where there is none."""
        found = self.signs.copy()
        metric = next(at for at, axis in enumerate(self.axes) if axis.role == "metric")
        for place, code in enumerate(self.axes[metric].codes):
            at = (slice(None),) * metric + (place,)
            told = ~self.gaps[at]
            places = self.decimals[code]
            numbers = (self.values[at][told] + 0.0).tolist()  # minus zero becomes zero
            part = found[at]
            part[told] = [f"{value:.{places}f}" for value in numbers]
            found[at] = part
        return found

    def signs_used(self) -> dict[str, str]:
        """What the signs that stand among the cells mean."""
        codes = np.flatnonzero(np.bincount(np.ravel(self.status)))
        used = set(SIGN_BY_CODE[codes[codes >= FIRST_GAP]].tolist())
        return {sign: words[self.lang] for sign, words in SIGN_WORDS.items() if sign in used}


def cube_of(extract: Extract, ids: Mapping[Role, str] = IDS, title: str = "") -> Cube:
    """The cells of an extract: indicators and units in rows, years in columns.

    Axes are called ``ids``; the title is the names of the indicators where none is given.
    """
    panel, turned = extract.panel, (0, 2, 1)
    return replace(
        outline_of(extract, ids, title),
        values=panel.values.transpose(turned),
        status=panel.status.transpose(turned),
        flags=panel.flags.transpose(turned),
    )


def outline_of(extract: Extract, ids: Mapping[Role, str] = IDS, title: str = "") -> Cube:
    """What ``cube_of`` gives, without the cells: its arrays are empty."""
    lang = extract.lang
    titles = telling_titles(extract.places, lang)
    years = tuple(str(year) for year in extract.years)
    codes: dict[Role, tuple[str, ...]] = {
        "metric": extract.items,
        "geo": extract.units,
        "time": years,
    }
    labels: dict[Role, tuple[str, ...]] = {
        "metric": tuple(extract.name(item) for item in extract.items),
        "geo": tuple(titles[unit] for unit in extract.units),
        "time": years,
    }
    named = title or "; ".join(labels["metric"])
    nothing = np.empty(0, np.uint8)
    return Cube(
        axes=tuple(
            Axis(role, ids[role], AXES[role][lang], codes[role], labels[role]) for role in ROLES
        ),
        stub=2,
        values=np.empty(0),
        status=nothing,
        flags=nothing,
        decimals={item: extract.decimals(item) for item in extract.items},
        measures={item: extract.measure(item) for item in extract.items},
        title=f"{_INVENTED_TITLE[lang] if extract.synthetic else ''}{named}",
        source=_source(extract),
        notes=(SENTENCE[lang],) if extract.synthetic else (),
        release=extract.release,
        created=extract.created,
        synthetic=extract.synthetic,
        lang=lang,
    )


def _source(extract: Extract) -> str:
    if extract.synthetic:
        return _NOBODY[extract.lang]
    return "; ".join(publishers(extract.catalogue, extract.items))

"""Rows of values: one a unit and year, a gap as null with the flag of its reason."""

from collections.abc import Collection

import numpy as np

from smup.formats.extract import Extract
from smup.formats.gus import ids
from smup.formats.gus.records import Record, date_id
from smup.formats.long import told
from smup.formats.signs import SIGNS
from smup.formats.synthetic import KEY
from smup.panel import Status
from smup.territory import Kind

_FLAGS = np.zeros(max(Status) + 1, np.uint8)
_FLAGS[[int(status) for status in SIGNS]] = [sign.gus for sign in SIGNS.values()]


def data_rows(
    extract: Extract, item: str, id_: int, kinds: Collection[Kind] | None = None
) -> list[Record]:
    """Rows of one indicator under the id asked for, by year and unit.

    ``extract`` holds all units of the release: which rows there are is decided by whole kinds.
    """
    panel = extract.panel_of(item)
    numbers = ids.of_units(extract.places)
    wanted = [
        code in numbers and (kinds is None or extract.places.units[code].kind in kinds)
        for code in panel.units
    ]
    cells = told(panel, extract.places) & np.array(wanted, np.bool_)
    _, year, unit = np.nonzero(cells)
    decimals = extract.decimals(item)
    own = np.array([numbers.get(code, 0) for code in panel.units])
    dates = np.array([date_id(one) for one in panel.years])
    rows = zip(
        dates[year].tolist(),
        own[unit].tolist(),
        _FLAGS[panel.status[cells]].tolist(),
        panel.values[cells].tolist(),
        strict=True,
    )
    invented = {KEY: True} if extract.synthetic else {}
    return [
        {
            "id": id_,
            "id-daty": date,
            "id-teryt": place,
            "id-flaga": flag,
            "wartosc": _number(value, decimals),
            "precyzja": decimals,
            **invented,
        }
        for date, place, flag, value in rows
    ]


def _number(value: float, decimals: int) -> float | int | None:
    """A gap is null; a whole number is written without a point."""
    if np.isnan(value):
        return None
    return value if decimals else int(value)

"""Rows of the GUS façade: a gap is null with its flag, an id never means two things."""

from datetime import UTC, datetime

import numpy as np
import pytest

from smup.catalogue import Catalogue
from smup.formats.extract import Extract
from smup.formats.gus import ids
from smup.formats.gus.data import data_rows
from smup.formats.gus.records import FLAGS, indicator_records, unit_records
from smup.panel import Panel, Status
from smup.territory import Kind, Territory

GMINA, OTHER, CITY, POWIAT, SUM = "020101", "020102", "1465", "0201", "0201G"


@pytest.fixture
def item(catalogue: Catalogue) -> str:
    """The indicator that the national system has as the pair 4068 and 4418."""
    return next(i.id for i in catalogue.shown if [n.id for n in i.smup] == [4068, 4418])


def extract_of(
    catalogue: Catalogue, territory: Territory, item: str, cells: dict[str, float | Status]
) -> Extract:
    """One year; the units not named are not collected."""
    units = tuple(territory.units)
    values = np.full((1, 1, len(units)), np.nan)
    status = np.full((1, 1, len(units)), int(Status.NOT_COLLECTED), np.uint8)
    for code, cell in cells.items():
        at = 0, 0, units.index(code)
        if isinstance(cell, Status):
            status[at] = int(cell)
        else:
            values[at] = cell
            status[at] = int(Status.OBSERVED if cell else Status.ZERO)
    panel = Panel((item,), (2024,), units, values, status, np.zeros_like(status))
    return Extract(
        source=panel,
        catalogue=catalogue,
        places=territory,
        release="r",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        synthetic=False,
        items=(item,),
        units=units,
        spans={item: (2024,)},
    )


@pytest.mark.parametrize(
    ("cell", "flag", "value"),
    [
        (12.0, 1, 12),
        (0.0, 2, 0),
        (Status.CONFIDENTIAL, 5, None),
        (Status.SUPPRESSED_SMALL, 5, None),
        (Status.MISSING, 6, None),
        (Status.NOT_YET, 6, None),
        (Status.DELEGATED, 6, None),
        (Status.BELOW_FORMAT, 3, None),
        (Status.NO_DENOMINATOR, 4, None),
    ],
)
def test_a_cell_keeps_its_reason(
    catalogue: Catalogue,
    territory: Territory,
    item: str,
    cell: float | Status,
    flag: int,
    value: float | None,
) -> None:
    rows = data_rows(extract_of(catalogue, territory, item, {GMINA: cell, OTHER: 5.0}), item, 4068)
    place = ids.of_units(territory)[GMINA]
    (row,) = [row for row in rows if row["id-teryt"] == place]
    assert row == {
        "id": 4068,
        "id-daty": 20241231,
        "id-teryt": place,
        "id-flaga": flag,
        "wartosc": value,
        "precyzja": catalogue.indicators[item].decimals,
    }
    assert flag in FLAGS


def test_every_reason_has_a_flag_of_the_dictionary(
    catalogue: Catalogue, territory: Territory, item: str
) -> None:
    for status in Status:
        if status in (Status.OBSERVED, Status.ZERO, Status.NOT_EXISTING):
            continue
        extract = extract_of(catalogue, territory, item, {GMINA: status, OTHER: 5.0})
        flags = {row["id-flaga"] for row in data_rows(extract, item, 1)}
        assert flags <= set(FLAGS), status


def test_a_national_id_stands_for_its_kinds_of_unit_only(
    catalogue: Catalogue, territory: Territory, item: str
) -> None:
    """The official interface keeps gminas and cities with powiat rights under two numbers."""
    cells: dict[str, float | Status] = {GMINA: 1.0, CITY: 2.0, "14": 3.0, SUM: 4.0}
    extract = extract_of(catalogue, territory, item, cells)
    numbers = ids.of_units(territory)

    def values(id_: int) -> dict[int, float]:
        meant = ids.meant_by(catalogue, id_)
        assert meant is not None
        assert meant.indicator.id == item
        rows = data_rows(extract, item, id_, meant.kinds)
        return {row["id-teryt"]: row["wartosc"] for row in rows if row["wartosc"] is not None}

    assert values(4068) == {numbers[GMINA]: 1.0}
    assert values(4418) == {numbers[CITY]: 2.0}
    own = ids.of_indicators(catalogue)[item]
    assert values(own) == {numbers[GMINA]: 1.0, numbers[CITY]: 2.0, numbers["14"]: 3.0}


def test_ids_of_ours_and_of_the_national_system_never_meet(
    catalogue: Catalogue, territory: Territory
) -> None:
    national = {n.id for one in catalogue.shown for n in one.smup}
    own = [
        *ids.of_indicators(catalogue).values(),
        *ids.of_services(catalogue).values(),
        *ids.of_units(territory).values(),
    ]
    assert max(national) < min(own)
    assert ids.meant_by(catalogue, 1) is None
    assert ids.meant_by(catalogue, 1_000_001) is not None
    told = indicator_records(catalogue, list(catalogue.shown), "pl")
    assert {n for row in told for n in row["id-smup"]} == national


def test_units_as_in_the_official_dictionary(territory: Territory) -> None:
    """Kraków as its gmina 126101 of kind 1, as the register TERC has it; a powiat without gmina."""
    by_code = {row["id-teryt"]: row for row in unit_records(territory, "pl")}
    numbers = ids.of_units(territory)
    krakow, powiat = by_code[numbers["1261"]], by_code[numbers[POWIAT]]
    called = [krakow[key] for key in ("woj", "pow", "gmn", "rodz", "nazwa", "nazwa-dod")]
    assert called == ["12", "61", "01", "1", "Kraków", "gmina miejska"]
    assert [powiat[key] for key in ("woj", "pow", "gmn", "rodz")] == ["02", "01", "", ""]
    today = [u for u in territory if u.valid_to is None]
    kinds = {"1": Kind.GMINA_MIEJSKA, "2": Kind.GMINA_WIEJSKA, "3": Kind.GMINA_MIEJSKO_WIEJSKA}
    for unit in today:
        if unit.kind in kinds.values():
            row = by_code[numbers[unit.code]]
            assert row["woj"] + row["pow"] + row["gmn"] == unit.code
            assert kinds[row["rodz"]] is unit.kind
            assert unit.teryt7 == unit.code + row["rodz"]
    assert SUM not in numbers

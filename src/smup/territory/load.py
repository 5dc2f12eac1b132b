"""Read the CSV files in ``territory/`` into frozen objects.

The files are generated (`smup territory build`) except ``known_years.csv``,
``historical_units.csv``, ``successions.csv`` and ``numbers.csv``; lines that begin with ``#`` say
where the facts come from.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from smup.territory.numbers import NUMBERS
from smup.territory.pieces import BrokenLedger, ends_of, ledgers_of
from smup.territory.successions import Succession, What
from smup.territory.territory import Territory
from smup.territory.units import Change, Kind, Level, Unit


class TerritoryError(ValueError):
    """A territory file is missing or says something impossible; one Polish sentence."""


def load_territory(folder: Path) -> Territory:
    """All units, changes and neighbours. Raises TerritoryError with file, line and reason."""
    units: dict[str, Unit] = {}
    for row in _rows(folder / "units.csv"):
        unit = _unit(row)
        if unit.code in units:
            raise row.error(f"kod {unit.code} stoi w pliku dwa razy")
        units[unit.code] = unit
    changes = tuple(_change(row, units) for row in _rows(folder / "changes.csv"))
    neighbours = _neighbours(_rows(folder / "neighbours.csv"), units)
    successions = _successions(folder / "successions.csv", units)
    return Territory(units, changes, neighbours, successions, _numbers(folder / NUMBERS))


def _numbers(path: Path) -> Mapping[str, int]:
    """The integer of every code, one after another; {} in a release older than the numbers."""
    found: dict[str, int] = {}
    for row in _rows(path) if path.is_file() else ():
        if row["number"] != str(len(found) + 1) or row["code"] in found:
            raise row.error(
                f"numer {row['number']} jednostki {row['code']} nie jest następny; numerów się nie "
                "zmienia, nie usuwa i nie wstawia, nowe dopisuje smup catalogue record"
            )
        found[row["code"]] = len(found) + 1
    return found


def _successions(path: Path, units: Mapping[str, Unit]) -> tuple[Succession, ...]:
    """What passed from which unit to which; () where nobody has written it down.

    The former unit may be one that no register here lists: it has no figures.
    """
    if not path.is_file():  # releases built before there was a ledger
        return ()
    found = tuple(_succession(row, units) for row in _rows(path))
    try:
        ledgers_of(found, ends_of(units.values()))
    except BrokenLedger as error:
        raise TerritoryError(f"{path}: {error}.") from error
    return found


def load_parts(folder: Path) -> Mapping[str, str]:
    """Codes of parts of units (districts, town and rural part of a gmina) -> code of the unit.

    A district of a city has a gmina code of its own, so its 6-digit code is a key as well;
    the parts of a gmina share its six digits and are keyed by seven.
    """
    found: dict[str, str] = {}
    for row in _rows(folder / "parts.csv"):
        found[row["part"]] = row["unit"]
        if row["what"] in ("dzielnica", "delegatura"):
            found[row["part"][:6]] = row["unit"]
    return found


def load_tiles(folder: Path) -> Mapping[Level, Mapping[str, tuple[int, int]]]:
    """The tile map: level -> unit code -> (column, row), row 0 in the north."""
    tiles: dict[Level, dict[str, tuple[int, int]]] = {}
    for row in _rows(folder / "tiles.csv"):
        cell = (int(row["col"]), int(row["row"]))
        tiles.setdefault(Level(row["level"]), {})[row["unit"]] = cell
    return tiles


class _Row(dict[str, str]):
    """A row by column, with its place for messages."""

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        super().__init__(cells)
        self._place = f"{path}, wiersz {line}"

    def error(self, reason: object) -> TerritoryError:
        return TerritoryError(f"{self._place}: {reason}.")


def _rows(path: Path) -> Iterator[_Row]:
    if not path.is_file():
        raise TerritoryError(f"Brak pliku {path}; utwórz go poleceniem `smup territory build`.")
    with path.open(encoding="utf-8", newline="") as file:
        numbered = [(n, text) for n, text in enumerate(file, 1) if not text.startswith("#")]
    reader = csv.DictReader(text for _, text in numbered)
    for (line, _), cells in zip(numbered[1:], reader, strict=True):
        yield _Row(path, line, cells)


def _unit(row: _Row) -> Unit:
    try:
        return Unit(
            code=row["code"],
            name=row["name"],
            kind=Kind(row["kind"]),
            powiat=row["powiat"] or None,
            wojewodztwo=row["wojewodztwo"] or None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            teryt6=row["teryt6"] or None,
            teryt7=row["teryt7"] or None,
            bdl_gmina=row["bdl_gmina"] or None,
            bdl_powiat=row["bdl_powiat"] or None,
            nuts3=row["nuts3"] or None,
            lon=float(row["lon"]) if row["lon"] else None,
            lat=float(row["lat"]) if row["lat"] else None,
            outline=row["outline"] == "tak",
            aliases=tuple(row["aliases"].split()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise row.error(f"nieczytelna jednostka ({error})") from error


def _change(row: _Row, units: Mapping[str, Unit]) -> Change:
    try:
        return Change(
            unit=units[row["unit"]].code,
            what=row["what"],
            after=date.fromisoformat(row["after"]),
            by=date.fromisoformat(row["by"]),
            day=_day(row["day"]),
            before=row["before"],
            now=row["now"],
            source=row["source"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise row.error(f"nieczytelna zmiana ({error})") from error


def _succession(row: _Row, units: Mapping[str, Unit]) -> Succession:
    try:
        return Succession(
            level=Level(row["level"]),
            from_unit=row["from_unit"],
            to_unit=units[row["to_unit"]].code,
            day=date.fromisoformat(row["date"]),
            what=What(row["what"]),
            territory_of=row["territory_of"] or None,
            share_population=_share(row["share_population"]),
            share_area=_share(row["share_area"]),
            source=row["source"],
            note=row["note"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise row.error(f"nieczytelne następstwo ({error})") from error


def _share(text: str) -> float | None:
    return float(text) if text else None


def _neighbours(
    rows: Iterable[_Row], units: Mapping[str, Unit]
) -> Mapping[tuple[str, Level], tuple[str, ...]]:
    """Each border stands in the file once; here both sides know each other."""
    found: dict[tuple[str, Level], set[str]] = {}
    for row in rows:
        try:
            level = Level(row["level"])
            one, two = units[row["unit"]].code, units[row["neighbour"]].code
        except (KeyError, ValueError) as error:
            raise row.error(f"nieczytelne sąsiedztwo ({error})") from error
        found.setdefault((one, level), set()).add(two)
        found.setdefault((two, level), set()).add(one)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

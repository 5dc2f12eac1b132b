"""Can an edition of ``territory/`` come after another, and is it whole."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from smup.ingest import editions
from smup.ingest.terc import Edition, TercError
from smup.territory import (
    GMINA_KINDS,
    Kind,
    Level,
    Territory,
    TerritoryError,
    Unit,
    load_parts,
    load_territory,
    load_tiles,
)

MOST_GONE = 25  # gminas; Poland never abolished so many at once, half a file seems to


def check_register(territory: Territory, older: Edition, newer: Edition) -> None:
    """Can the register ``newer`` come after ``older``? Raises TercError saying why it cannot."""
    place = f"{newer.file} (stan na {newer.day})"
    codes = newer.units.keys()
    if newer.day <= older.day:
        raise TercError(f"{place}: obowiązuje już wydanie z {older.day}, a to nie jest nowsze.")
    if {c for c in older.units if len(c) == 2} != {c for c in codes if len(c) == 2}:
        raise TercError(f"{place}: inne województwa niż w wydaniu z {older.day}; to nie cały kraj.")
    lost = [code for code in codes if len(code) > 2 and code[:-2] not in codes]
    if lost:
        raise TercError(f"{place}: jednostki {', '.join(lost[:5])} nie leżą w żadnej innej.")
    parents = {code[:4] for code in codes if len(code) == 6}
    empty = [c for c, e in newer.units.items() if e.kind is Kind.POWIAT and c not in parents]
    if empty:
        raise TercError(f"{place}: powiaty {', '.join(empty[:5])} nie mają ani jednej gminy.")
    gone = [c for c in older.units if len(c) == 6 and c not in codes]
    if len(gone) > MOST_GONE:
        raise TercError(f"{place}: brak {len(gone)} gmin z wydania {older.day}; to nie cały plik.")
    _check_new_codes(place, territory, sorted(codes - older.units.keys()))


def _check_new_codes(place: str, territory: Territory, created: list[str]) -> None:
    for code in created:
        former = territory.units.get(code)
        if former is not None:
            raise TercError(
                f"{place}: kod {code} miała już jednostka {former.name}, zniesiona "
                f"{former.valid_to}; pod jednym kodem stałyby dwie różne jednostki."
            )


def edition_problems(folder: Path, before: Territory | None) -> list[str]:
    """What is wrong with an edition that is to follow ``before``; Polish sentences. ``before`` is
    None where a former edition returns: its codes were checked when it came into force."""
    try:
        new = load_territory(folder)
        checks = chain(
            _units(new),
            _codes(new),
            _same_codes(new, before) if before else (),
            _borders(folder, new),
            _places(folder, new),
            _parts(folder, new),
        )
        return list(checks)
    except (TerritoryError, OSError, KeyError, ValueError) as error:
        return [str(error)]


def _units(new: Territory) -> Iterator[str]:
    now = [unit for unit in new if unit.valid_to is None]
    for unit in now:
        for code in unit.parents:
            parent = new.units.get(code)
            if parent is None or parent.valid_to is not None:
                yield f"{unit.name} ({unit.code}) leży w jednostce {code}, której nie ma."
    inhabited = {unit.powiat for unit in now if unit.kind in GMINA_KINDS}
    for unit in now:
        if unit.kind is Kind.POWIAT and unit.code not in inhabited:
            yield f"Powiat {unit.name} ({unit.code}) nie ma ani jednej gminy."
    _ = new.borders  # a ledger of land that cannot be true is refused here


def _codes(new: Territory) -> Iterator[str]:
    """A code or alias points to one unit."""
    owners: dict[str, str] = {}
    for unit in new:
        for name in {unit.code, *unit.aliases}:
            if owners.setdefault(name, unit.code) != unit.code:
                yield f"Kod {name} wskazuje dwie jednostki: {owners[name]} i {unit.code}."


def _same_codes(new: Territory, before: Territory) -> Iterator[str]:
    """Every code goes on to mean the unit it meant, and the number it was given."""
    for code, unit in before.units.items():
        now = new.units.get(code)
        if now is None:
            yield f"Zniknęła jednostka {unit.name} ({code}); zniesiona zostaje z datą."
        elif unit.valid_to is not None and now.valid_to is None:
            yield f"Kod {code} ({unit.name}) był już zniesiony i wraca jako {now.name}."
    for code, number in before.numbers.items():
        if new.numbers.get(code, number) != number:
            yield f"Jednostka {code} miałaby inny numer niż dotąd ({number})."


def _borders(folder: Path, new: Territory) -> Iterator[str]:
    for level, pairs in editions.borders_of(folder).items():
        for one, two in pairs:
            if not one < two:
                yield f"Granica {one} – {two} ({level}) stoi w odwrotnej kolejności."
            gone = [c for c in (one, two) if _gone(new.units.get(c))]
            if gone:
                yield f"Granica {one} – {two} ({level}) należy do jednostki, której już nie ma."


def _gone(unit: Unit | None) -> bool:
    return unit is None or unit.valid_to is not None


def _places(folder: Path, new: Territory) -> Iterator[str]:
    tiles = load_tiles(folder)
    for level in (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO):
        there = tiles.get(level, {})
        wanted = {u.code for u in new.of_level(level) if u.valid_to is None}
        if there.keys() != wanted or len(set(there.values())) != len(there):
            yield f"Mapa kafelkowa ({level}) nie ma po jednym miejscu dla każdej jednostki."


def _parts(folder: Path, new: Territory) -> Iterator[str]:
    for part, unit in load_parts(folder).items():
        if unit not in new.units:
            yield f"Część {part} należy do jednostki {unit}, której nie ma."

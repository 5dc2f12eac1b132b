"""Units as the territory files list them, assembled from registers, BDL ids and boundaries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smup.ingest.bdl_ids import BdlIds
from smup.ingest.ledger import Since
from smup.ingest.terc import Edition, Entry
from smup.territory.units import GMINA_KINDS, Change, Kind, Unit

COUNTRY = "PL"


@dataclass(frozen=True)
class Facts:
    """What is known of units beside the registers; everything by stable code.

    ``degrees`` has a point (lon, lat) for every unit with an outline and for no other.
    """

    changes: Sequence[Change]
    past: Sequence[Since]
    ids: BdlIds
    degrees: Mapping[str, tuple[float, float]]


def assemble(
    editions: Sequence[Edition], facts: Facts, historical: Sequence[Unit] = ()
) -> list[Unit]:
    """Every unit that any edition shows, with its newest name and kind, in the fixed order.

    ``historical`` units are older than every edition and have no sum row: nobody lists their
    gminas.
    """
    newest = {code: entry for edition in editions for code, entry in edition.units.items()}
    since, until = _validity(facts.changes)
    codes = _all_seven_digit_codes(facts.past)
    units = [
        replace(
            _unit(entry, facts),
            valid_from=since.get(code),
            valid_to=until.get(code),
            aliases=_aliases(entry, codes.get(code, ()), facts.ids),
        )
        for code, entry in newest.items()
    ]
    sums = [sum_row(unit) for unit in units if unit.kind is Kind.POWIAT]
    return sorted([_country(facts.degrees), *units, *sums, *historical], key=_order)


def sum_row(powiat: Unit) -> Unit:
    """The gminas of a powiat together, which is not the powiat itself: it has tasks of its own."""
    # Names of powiats are adjectives in -ki or -ni; their genitive adds -ego to each word.
    genitive = " ".join(f"{word}ego" for word in powiat.name.split())
    return Unit(
        code=f"{powiat.code}G",
        name=f"gminy powiatu {genitive}",
        kind=Kind.GMINY_POWIATU,
        powiat=None,
        wojewodztwo=powiat.wojewodztwo,
        valid_from=powiat.valid_from,
        valid_to=powiat.valid_to,
        nuts3=powiat.nuts3,
    )


def _unit(entry: Entry, facts: Facts) -> Unit:
    code = entry.code
    lon, lat = facts.degrees.get(code, (None, None))
    return Unit(
        code=code,
        name=entry.name,
        kind=entry.kind,
        powiat=code[:4] if entry.kind in GMINA_KINDS else None,
        wojewodztwo=code[:2],
        teryt6=entry.teryt7[:6] if entry.teryt7 else None,
        teryt7=entry.teryt7,
        bdl_gmina=facts.ids.gmina.get(code),
        bdl_powiat=facts.ids.powiat.get(code),
        nuts3=facts.ids.nuts3.get(code[:4]),
        lon=lon,
        lat=lat,
        outline=lon is not None,
    )


def _country(degrees: Mapping[str, tuple[float, float]]) -> Unit:
    lon, lat = degrees.get(COUNTRY, (None, None))
    return Unit(
        code=COUNTRY,
        name="Polska",
        kind=Kind.KRAJ,
        powiat=None,
        wojewodztwo=None,
        lon=lon,
        lat=lat,
        outline=lon is not None,
        aliases=("00", "0000000", "000000000000"),
    )


def _aliases(entry: Entry, seven_digits: Iterable[str], ids: BdlIds) -> tuple[str, ...]:
    """Other codes by which sources call the unit: seven digits of every time, six for a city,
    the padded code of a powiat or województwo, BDL ids."""
    bdl = (ids.gmina.get(entry.code), ids.powiat.get(entry.code), ids.wojewodztwo.get(entry.code))
    other = {*seven_digits, *filter(None, bdl)}
    if entry.kind is Kind.MIASTO and entry.teryt7:
        other.add(entry.teryt7[:6])
    if len(entry.code) < 6:
        other.add(entry.code.ljust(7, "0"))
    return tuple(sorted(other, key=lambda code: (len(code), code)))


def _all_seven_digit_codes(past: Iterable[Since]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for row in past:
        if row.teryt7:
            codes.setdefault(row.unit, []).append(row.teryt7)
    return codes


def _validity(changes: Iterable[Change]) -> tuple[dict[str, date], dict[str, date]]:
    """First day and first day no more; the latest possible one where the day is not known."""
    since: dict[str, date] = {}
    until: dict[str, date] = {}
    for change in changes:
        if change.what == "utworzenie":
            since[change.unit] = change.day or change.by
        elif change.what == "zniesienie":
            until[change.unit] = change.day or change.by
    return since, until


def _order(unit: Unit) -> tuple[int, str]:
    groups = {Kind.KRAJ: 0, Kind.WOJEWODZTWO: 1, Kind.POWIAT: 2, Kind.MIASTO: 2}
    return groups.get(unit.kind, 3 if unit.kind is Kind.GMINY_POWIATU else 4), unit.code

"""Among whom a unit is shown on its own pages: its statistical peers, else its fixed group."""

from dataclasses import dataclass
from typing import Literal

from smup.catalogue import DEFAULT_SYSTEM, Group
from smup.compare.peers import is_alone
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Kind, Level, Unit

Basis = Literal["peers", "group", "wojewodztwa", "nobody"]


@dataclass(frozen=True)
class Company:
    """``codes`` of the others; ``itself``: is the unit a member of the set, as of a group?"""

    basis: Basis
    codes: tuple[str, ...]
    itself: bool = False


def company(release: Release, unit: Unit, area: str, role: Level) -> Company:
    """The others of an area of services: peers differ by area, a group does not.

    Województwa stand among themselves; the country and a sum row among nobody.
    """
    if unit.kind is Kind.WOJEWODZTWO:
        codes = tuple(one.code for one in release.territory.of_level(Level.WOJEWODZTWO))
        return Company("wojewodztwa", codes, itself=True)
    if not unit.levels or unit.kind is Kind.KRAJ:
        return Company("nobody", ())
    tables = release.peer_tables
    if tables is not None and (codes := tables.codes_of(unit, area)):
        return Company("peers", codes)
    group = release.frame.groups.get(unit.code)
    if group is None:
        return Company("nobody", ())
    units = release.frame.role(role)
    return Company("group", tuple(units.codes[units.group == group].tolist()), itself=True)


def basis_of(release: Release, unit: Unit) -> Basis:
    """What the pages of the unit compare it with."""
    area = next(iter(release.catalogue.areas))
    return company(release, unit, area, unit.level or Level.POWIAT).basis


def group_of(release: Release, unit: Unit, system: str = DEFAULT_SYSTEM) -> Group | None:
    """The fixed group of a unit; None for województwa and the country."""
    found = release.frame.membership(system).units.get(unit.code)
    return release.catalogue.groups[found] if found else None


def group_words(release: Release, unit: Unit, lang: Lang, system: str = DEFAULT_SYSTEM) -> str:
    """The name of the group a unit is shown in: "gminy wiejskie", "województwa", "" for none."""
    group = group_of(release, unit, system)
    if group is not None:
        return str(getattr(group.name, lang))
    return strings(lang)["voivodeships"] if unit.kind is Kind.WOJEWODZTWO else ""


def company_words(release: Release, unit: Unit, lang: Lang) -> str:
    """The others in words: "jednostki podobne", "gminy wiejskie", "województwa"; "" for nobody."""
    basis = basis_of(release, unit)
    if basis == "nobody":
        return ""
    return strings(lang)["company_peers"] if basis == "peers" else group_words(release, unit, lang)


def comparator_name(
    release: Release, unit: Unit, comparator: str, lang: Lang, system: str = DEFAULT_SYSTEM
) -> str:
    """The comparator in words: sąsiedzi, powiat bolesławiecki."""
    t, units = strings(lang), release.territory.units
    if comparator == "peers" and is_alone(release.catalogue, unit.code):
        return t["comparator_peers_outside"]
    if comparator == "group":
        return group_words(release, unit, lang, system)
    if comparator == "powiat" and unit.powiat:
        return title(units[unit.powiat], lang)
    if comparator == "wojewodztwo" and unit.wojewodztwo:
        return title(units[unit.wojewodztwo], lang)
    return t[f"comparator_{comparator}"]

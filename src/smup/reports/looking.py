"""What a definition names, looked up in a release; whatever is not there is refused in words."""

from collections.abc import Iterable

from smup.reports.definition import Definition, Kind
from smup.reports.kind import plan_of
from smup.reports.matter import CannotWrite, Matter
from smup.store.releases import Release
from smup.territory import Level, Unit

MANY = 12  # names of a kind beyond which a message does not list them all


def matter_of(release: Release, definition: Definition) -> Matter:
    """What a definition speaks of.

    Raises CannotWrite for a unit, service, area or indicator the release does not have, and for a
    kind, a role or years that do not fit.
    """
    units = tuple(_unit(release, definition.kind, code) for code in definition.units)
    for one in units:
        if units.count(one) > 1:
            raise CannotWrite(f"Jednostka {one.name} ({one.code}) jest wymieniona dwa razy.")
    if definition.role is not None and definition.role not in units[0].levels:
        raise CannotWrite(
            f"Jednostka {units[0].name} nie występuje w roli „{definition.role.value}”. "
            + _roles(units[0].levels)
        )
    catalogue = release.catalogue
    _check("obszaru", definition.area, catalogue.areas)
    _check("usługi", definition.service, catalogue.services)
    _check("wskaźnika", definition.indicator, (one.id for one in catalogue.shown))
    _check_years(release, definition)
    return Matter(release, definition, units)


def _unit(release: Release, kind: Kind, code: str) -> Unit:
    found = release.territory.get(code)
    if found is None:
        raise CannotWrite(f"W wydaniu {release.id} nie ma jednostki o kodzie {code}.")
    plan = plan_of(kind)
    # The sum row of a powiat has no level of its own and nobody who could hand a paper in.
    levels = found.levels or (() if plan.duty else (Level.POWIAT,))
    if not {level.value for level in levels} & set(plan.units):
        fitting = ", ".join(plan.units)
        raise CannotWrite(
            f"Raportu „{plan.name.pl}” nie pisze się dla tej jednostki: {found.name} ({code}). "
            f"Szczeble, dla których powstaje: {fitting}."
        )
    return found


def _roles(levels: tuple[Level, ...]) -> str:
    return "Jej role: " + (", ".join(level.value for level in levels) or "żadna") + "."


def _check(what: str, asked: str, known: Iterable[str]) -> None:
    known = list(known)
    if asked and asked not in known:
        listed = ", ".join(known[:MANY]) + (" …" if len(known) > MANY else "")
        raise CannotWrite(f"Nie ma {what} „{asked}”. Są: {listed}.")


def _check_years(release: Release, definition: Definition) -> None:
    years = release.indicators.years
    if definition.years is None:
        return
    first, last = definition.years
    if not any(first <= year <= last for year in years):
        raise CannotWrite(
            f"Wydanie {release.id} nie ma lat {first}–{last}; ma lata {years[0]}–{years[-1]}."
        )

"""What the national service calls things: its flags, units, years and indicators in our terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smup.catalogue.statuses import Convention
from smup.ingest.keys import NoPlace, Place, Units
from smup.ingest.mapping import status_named
from smup.language import fold
from smup.panel import Status
from smup.sources.national.answers import Area, Flag, Indicator, Unit

CONVENTION = "smup-flagi"
# Conventions of the same publisher, whose wording of a sign may stand in the dictionary of flags.
_SAME_PUBLISHER = (CONVENTION, "gus-publikacje", "bdl-atrybuty")


@dataclass(frozen=True)
class Listed:
    """An indicator of the service; ``area`` is the name of its area, "" where that is not known."""

    id: int
    name: str
    service: str
    area: str
    dimension: str


@dataclass(frozen=True)
class Dictionaries:
    """``flags`` holds only flags whose meaning is known; ``words`` what is said of all of them.
    ``capacity`` is the number of rows a page holds at least."""

    flags: Mapping[int, Status]
    words: Mapping[int, str]
    units: Mapping[int, Place | NoPlace]
    years: tuple[int, ...]
    indicators: Mapping[int, Listed]
    capacity: int


def flag_statuses(
    told: Iterable[Flag], conventions: Mapping[str, Convention]
) -> tuple[dict[int, Status], list[str]]:
    """Flag -> status, and what the dictionary of the service disputes.

    A flag is known by its number in ``catalogue/statuses.yaml``, or by its words where they are
    exactly those of a sign of the same publisher. A number whose words are those of another sign
    is not taken at all.
    """
    found = {
        int(id_): status_named(sign.status) for id_, sign in conventions[CONVENTION].signs.items()
    }
    meanings = _meanings(conventions)
    disputed = []
    for flag in told:
        said = {status for text in flag.texts for status in meanings.get(_plain(text), ())}
        known = found.get(flag.id)
        if known is not None and said and said != {known}:
            disputed.append(
                f"flaga {flag.id} znaczy w słowniku usługi „{', '.join(flag.texts)}”, a co innego "
                "w catalogue/statuses.yaml (smup-flagi)"
            )
            del found[flag.id]
        elif known is None and len(said) == 1:
            found[flag.id] = said.pop()
    return found, disputed


def _meanings(conventions: Mapping[str, Convention]) -> dict[str, set[Status]]:
    found: dict[str, set[Status]] = {}
    for name in _SAME_PUBLISHER:
        for sign in conventions[name].signs.values() if name in conventions else ():
            found.setdefault(_plain(sign.meaning), set()).add(status_named(sign.status))
    return found


def _plain(text: str) -> str:
    return " ".join(fold(text).replace(",", " ").split()).strip(" .")


def places(told: Iterable[Unit], units: Units) -> dict[int, Place | NoPlace]:
    """The number of the service -> our unit, or why there is none."""
    found: dict[int, Place | NoPlace] = {}
    for unit in told:
        place = _place(unit, units)
        if found.setdefault(unit.id, place) != place:
            found[unit.id] = NoPlace("zdublowany-klucz", f"id-teryt {unit.id}: dwie jednostki")
    return found


def _place(unit: Unit, units: Units) -> Place | NoPlace:
    woj, pow_, gmn = (_two(piece) for piece in (unit.woj, unit.pow, unit.gmn))
    if not woj.strip("0"):  # the country, and regions that are no units of local government
        return NoPlace("brak-kodu", f"id-teryt {unit.id} „{unit.name or ''}”: brak kodu TERYT")
    code = woj + pow_ + (gmn + (unit.rodz or "").strip() if gmn else "")
    if not code.isdecimal():
        return NoPlace("nieczytelny-kod", f"id-teryt {unit.id}: kod „{code}” to nie kod TERYT")
    return units.by_code(code)


def _two(piece: str | None) -> str:
    text = (piece or "").strip()
    return text.zfill(2) if text else ""


def listed(
    indicators: Iterable[Indicator], areas: Iterable[Area], services: Mapping[int, Iterable[int]]
) -> dict[int, Listed]:
    """Indicators by number; ``services`` are the numbers of the services of each area."""
    names = {area.id: area.name for area in areas}
    area_of = {service: names[area] for area, ids in services.items() for service in ids}
    return {
        one.id: Listed(
            one.id,
            " ".join(one.name.split()),
            one.service_name or "",
            area_of.get(one.service, "") if one.service is not None else "",
            one.dimension or "",
        )
        for one in indicators
    }

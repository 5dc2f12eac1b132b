"""The territory register as recruitment sees it: units that may take part, by code and by name."""

from datetime import date
from functools import cache

from django.conf import settings

from smup.language import Lang
from smup.present.places import title, where
from smup.territory import Territory, Unit, load_territory, search, suggest
from smup.training.rules.settings import UNIT_KINDS

MOST_FOUND = 12


@cache
def register() -> Territory:
    """All units; read once in a process."""
    return load_territory(settings.SMUP_ROOT / "territory")


def unit_of(code: str, on: date) -> Unit | None:
    """The unit of this code, or of another code the register knows it by, if it exists ``on``."""
    unit = register().get(code.strip())
    return unit if unit is not None and unit.levels and unit.exists_on(on) else None


def found(typed: str, on: date) -> list[Unit]:
    """Units that may take part and whose name or code fits what was typed, best first; where none
    does, those with a name spelt alike."""
    hits = [hit.unit for hit in search(register(), typed, 10 * MOST_FOUND)]
    alike = hits or suggest(register(), typed, MOST_FOUND)
    return [one for one in alike if one.kind in UNIT_KINDS and one.exists_on(on)][:MOST_FOUND]


def told(unit: Unit, lang: Lang) -> str:
    """Name, kind and place: no two units are told alike by it and their code."""
    place = where(unit, register(), lang)
    return f"{title(unit, lang)} – {place}" if place else title(unit, lang)


def powiat_of(unit: Unit) -> str:
    """The powiat the form shows: the one a gmina lies in, or the unit itself."""
    lies_in = register().units[unit.powiat] if unit.powiat else unit
    return lies_in.name

"""Fixed groups on pages: which system is asked for, and why a unit is in none of its groups."""

from typing import Any

from smup.catalogue import DEFAULT_SYSTEM, Indicator
from smup.compare.group_systems import why_none
from smup.language import Lang
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.strings import strings
from smup.territory import Level, Unit

GROUPS = "grupy"


def asked_system(asked: str, release: Release) -> str:
    """The system of fixed groups asked for; the default one where it is unknown."""
    return asked if asked in release.frame.systems else DEFAULT_SYSTEM


def system_name(release: Release, system: str, lang: Lang) -> str:
    defined = release.catalogue.systems.get(system)
    return str(getattr(defined.name, lang)) if defined else system


def system_switch(
    release: Release, unit: Unit, indicator: Indicator, chosen: str, role: Level | None, lang: Lang
) -> dict[str, Any]:
    """The systems as a switch, a link to the unit's group, or why it has none there."""
    to, t, frame = Addresses(lang), strings(lang), release.frame
    membership = frame.membership(chosen)
    why = why_none(release.catalogue, membership, chosen, unit)
    group = membership.units.get(unit.code)
    rows = [
        {
            "name": system_name(release, system, lang),
            "href": to.unit_indicator(
                unit.code,
                indicator.id,
                rola=role.value if role else "",
                grupy="" if system == DEFAULT_SYSTEM else system,
            )
            + "#c",
            "chosen": system == chosen,
        }
        for system in frame.systems
    ]
    return {
        "systems": rows if len(rows) > 1 else [],
        "why": t[f"group_none_{why}"].format(year=membership.year) if why else "",
        "group": getattr(release.catalogue.groups[group].name, lang) if group else "",
        "group_href": to.group(group) if group else "",
    }

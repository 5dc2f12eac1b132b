"""Fixed groups as JSON-ready dictionaries, for the API and the command line."""

from typing import Any

from smup.catalogue import Catalogue, Group
from smup.compare.frame import Frame
from smup.language import Lang


def system_records(catalogue: Catalogue, frame: Frame, lang: Lang = "pl") -> list[dict[str, Any]]:
    """Every system of the release with its rule, version, date and groups, the default one first.

    ``population_year`` is the year whose population decides; None where none does.
    """
    return [_system(catalogue, frame, name, lang) for name in frame.systems]


def group_record(
    catalogue: Catalogue, frame: Frame, group: str, lang: Lang = "pl"
) -> dict[str, Any]:
    """A group with the codes of its units, those that no longer exist apart (``former``).

    Raises KeyError for an unknown group.
    """
    one = catalogue.groups[group]
    membership = frame.membership(one.system)
    members = membership.members(group)
    present = _present(frame, members)
    return {
        **_group(one, len(present), lang),
        "system": one.system,
        "population_year": membership.year,
        "note": getattr(one.note, lang) if one.note else None,
        "units": present,
        "former": [code for code in members if code not in set(present)],
    }


def _system(catalogue: Catalogue, frame: Frame, name: str, lang: Lang) -> dict[str, Any]:
    defined, membership = catalogue.systems.get(name), frame.membership(name)
    source = defined.source if defined else None
    return {
        "id": name,
        "name": getattr(defined.name, lang) if defined else name,
        "rule": getattr(defined.rule, lang) if defined else "",
        "version": defined.version if defined else 1,
        "since": defined.since.isoformat() if defined else None,
        "population_year": membership.year,
        "source": source
        and {
            "publisher": source.publisher,
            "title": getattr(source.title, lang),
            "year": source.year,
            "licence": source.licence,
            "homepage": source.homepage,
        },
        "groups": [
            _group(group, len(_present(frame, membership.members(group.id))), lang)
            for group in catalogue.groups_of(name).values()
        ],
    }


def _group(group: Group, count: int, lang: Lang) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": getattr(group.name, lang),
        "kinds": list(group.kinds),
        "population_from": group.population_from,
        "population_below": group.population_below,
        "count": count,
    }


def _present(frame: Frame, members: list[str]) -> list[str]:
    return [code for code in members if frame.territory.units[code].valid_to is None]

"""Code lists of the variable Jst: parts of the units, and larger areas in their place.

A larger area shows what the release itself says of it. Nothing is added up on request: totals of
what may not be told, and of ratios, would be wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from smup.language import Lang
from smup.present.places import level_name
from smup.store.releases import Release
from smup.territory import Kind, Level, Unit

_GROUP: dict[Lang, str] = {"pl": "Jednostki grupy: {name}", "en": "Units of the group: {name}"}
_SUMS: dict[Lang, str] = {"pl": "Gminy powiatu razem", "en": "Gminas of a powiat together"}
_AREAS: dict[str, dict[Lang, str]] = {
    "agg_powiaty": {
        "pl": "Powiaty: ich gminy razem (wartości z wydania)",
        "en": "Powiats: their gminas together (values of the release)",
    },
    "agg_wojewodztwa": {
        "pl": "Województwa (wartości z wydania)",
        "en": "Voivodeships (values of the release)",
    },
    "agg_kraj": {"pl": "Kraj (wartości z wydania)", "en": "Country (values of the release)"},
}
_OF_GROUP = "vs_grupa-"


@dataclass(frozen=True)
class Codelist:
    """``values`` maps each code of the list, a unit of the release, to the units it stands for."""

    id: str
    type: Literal["Aggregation", "Valueset"]
    label: str
    values: Mapping[str, tuple[str, ...]]


def codelists_of(release: Release, lang: Lang) -> dict[str, str]:
    """Labels of every code list by id, in the order in which they are offered."""
    groups = release.catalogue.groups.values()
    return {
        **{f"vs_{level.value}": _capital(level_name(level, lang)) for level in Level},
        "vs_gminy-powiatu": _SUMS[lang],
        **{name: words[lang] for name, words in _AREAS.items()},
        **{
            f"{_OF_GROUP}{one.id}": _GROUP[lang].format(name=getattr(one.name, lang))
            for one in groups
        },
    }


def codelist(release: Release, name: str, lang: Lang) -> Codelist | None:
    """One code list; None where there is none of this id."""
    labels = codelists_of(release, lang)
    if name not in labels:
        return None
    kind: Literal["Aggregation", "Valueset"] = "Valueset"
    if name in _MAKERS:
        kind, values = "Aggregation", dict(_MAKERS[name](release))
    else:
        values = {code: (code,) for code in _members(release, name)}
    held = release.indicators.unit_index
    return Codelist(name, kind, labels[name], {c: its for c, its in values.items() if c in held})


def _members(release: Release, name: str) -> list[str]:
    """The units of a value set."""
    if name.startswith(_OF_GROUP):
        group = release.catalogue.groups[name.removeprefix(_OF_GROUP)]
        return release.frame.membership(group.system).members(group.id)
    if name == "vs_gminy-powiatu":
        return [unit.code for unit in release.territory.of_kind([Kind.GMINY_POWIATU])]
    return [unit.code for unit in release.territory.of_level(Level(name.removeprefix("vs_")))]


def _powiats(release: Release) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The gminas of a powiat together, and every city with powiat rights."""
    for unit in release.territory.of_kind([Kind.GMINY_POWIATU, Kind.MIASTO]):
        yield unit.code, _parts(release, unit)


def _wojewodztwa(release: Release) -> Iterator[tuple[str, tuple[str, ...]]]:
    for unit in release.territory.of_level(Level.WOJEWODZTWO):
        yield unit.code, _parts(release, unit)


def _country(release: Release) -> Iterator[tuple[str, tuple[str, ...]]]:
    for unit in release.territory.of_level(Level.KRAJ):
        yield unit.code, _parts(release, unit)


def _parts(release: Release, unit: Unit) -> tuple[str, ...]:
    return tuple(member.code for member in release.territory.members(unit.code))


_MAKERS: Mapping[str, Callable[[Release], Iterator[tuple[str, tuple[str, ...]]]]] = {
    "agg_powiaty": _powiats,
    "agg_wojewodztwa": _wojewodztwa,
    "agg_kraj": _country,
}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

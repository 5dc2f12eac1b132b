"""The tables: one a service, one an area whose indicators belong to no service."""

from collections.abc import Mapping
from dataclasses import dataclass

from smup.catalogue import Area, Indicator
from smup.catalogue.models import Service
from smup.catalogue.numbers import numbers_of
from smup.formats.cube import Role
from smup.formats.extract import Extract
from smup.language import Lang
from smup.store.releases import Release

IDS: Mapping[Role, str] = {"metric": "Wskaznik", "geo": "Jst", "time": "Rok"}
ROLE_OF: Mapping[str, Role] = {id_.casefold(): role for role, id_ in IDS.items()}
COUNTRY = "PL"  # what is shown of units where nobody asks for any
_OF: dict[Lang, str] = {
    "pl": "{name}: wskaźniki według jednostki i roku, {years}",
    "en": "{name}: indicators by unit and year, {years}",
}


@dataclass(frozen=True)
class Table:
    """Indicators of a service, or of an area, that have data; all units; every year of any."""

    id: str
    service: Service | None
    area: Area
    indicators: tuple[Indicator, ...]
    years: tuple[int, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.indicators)

    @property
    def is_discontinued(self) -> bool:
        """Is none of its indicators continued?"""
        return all(one.status == "archived" for one in self.indicators)

    def name(self, lang: Lang) -> str:
        """Of its service or area."""
        return str(getattr((self.service or self.area).name, lang))

    def description(self, lang: Lang) -> str:
        """What the service or the area is."""
        told = self.service.what if self.service else self.area.summary
        return str(getattr(told, lang))

    def label(self, lang: Lang) -> str:
        """The name with what stands in rows and columns, and the years."""
        return _OF[lang].format(name=self.name(lang), years=span(self.years))

    def subject(self, release: Release, lang: Lang) -> tuple[str, str]:
        """Code and name of its area."""
        number = numbers_of(release.catalogue, "area").of[self.area.id]
        return f"O{number}", str(getattr(self.area.name, lang))

    def extract(self, release: Release, lang: Lang) -> Extract:
        """All of it."""
        return Extract.of(release, self.items, None, self.years, lang)


def span(years: tuple[int, ...]) -> str:
    """Years from the first to the last: "2018–2025"."""
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def tables_of(release: Release) -> dict[str, Table]:
    """The tables of a release by id, in catalogue order; none of one built before definitions had
    numbers."""
    catalogue = release.catalogue
    services = numbers_of(catalogue, "service").of
    areas = numbers_of(catalogue, "area").of
    held: dict[str, list[Indicator]] = {}
    for one in catalogue.shown:
        number = areas.get(one.area) if one.service is None else services.get(one.service)
        if number is not None and one.area in areas and release.years_of(one.id):
            held.setdefault(f"{'O' if one.service is None else 'U'}{number}", []).append(one)
    return {name: _table(release, name, found) for name, found in held.items()}


def _table(release: Release, name: str, indicators: list[Indicator]) -> Table:
    first, catalogue = indicators[0], release.catalogue
    years = {year for one in indicators for year in release.years_of(one.id)}
    return Table(
        id=name,
        service=None if first.service is None else catalogue.services[first.service],
        area=catalogue.areas[first.area],
        indicators=tuple(indicators),
        years=tuple(sorted(years)),
    )

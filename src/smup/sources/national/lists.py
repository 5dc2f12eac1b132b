"""The dictionaries of the service, asked for and read: what the rest is understood with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from smup.catalogue.statuses import load_statuses
from smup.fetch.fetcher import Answer
from smup.ingest.keys import Units
from smup.quality import Finding, finding
from smup.sources.national.answers import (
    Area,
    Day,
    Indicator,
    Service,
    Shown,
    read,
    read_flags,
)
from smup.sources.national.asking import ID, PAGE, UNITS, Asker, question, read_units
from smup.sources.national.dictionaries import Dictionaries, flag_statuses, listed, places
from smup.sources.provider import Desk, Progress
from smup.territory.load import load_parts

AREAS, SERVICES, INDICATORS = "areas-list", "public-services", "indicator-list"
DAYS, FLAGS = "data-dictionary", "flag-dictionary"
SINGLE = (INDICATORS, DAYS, FLAGS, AREAS)  # one question each, as a rule
USUAL_AREAS = 10  # of the service, for a plan before it was ever asked


@dataclass
class Lists:
    """``answers`` are those the dictionaries were read from, ``findings`` what is wrong in them."""

    asker: Asker
    desk: Desk
    answers: list[Answer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    capacity: int = PAGE

    def due(self) -> int:
        """Questions that would be asked now; further pages are not foreseen but for units."""
        asker, kept = self.asker, self.asker.fetcher.kept(question(AREAS))
        areas = [one.id for one in read(Area, kept.content)] if kept else []
        services = sum(asker.due(question(SERVICES, id_=one)) for one in areas)
        single = sum(asker.due(question(path)) for path in SINGLE)
        return single + 2 * asker.due(question(UNITS)) + (services if kept else USUAL_AREAS)

    def years_kept(self) -> tuple[int, ...]:
        """Years by the list kept last, or those that the service is thought to have."""
        kept = self.asker.fetcher.kept(question(DAYS))
        if kept is None:
            first = self.asker.fetcher.providers[ID].settings.asking.first_year
            return tuple(range(first, self.desk.today.year))
        return self._years(read(Day, kept.content))

    def lacking(self) -> Callable[[int], bool]:
        """Is it known of an indicator that the service does not list it?"""
        kept = self.asker.fetcher.kept(question(INDICATORS))
        listed = [one.id for one in read(Indicator, kept.content)] if kept else []
        whole = 0 < len(listed) < PAGE
        return lambda number: whole and number not in listed

    def all(self, progress: Progress) -> Dictionaries:
        """Everything, asked for where it is not kept. Raises FetchError."""
        progress("słowniki", 0, len(SINGLE) + 1)
        pages, self.capacity = self.asker.units()
        self.answers += pages
        units = [unit for page in pages for unit in read_units(page.content)]
        indicators = self._read(INDICATORS, lambda content: read(Indicator, content))
        days = self._read(DAYS, lambda content: read(Day, content))
        flags = self._read(FLAGS, read_flags)
        known, disputed = flag_statuses(flags, load_statuses(self.desk.root / "catalogue"))
        for text in disputed:
            self.findings.append(finding("nieznana-flaga", ID, FLAGS, text))
        areas, services = self._areas()
        progress("słowniki", len(SINGLE) + 1, len(SINGLE) + 1)
        return Dictionaries(
            known,
            {flag.id: ", ".join(flag.texts) for flag in flags},
            places(units, _units(self.desk)),
            self._years(days),
            listed(indicators, areas, services),
            self.capacity,
        )

    def _areas(self) -> tuple[list[Area], dict[int, list[int]]]:
        """Areas, and the services of each by number."""
        areas = self._read(AREAS, lambda content: read(Area, content))
        return areas, {area.id: self._services(area.id) for area in areas}

    def _services(self, area: int) -> list[int]:
        pages = self.asker.part(SERVICES, _services, self.capacity, area)
        self.answers += pages
        return [one.id for page in pages if page.content for one in _services(page.content)]

    def _read(self, path: str, reader: Callable[[bytes], list[Shown]]) -> list[Shown]:
        pages = self.asker.dictionary(path, reader, self.capacity)
        self.answers += pages
        return [one for page in pages for one in reader(page.content)]

    def _years(self, days: list[Day]) -> tuple[int, ...]:
        return tuple(sorted({day.year for day in days if day.year <= self.desk.today.year}))


def _services(content: bytes) -> list[Service]:
    return read(Service, content)


def _units(desk: Desk) -> Units:
    return Units(desk.territory, load_parts(desk.root / "territory"))

"""Questions to the national service, page by page, and how long an answer to each stays good."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from smup.fetch.errors import Unreachable
from smup.fetch.fetcher import Answer, Fetcher
from smup.fetch.request import Request
from smup.sources.national.answers import Check, Reader, Unit, card, listing, parsed, read, records

ID = "smup"
PAGE = 5000  # rows of a page, the most the service gives
NOTHING = 404  # said where an indicator has no figures for a year, instead of an empty list
MOST_PAGES = 50
UNITS = "teryt-dictionary"
VALUES = "indicator-date-data"


def question(path: str, *, id_: int | None = None, day: int | None = None) -> Request:
    """The first page of a list."""
    asked = {"id": id_, "id-daty": day, "page": 1, "page-size": PAGE}
    params = [(name, str(value)) for name, value in asked.items() if value is not None]
    return Request(ID, path, (*params, ("lang", "pl")))


def card_of(indicator: int) -> Request:
    return Request(ID, "indicator-flashcard", (("id", str(indicator)), ("lang", "pl")))


def values_in(indicator: int, year: int) -> Request:
    return question(VALUES, id_=indicator, day=year * 10_000 + 1231)


def read_units(content: bytes) -> list[Unit]:
    return read(Unit, content)


@dataclass(frozen=True)
class Asker:
    """Asks for what is not kept, or was kept too long ago."""

    fetcher: Fetcher
    today: date

    def due(self, request: Request, year: int | None = None) -> bool:
        """Would the service be asked? ``year`` is that of the figures, None for dictionaries."""
        kept = self.fetcher.kept(request)
        if kept is None:
            return True
        told = kept.confirmed.date()
        asking = self.fetcher.providers[ID].settings.asking
        final = year is not None and year <= told.year - asking.open_years
        return not final and self.today - told >= timedelta(days=asking.again_days)

    def one(
        self,
        request: Request,
        check: Check,
        *,
        year: int | None = None,
        empty: Collection[int] = (),
    ) -> Answer:
        """The answer, kept or fresh. Raises FetchError."""
        again = self.due(request, year)
        return self.fetcher.get(request, check=check, again=again, empty=empty)

    def units(self) -> tuple[list[Answer], int]:
        """All pages of the dictionary of units, and how many rows a page holds at least.

        The longest list of the service is followed until nothing comes: should its pages be shorter
        than was asked for, a short page of another list is not taken for the last.
        """
        first = self.one(question(UNITS), listing(read_units))
        return [first, *self._further(first, 1, parsed(read_units))], _rows(first)

    def dictionary(self, path: str, reader: Reader, capacity: int) -> list[Answer]:
        """All pages of a list that must not be empty; a full page has another after it."""
        first = self.one(question(path), listing(reader))
        return [first, *self._after(first, capacity, parsed(reader))]

    def part(self, path: str, reader: Reader, capacity: int, id_: int) -> list[Answer]:
        """All pages of a list about one thing; it may be empty."""
        check = parsed(reader)
        first = self.one(question(path, id_=id_), check, empty=(NOTHING,))
        return [first, *self._after(first, capacity, check)]

    def card(self, indicator: int) -> list[Answer]:
        return [self.one(card_of(indicator), card, empty=(NOTHING,))]

    def values(self, indicator: int, year: int, check: Check, capacity: int) -> list[Answer]:
        """All pages of one indicator and year; one without content where there are no figures."""
        first = self.one(values_in(indicator, year), check, year=year, empty=(NOTHING,))
        return [first, *self._after(first, capacity, check, year)]

    def _after(
        self, first: Answer, capacity: int, check: Check, year: int | None = None
    ) -> Iterator[Answer]:
        """Pages after a first one that may be the only one."""
        return iter(()) if _rows(first) < capacity else self._further(first, capacity, check, year)

    def _further(
        self, first: Answer, full: int, check: Check, year: int | None = None
    ) -> Iterator[Answer]:
        """Pages from the second on, until one has fewer rows than ``full``."""
        before = first
        for page in range(2, MOST_PAGES + 1):
            request = _page(first.request, page)
            answer = self.one(request, check, year=year, empty=(NOTHING,))
            rows = _rows(answer)
            same = answer.digest == before.digest
            if same and rows >= PAGE:
                break
            if rows and not same:
                yield answer
            if rows < full or same:
                return
            before = answer
        raise Unreachable(
            f"Krajowy SMUP, {first.request.path}: usługa nie kończy listy albo powtarza tę samą "
            "stronę; nic nie zapisano, dotychczasowe dane zostają. Powtórz później."
        )


def _rows(answer: Answer) -> int:
    return len(records(answer.content)) if answer.content else 0


def _page(request: Request, page: int) -> Request:
    params = tuple((name, str(page) if name == "page" else value) for name, value in request.params)
    return replace(request, params=params)

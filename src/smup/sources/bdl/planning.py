"""What a run would ask of the Local Data Bank, counted without asking."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from smup.fetch.providers import Asking
from smup.sources.bdl import questions
from smup.sources.bdl.asking import NIGHT
from smup.sources.bdl.due import due_years, wanted_years
from smup.sources.bdl.held import Held, read_held
from smup.sources.bdl.numbers import Number, read_accepted, read_found
from smup.sources.bdl.questions import PAGE
from smup.sources.bdl.resolving import sought
from smup.sources.bdl.shapes import DataPage, Subject, shaped
from smup.sources.bdl.wanted import LEVEL_NAMES, Wanted, wanted_of
from smup.sources.provider import Desk, Plan, Step
from smup.store.snapshots import Snapshots

FARTHEST = 10  # times the estimate: an announced number of rows may be wrong by millions


@dataclass(frozen=True)
class _Known:
    """Variables of the catalogue with the numbers known for them, and what is held of each."""

    wanted: tuple[Wanted, ...]
    numbers: Mapping[str, Number]
    held: Mapping[str, Held]

    def unnumbered(self) -> list[Wanted]:
        return [one for one in self.wanted if one.variable.id not in self.numbers]

    def rows(self, settings: Asking) -> dict[int, int]:
        """Rows of an answer by level: of the largest one held, else someone else's count."""
        rows: dict[int, int] = {}
        for held in self.held.values():
            for sheet in held.sheets.values():
                rows[sheet.level] = max(rows.get(sheet.level, 0), sheet.total)
        return {**settings.rows, **{level: total for level, total in rows.items() if total}}


def planned(desk: Desk) -> Plan:
    """Attributes, numbers, subjects, data. Raises CatalogueErrors."""
    settings = desk.fetcher.providers[questions.PROVIDER].settings.asking
    known = _known(desk)
    data = _data(desk, known, settings)
    steps = [
        Step("znaczenie atrybutów wartości", _due_attributes(desk)),
        Step("szukanie numerów zmiennych", *_lookups(desk, known)),
        Step("sprawdzenie, które tematy się zmieniły", _subjects(desk, known)),
        *(Step(f"dane na poziomie {LEVEL_NAMES[level]}", count) for level, count in data.items()),
    ]
    estimated = any(not held.sheets for held in known.held.values()) or not known.held
    told = "liczba stron to szacunek, dopóki usługa nie poda liczby jednostek"
    return Plan(
        questions.PROVIDER,
        tuple(step for step in steps if step.requests),
        (told,) if estimated and data else (),
    )


def _known(desk: Desk) -> _Known:
    wanted = tuple(wanted_of(desk.catalogue))
    found, accepted = read_found(desk.home), read_accepted(desk.root / "catalogue")
    snapshots = Snapshots(desk.home / "snapshots")
    numbers: dict[str, Number] = {}
    held: dict[str, Held] = {}
    for one in wanted:
        name = one.variable.id
        for number in (accepted.get(name), found.get(name)):
            if number is not None and number.asked == one.asked and name not in numbers:
                numbers[name] = number
        if name in numbers:
            held[name] = read_held(desk.home, snapshots, numbers[name])
    return _Known(wanted, numbers, held)


def _due_attributes(desk: Desk) -> int:
    kept = desk.fetcher.kept(questions.attributes(0))
    return int(kept is None or kept.confirmed < desk.fetcher.clock.now() - NIGHT)


def _lookups(desk: Desk, known: _Known) -> tuple[int, str]:
    """A subject is searched for by name, described and listed once, whatever is sought in it."""
    unnumbered = known.unnumbered()
    subjects = {sought(one.position.subject) for one in unnumbered if one.position.subject}
    by_id = [one for one in unnumbered if one.position.id is not None]
    unseen = [
        name for name in subjects if desk.fetcher.kept(questions.subjects_named(name, 0)) is None
    ]
    requests = 3 * len(unseen) + 2 * len(by_id)
    return requests, f"zmiennych bez numeru: {len(unnumbered)}, tematów: {len(subjects)}"


def _subjects(desk: Desk, known: _Known) -> int:
    night = desk.fetcher.clock.now() - NIGHT
    subjects = {number.subject_id for number in known.numbers.values()}
    kept = (desk.fetcher.kept(questions.subject(id_)) for id_ in subjects)
    return sum(answer is None or answer.confirmed < night for answer in kept)


def _data(desk: Desk, known: _Known, settings: Asking) -> dict[int, int]:
    """Requests by level, the lowest units first."""
    rows = known.rows(settings)
    counts: dict[int, int] = {}
    for one in known.wanted:
        number = known.numbers.get(one.variable.id)
        for level, requests in _pages(desk, one, number, known, rows, settings):
            counts[level] = counts.get(level, 0) + requests
    return dict(sorted(counts.items(), reverse=True))


def _pages(
    desk: Desk,
    wanted: Wanted,
    number: Number | None,
    known: _Known,
    rows: Mapping[int, int],
    settings: Asking,
) -> Iterator[tuple[int, int]]:
    """(level, pages to ask for) of one variable."""
    answer = desk.fetcher.kept(questions.subject(number.subject_id)) if number else None
    for level in wanted.levels:
        pages = max(1, -(-rows[level] // PAGE))
        if number is None or answer is None:
            yield level, pages
            continue
        subject = shaped(Subject, answer.content)
        years = wanted_years(wanted.variable, subject.years_at(level), settings)
        due = due_years(known.held[wanted.variable.id], level, years, subject, settings)
        if due:
            yield level, _left(desk, number, level, due, answer.retrieved, pages)


def _left(
    desk: Desk,
    number: Number,
    level: int,
    years: Sequence[int],
    since: datetime,
    estimate: int,
) -> int:
    """Pages of one table that were not answered at ``since`` or later; the first tells how many
    there are."""
    left, at, pages = 0, 0, estimate
    while at < pages:
        kept = desk.fetcher.kept(questions.data(number.id, level, years, at, by_id=False))
        if kept is None or kept.confirmed < since:
            left += 1
        elif at == 0 and kept.content:
            announced = -(-shaped(DataPage, kept.content).total_records // PAGE)
            pages = min(announced, FARTHEST * estimate)
        at += 1
    return left

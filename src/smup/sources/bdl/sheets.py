"""All pages of one variable at one level: asked for, counted, and kept as one sheet.

A sheet is a small JSON document among the snapshots that names the bytes of every page by sha256,
so that whoever reads it later reads exactly what was asked for together.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from smup.fetch.fetcher import Answer, Fetcher
from smup.sources.bdl import questions
from smup.sources.bdl.lists import Uneven, confirmed
from smup.sources.bdl.numbers import Number
from smup.sources.bdl.questions import PAGE
from smup.sources.bdl.shapes import DataPage, checking, shaped
from smup.store.snapshots import SnapshotInfo, Snapshots

NOTHING = 404  # the service has no such table


@dataclass(frozen=True, slots=True)
class Sheet:
    """``updated`` is when the subject changed last, as it said before the pages were asked for.

    ``pages`` are sha256 of answers in order, () where the service has nothing at this level.
    ``retrieved`` is the day on which the newest of them came, ``total`` the rows of all together.
    """

    number: int
    level: int
    years: tuple[int, ...]
    updated: str
    total: int
    pages: tuple[str, ...]
    retrieved: date

    @property
    def name(self) -> str:
        """What the table says the figures stood in."""
        years = f"{self.years[0]}-{self.years[-1]}"
        return f"BDL data/by-variable/{self.number} unit-level={self.level} year={years}"


@dataclass(frozen=True)
class Asking:
    """One table to ask for: ``years`` of a variable at a level, of no fewer than ``rows``.

    Answers count that were given at ``since`` or later; those older than ``night`` are asked for
    again where they cannot be right. ``asked`` is told after each.
    """

    fetcher: Fetcher
    number: Number
    level: int
    years: Sequence[int]
    since: datetime
    night: datetime
    rows: float
    asked: Callable[[], None]


def ask_sheet(asking: Asking, updated: str) -> Sheet:
    """Every page of the table; ``updated`` is when its subject changed last.

    Where rows do not add up to what was announced, all pages are asked for once more in the order
    of ids, and those once more on another night. Raises Uneven when nothing helps, and what the
    fetcher raises.
    """
    for by_id in (False, True):
        with suppress(Uneven):
            return _sheet(asking, updated, _pages(asking, asking.since, by_id=by_id))
    return _sheet(asking, updated, _pages(asking, asking.night, by_id=True))


def _sheet(asking: Asking, updated: str, answers: Sequence[Answer]) -> Sheet:
    told = [answer for answer in answers if answer.status != NOTHING]
    return Sheet(
        asking.number.id,
        asking.level,
        tuple(asking.years),
        updated,
        shaped(DataPage, told[0].content).total_records if told else 0,
        tuple(answer.digest for answer in told),
        max(answer.retrieved for answer in answers).date(),
    )


def _pages(asking: Asking, since: datetime, *, by_id: bool) -> list[Answer]:
    """The answers in order. Raises Uneven at the first page that does not fit."""
    answers: list[Answer] = []
    seen: set[str] = set()
    first: DataPage | None = None
    while first is None or len(answers) * PAGE < first.total_records:
        answer = _page(asking, len(answers), since, by_id=by_id)
        if answer.status == NOTHING:
            if answers:
                raise Uneven(f"zmienna {asking.number.id}: strony {len(answers)} nie ma")
            return [answer]
        page = shaped(DataPage, answer.content)
        first = first or page
        _refuse_uneven(asking, page, first, len(answers))
        ids = [row.id for row in page.results]
        if len(seen | set(ids)) != len(seen) + len(ids):
            raise Uneven(f"zmienna {asking.number.id}: jednostka stoi w dwóch wierszach")
        seen.update(ids)
        answers.append(answer)
    return answers


def _page(asking: Asking, at: int, since: datetime, *, by_id: bool) -> Answer:
    question = questions.data(asking.number.id, asking.level, asking.years, at, by_id=by_id)
    check, empty = checking(DataPage), (NOTHING,)
    answer = confirmed(asking.fetcher, question, since, check, empty)
    if answer.status == NOTHING:  # a table that is gone may be back another night
        answer = confirmed(asking.fetcher, question, max(since, asking.night), check, empty)
    asking.asked()
    return answer


def _refuse_uneven(asking: Asking, page: DataPage, first: DataPage, at: int) -> None:
    """A page that is not the next one of this very table. Raises Uneven."""
    name, total = f"zmienna {asking.number.id}, strona {at}", first.total_records
    if (page.page, page.variable_id) != (at, asking.number.id):
        raise Uneven(f"{name}: przyszła strona {page.page} zmiennej {page.variable_id}")
    if page.measure_unit_id != asking.number.measure_id:
        raise Uneven(
            f"{name}: jednostka miary {page.measure_unit_id} zamiast {asking.number.measure_id}; "
            "sprawdź zmienną i zatwierdź numer ponownie"
        )
    if page.total_records != total or page.last_update != first.last_update:
        raise Uneven(f"{name}: dane zmieniły się w trakcie pobierania")
    if total < asking.rows:
        raise Uneven(f"{name}: zapowiedziano {total} wierszy, a mniej niż {asking.rows:g} nie było")
    expected = min(PAGE, total - at * PAGE)
    if len(page.results) != expected:
        raise Uneven(f"{name}: wierszy jest {len(page.results)}, a powinno być {expected}")


def keep_sheet(snapshots: Snapshots, sheet: Sheet, licence: str, publisher: str) -> str:
    """Keep the sheet; its sha256."""
    told = {name: getattr(sheet, name) for name in Sheet.__slots__}
    content = orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    info = SnapshotInfo(sheet.name, publisher, licence, sheet.retrieved.isoformat())
    return snapshots.keep(content, info, packed=True)


def read_sheet(snapshots: Snapshots, digest: str) -> Sheet:
    """Raises SnapshotError when the bytes are gone or damaged."""
    told = orjson.loads(snapshots.read(digest))
    return Sheet(
        told["number"],
        told["level"],
        tuple(told["years"]),
        told["updated"],
        told["total"],
        tuple(told["pages"]),
        date.fromisoformat(told["retrieved"]),
    )

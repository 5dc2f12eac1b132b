"""One question in many pages: a report of one year from one województwo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import orjson

from smup.fetch.fetcher import Answer, Fetcher
from smup.fetch.request import Request
from smup.ingest.refusing import SourceError
from smup.sources.budget.forms import LIMIT, QUARTER, Report
from smup.sources.budget.pages import Page, check_of, parsed, whole
from smup.sources.budget.raw import Raw
from smup.store.snapshots import SnapshotInfo, Snapshots

PROVIDER = "mf"
EMPTY = (204,)
Asked = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Slice:
    report: Report
    year: int
    wk: str

    @property
    def place(self) -> str:
        return f"{PROVIDER}/{self.report.path}/{self.year}/{self.wk}"

    def request(self, page: int) -> Request:
        """Without a sort that leaves nothing open, pages repeat some rows and skip others."""
        rows = "symbol" if self.report.symbols else "dzial,rozdzial,paragraf,finansowanie-paragrafu"
        return Request(
            PROVIDER,
            self.report.path,
            (
                ("filter[okres-rok]", str(self.year)),
                ("filter[okres-okres]", QUARTER),
                ("filter[sprawozdanie-najnowsze]", "true"),
                ("filter[jednostka-wk]", self.wk),
                ("sort", f"jednostka-const-id,{rows}"),
                ("page", str(page)),
                ("limit", str(LIMIT)),
                ("format", "JSON"),
            ),
        )


@dataclass(frozen=True)
class Read:
    """``raw`` is None where the service has nothing; ``answers`` are the pages in order."""

    raw: Raw | None
    answers: tuple[Answer, ...]


def read_slice(fetcher: Fetcher, one: Slice, since: date, asked: Asked) -> Read:
    """All pages of the slice; those confirmed on ``since`` or later are not asked for again.

    Pages that do not fit together (the service changed while they were read) are asked for once
    more, all of them. Raises SourceError when they still do not, FetchError.
    """
    try:
        return _read(fetcher, one, since, asked)
    except SourceError:
        return _read(fetcher, one, date.max, asked)


def _read(fetcher: Fetcher, one: Slice, since: date, asked: Asked) -> Read:
    answers: list[Answer] = []
    pages: list[Page] = []
    for number in _numbers(pages):
        answer = _page(fetcher, one, number, since)
        asked()
        if answer.status in EMPTY:
            break
        answers.append(answer)
        pages.append(parsed(answer.content))
    if not pages or not pages[0].total:
        return Read(None, (answer,))
    return Read(whole(one.report, pages, one.place), tuple(answers))


def _numbers(pages: list[Page]) -> Iterator[int]:
    """Numbers of pages, as many as the first says there are."""
    yield 1
    if pages:
        yield from range(2, pages_of(pages[0].total) + 1)


def _page(fetcher: Fetcher, one: Slice, number: int, since: date) -> Answer:
    request = one.request(number)
    kept = fetcher.kept(request)
    if kept is not None and kept.confirmed.date() >= since:
        return kept
    check = check_of(one.report, one.year, one.wk)
    return fetcher.get(request, check=check, again=kept is not None, empty=EMPTY)


def pages_of(rows: int) -> int:
    return max(-(-rows // LIMIT), 1)


def missing(fetcher: Fetcher, one: Slice, since: date, rows: int) -> int:
    """How many requests the slice still costs; ``rows`` is the guess before anything is known."""

    def have(number: int) -> Answer | None:
        answer = fetcher.kept(one.request(number))
        return answer if answer is not None and answer.confirmed.date() >= since else None

    first = have(1)
    if first is None:
        return pages_of(rows)
    last = 1 if first.status in EMPTY else pages_of(parsed(first.content).total)
    low, high = 1, last  # pages are read in order: those held are the first ones
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if have(middle) else (low, middle - 1)
    return last - low


def manifest(one: Slice, read: Read, base: str, snapshots: Snapshots, info: SnapshotInfo) -> str:
    """Keep the list of the pages the slice was read from; its sha256."""
    pages = [
        {
            "address": answer.request.address(base),
            "sha256": answer.digest,
            "retrieved": answer.retrieved.isoformat(),
        }
        for answer in read.answers
    ]
    said = {"report": one.report.id, "year": one.year, "wk": one.wk, "pages": pages}
    return snapshots.keep(orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE), info)


def read_manifest(report: Report, snapshots: Snapshots, digest: str) -> Raw:
    """The rows of a slice from kept bytes alone. Raises SnapshotError, SourceError."""
    said = orjson.loads(snapshots.read(digest))
    pages = [parsed(snapshots.read(page["sha256"])) for page in said["pages"]]
    return whole(report, pages, Slice(report, said["year"], said["wk"]).place)

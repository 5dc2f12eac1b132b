"""Short lists of the service, every page of them."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel

from smup.fetch.fetcher import Answer, Fetcher
from smup.fetch.request import Request
from smup.sources.bdl.questions import PAGE
from smup.sources.bdl.shapes import ListPage, checking, shaped

Item = TypeVar("Item", bound=BaseModel)


class Uneven(Exception):
    """Pages do not hold as many rows as were announced; the text is the reason in Polish."""


def confirmed(
    fetcher: Fetcher,
    request: Request,
    since: datetime | None,
    check: Callable[[bytes], None],
    empty: tuple[int, ...] = (),
) -> Answer:
    """The answer as it stood at ``since`` or later; any kept one where that is None. ``empty``
    are statuses that mean "nothing there"."""
    kept = fetcher.kept(request)
    if kept is not None and (since is None or kept.confirmed >= since):
        return kept
    return fetcher.get(request, check=check, again=kept is not None, empty=empty)


def whole_list(
    fetcher: Fetcher,
    page_of: Callable[[int], Request],
    shape: type[ListPage[Item]],
    since: datetime | None = None,
) -> tuple[list[Item], list[Answer]]:
    """All items and the answers they stood in. Raises Uneven, and what the fetcher raises."""
    items: list[Item] = []
    answers: list[Answer] = []
    total = 1
    while len(answers) * PAGE < total:
        request = page_of(len(answers))
        answer = confirmed(fetcher, request, since, checking(shape))
        page = shaped(shape, answer.content)
        total = page.total_records
        items += page.results
        answers.append(answer)
        if not page.results:
            break  # an announced number may be wrong by millions
    if len(items) != total:
        raise Uneven(
            f"{answers[0].request.path}: pozycji jest {len(items)}, a zapowiedziano {total}"
        )
    return items, answers

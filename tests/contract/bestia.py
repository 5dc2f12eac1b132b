"""The BeSTi@ service of the Ministry of Finance, as clients that call it describe it.

Filters by the value of a field, at most 100 rows a page, 204 where there is nothing, numbers as
Polish texts. Rows that ``sort`` leaves equal come in another order at every question, so pages
repeat some of them and skip others.
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.contract.serving import Question, Reply, as_json

BASE = "/api"
MOST = 100
PATHS = ("pozycje-rb27s", "pozycje-rb28s", "pozycje-rbnds", "pozycje-rbztd")
Row = Mapping[str, str]


class Bestia:
    """``rows`` is a file: {path: [row, …]}. The attributes below make it misbehave."""

    def __init__(self, rows: str) -> None:
        self.rows = rows
        self.read_from = ""
        self.told: dict[str, list[Row]] = {}
        self.questions = 0
        self.cut_every = 0  # every n-th answer breaks off in the middle
        self.drop_every = 0  # every n-th question gets no answer at all
        self.fail_every = 0  # every n-th answer is 503
        self.slow_every = 0  # every n-th answer comes in two halves
        self.total_off = 0  # added to totalItems
        self.renamed: dict[str, str] = {}  # fields that go by another name now
        self.deaf: list[str] = []  # filters that are ignored
        self.swap_after = 0  # after so many questions ``rows`` becomes ``next_rows``
        self.next_rows = ""

    def answer(self, question: Question) -> Reply:
        self.questions += 1
        if self.swap_after and self.questions > self.swap_after:
            self.rows, self.swap_after = self.next_rows, 0
        path = question.path.removeprefix(f"{BASE}/")
        if path not in PATHS:
            return as_json({"message": "Not Found"}, 404)
        if self._now(self.drop_every):
            return Reply(drop=True)
        if self._now(self.fail_every):
            return as_json({"message": "Service Unavailable"}, 503)
        reply = self._page(path, question)
        if reply.status != 200:
            return reply
        if self._now(self.cut_every):
            return Reply(reply.status, reply.body, cut=len(reply.body) // 2)
        slow = 0.01 if self._now(self.slow_every) else 0.0
        return Reply(reply.status, reply.body, slow=slow)

    def _now(self, every: int) -> bool:
        return every > 0 and self.questions % every == 0

    def _page(self, path: str, question: Question) -> Reply:
        limit, page = int(question.one("limit", "25")), int(question.one("page", "1"))
        if limit > MOST:
            return as_json({"message": f"limit > {MOST}"}, 400)
        rows = self._sorted(self._chosen(path, question), question.one("sort"))
        shown = rows[(page - 1) * limit : page * limit]
        if not shown:
            return Reply(204)
        pages = -(-len(rows) // limit)
        following = f"{question.path}?page={page + 1}" if page < pages else None
        return as_json(
            {
                "data": [{self.renamed.get(k, k): v for k, v in row.items()} for row in shown],
                "paging": {"totalItems": len(rows) + self.total_off, "totalPages": pages},
                "links": {"self": question.path, "next": following, "last": f"?page={pages}"},
            }
        )

    def _chosen(self, path: str, question: Question) -> list[Row]:
        if self.read_from != self.rows:
            self.told, self.read_from = json.loads(Path(self.rows).read_text("utf-8")), self.rows
        filters = {
            name.removeprefix("filter[").removesuffix("]"): value
            for name, value in question.params
            if name.startswith("filter[")
        }
        heard = {name: value for name, value in filters.items() if name not in self.deaf}
        return [
            row
            for row in self.told.get(path, [])
            if all(row.get(name) == value for name, value in heard.items())
        ]

    def _sorted(self, rows: Sequence[Row], sort: str) -> list[Row]:
        mixed = random.Random(self.questions).sample(list(rows), len(rows))
        if not sort:
            return mixed
        fields = sort.split(",")
        return sorted(mixed, key=lambda row: [row.get(field, "") for field in fields])


def polish(grosze: int) -> str:
    """``1 234,50``: as the service writes amounts."""
    whole, rest = divmod(abs(grosze), 100)
    grouped = f"{whole:,}".replace(",", " ")
    return f"{'-' if grosze < 0 else ''}{grouped},{rest:02}"


def as_file(path: Path, rows: Mapping[str, Sequence[Any]]) -> str:
    """Write the rows for the server; the address of the file."""
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return str(path)

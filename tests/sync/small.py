"""A small source: a service of a few figures, and the provider that asks it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from smup.fetch.errors import Unsound
from smup.fetch.request import Request
from smup.ingest.tables import put
from smup.panel import Status
from smup.quality.findings import finding
from smup.sources.provider import Desk, Outcome, Plan, Progress, Step
from smup.store.tidy import Fact
from tests.contract.serving import Question, Reply, as_json
from tests.helpers.tiny_root import write_root

FIGURES = [  # variable, unit, year, value: what the service publishes
    ("ludnosc", "020101", 2023, 120),
    ("ludnosc", "020102", 2023, 60),
    ("ludnosc", "0261", 2023, 910),
]
PROVIDERS = """{name}:
  name: {{pl: małe źródło, en: small source}}
  publisher: Urząd Zmyślony
  licence: CC0
  base: http://127.0.0.1:9
  limits:
    anonymous: {{1: 1000, 900: {limit}}}
"""


class Service:
    """``/figures/<n>`` gives the n-th figure; ``refusing`` answers 403, ``broken`` half a JSON."""

    def __init__(self, figures: Sequence[Sequence[Any]] = FIGURES) -> None:
        self.figures = [list(one) for one in figures]
        self.refusing = self.broken = self.hanging = False

    def answer(self, question: Question) -> Reply:
        number = int(question.path.rsplit("/", 1)[-1])
        if self.refusing:
            return as_json({}, 403)
        if self.broken:
            return Reply(body=b'{"variable": "lud')
        if self.hanging and number == 1:
            return Reply(body=b"{}", slow=60)
        return as_json(self.figures[number])


class Small:
    """Asks for every figure once and writes them all into one table."""

    def __init__(self, name: str = "rejestr", count: int = len(FIGURES)) -> None:
        self.id, self.count = name, count

    def plan(self, desk: Desk) -> Plan:
        open_ = sum(desk.fetcher.kept(self._request(n)) is None for n in range(self.count))
        steps = (Step("Pobierz liczby", open_),) if open_ else ()
        return Plan(self.id, steps)

    def run(self, desk: Desk, progress: Progress) -> Outcome:
        before, answers = desk.fetcher.asked(), []
        for number in range(self.count):
            progress("liczby", number, self.count)
            answers.append(desk.fetcher.get(self._request(number), check=_whole))
        progress("liczby", self.count, self.count)
        rows = [json.loads(answer.content) for answer in answers]
        meta = [
            ("source", self.id),
            ("publisher", "Urząd Zmyślony"),
            ("title", "Liczby"),
            ("licence", "CC0"),
        ]
        for answer in answers:
            meta += [
                ("file", answer.request.path),
                ("sha256", answer.digest),
                ("dated", "2024"),
                ("retrieved", answer.retrieved.date().isoformat()),
            ]
        facts = [Fact(*row[:3], float(row[3]), Status.OBSERVED) for row in rows]
        noted = [finding("brak-kodu", self.id, "figures", "Jeden wiersz nie ma kodu.")]
        name = f"{self.id}.nowe"
        written = (name,) if put(desk.home, name, meta, facts, noted) else ()
        return Outcome(self.id, desk.fetcher.asked() - before, written, tuple(noted))

    def _request(self, number: int) -> Request:
        return Request(self.id, f"figures/{number}")


def _whole(content: bytes) -> None:
    try:
        json.loads(content)
    except ValueError:
        raise Unsound("niecały JSON") from None


def small_root(folder: Path, names: Sequence[str] = ("rejestr",), limit: int = 1000) -> Path:
    """The tiny repository with providers of these names."""
    root = write_root(folder)
    told = "".join(PROVIDERS.format(name=name, limit=limit) for name in names)
    (root / "catalogue" / "providers.yaml").write_text(told, "utf-8")
    return root


PROVIDER = Small()

"""A desk before the contract server: the real definitions, the small country, a virtual clock."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from smup.catalogue import Catalogue, load_catalogue
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import access, load_providers
from smup.sources.budget import PROVIDER
from smup.sources.provider import Desk, Outcome, Plan
from smup.store.tidy import read_table
from tests.contract.bestia import BASE, as_file
from tests.contract.clock import VirtualClock
from tests.contract.serving import ROOT, Serving
from tests.helpers.country import country
from tests.sources.budget.invented import Reports

SINCE = 2023
START = datetime(2025, 7, 10, 20, 0, tzinfo=UTC)  # 2024 is published, and may still be corrected


@cache
def catalogue() -> Catalogue:
    """The real definitions, as if nobody wanted years before ``SINCE``."""
    real = load_catalogue(ROOT / "catalogue")
    later = {
        name: one.model_copy(update={"since": max(one.since or SINCE, SINCE)})
        for name, one in real.variables.items()
    }
    return real.model_copy(update={"variables": later})


@dataclass
class Office:
    folder: Path
    serving: Serving | None = None
    patience: float | None = None
    clock: VirtualClock | None = None
    definitions: Catalogue | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.home.mkdir(exist_ok=True)
        self.clock = self.clock or VirtualClock(self.folder, START)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        assert self.clock is not None
        address = self.serving.address if self.serving else "http://127.0.0.1:9"
        settings = access(
            load_providers(ROOT / "catalogue"), self.home, {"SMUP_PROVIDER_MF": address + BASE}
        )
        with Fetcher(self.home, settings, self.clock, self.patience) as fetcher:
            today = self.clock.now().date()
            here = self.definitions or catalogue()
            yield Desk(ROOT, self.home, here, country(), fetcher, today)

    def run(self) -> Outcome:
        with self.desk() as desk:
            return PROVIDER.run(desk, lambda stage, done, total: None)

    def plan(self) -> Plan:
        with self.desk() as desk:
            return PROVIDER.plan(desk)

    def wait(self, days: int) -> None:
        assert self.clock is not None
        self.clock.sleep(days * 86_400)

    def figures(self, name: str) -> dict[tuple[str, str, int], float]:
        """The table as (variable, unit, year) -> value."""
        return read_figures(self.home / "tables" / f"{name}.csv")

    def all_figures(self, source: str) -> dict[tuple[str, str, int], float]:
        paths = sorted((self.home / "tables").glob(f"{source}.*.csv"))
        return {key: value for path in paths for key, value in read_figures(path).items()}

    def bytes_of_tables(self) -> Mapping[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.home / "tables").glob("*")}


def read_figures(path: Path) -> dict[tuple[str, str, int], float]:
    table = read_table(path)
    lines = path.read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    assert len(lines) - start - 1 == len(table)
    found = {}
    for line in lines[start + 1 :]:
        variable, unit, year, value, status, _ = line.split(",")
        assert (status == "zero") == (float(value) == 0)
        found[variable, unit, int(year)] = float(value)
    return found


def served(folder: Path, rows: Reports, name: str = "rows.json") -> str:
    return as_file(folder / name, rows)

"""A desk for the provider before the contract server: real units, few variables."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from smup.catalogue import Catalogue, Variable, load_catalogue
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import access, load_providers
from smup.sources.bdl import PROVIDER, accept
from smup.sources.provider import Desk, Outcome, Plan, Progress
from smup.store.tidy import TidyTable, read_table
from smup.territory import Territory, load_territory
from tests.contract.bdl import BASE
from tests.contract.clock import VirtualClock
from tests.contract.serving import ROOT, Serving

YEARS = tuple(range(2018, 2026))
# A województwo with its four cities, Warszawa with its districts, a powiat in which a gmina came to
# be in 2025 and one in which a gmina ceased to be in 2019.
WITHIN = ("02", "1465", "1207", "3203")
PIECES = [3, "szt."]
SUBJECTS: list[dict[str, Any]] = [
    {
        "id": "P1",
        "name": "Drogi publiczne",
        "variables": [
            {"id": 101, "labels": ["gminne", "ogółem"], "measure": PIECES, "levels": [5, 6]},
            {"id": 102, "labels": ["gminne", "twarde"], "measure": PIECES, "levels": [5, 6]},
        ],
    },
    {
        "id": "P2",
        "name": "Biblioteki",
        "variables": [
            {"id": 201, "labels": ["filie"], "measure": PIECES, "levels": [0, 2, 5, 6]},
        ],
    },
]
ALL_KINDS = ("gmina", "miasto-na-prawach-powiatu", "powiat")
GMINA_KINDS = ALL_KINDS[:2]


def variable(id_: str, bdl: Mapping[str, Any], **other: Any) -> Variable:
    told = {
        "id": id_,
        "name": {"pl": id_, "en": id_},
        "unit": "szt",
        "additive": True,
        "scope": "territory",
        "kinds": ALL_KINDS,
        "sources": [{"source": "bdl", "bdl": bdl}],
        "reference_day": "12-31",
    }
    return Variable.model_validate({**told, **other})


ROADS = variable("drogi", {"subject": "drogi PUBLICZNE", "labels": ["gminne", "ogolem"]})
HARD = variable(
    "drogi_twarde", {"subject": "P1", "labels": ["gminne", "twarde"]}, kinds=GMINA_KINDS
)
SHARE = variable("filie", {"id": 201}, additive=False, kinds=("powiat",))


@cache
def real() -> tuple[Catalogue, Territory]:
    return load_catalogue(ROOT / "catalogue"), load_territory(ROOT / "territory")


@dataclass
class Office:
    """A store, a root with definitions, a clock, and the address of the service."""

    folder: Path
    serving: Serving
    variables: Sequence[Variable]
    key: str | None = None
    patience: float | None = None

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def clock(self) -> VirtualClock:
        return VirtualClock(self.folder / "clock")

    def open(self) -> None:
        (self.root / "catalogue").mkdir(parents=True)
        (self.folder / "clock").mkdir(exist_ok=True)
        for name in ("statuses.yaml", "providers.yaml"):
            shutil.copy(ROOT / "catalogue" / name, self.root / "catalogue" / name)
        (self.root / "territory").symlink_to(ROOT / "territory")
        self.home.mkdir()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        catalogue, territory = real()
        here = catalogue.model_copy(update={"variables": {v.id: v for v in self.variables}})
        environ = {"SMUP_PROVIDER_BDL": self.serving.address + BASE}
        if self.key:
            environ["SMUP_KEY_BDL"] = self.key
        services = access(load_providers(self.root / "catalogue"), self.home, environ)
        clock = self.clock
        with Fetcher(self.home, services, clock, self.patience) as fetcher:
            yield Desk(self.root, self.home, here, territory, fetcher, clock.now().date())

    def run(self, progress: Progress = lambda stage, done, total: None) -> Outcome:
        with self.desk() as desk:
            return PROVIDER.run(desk, progress)

    def plan(self) -> Plan:
        with self.desk() as desk:
            return PROVIDER.plan(desk)

    def accept(self) -> None:
        accept(self.root / "catalogue", self.home)

    def table(self, name: str) -> TidyTable:
        return read_table(self.home / "tables" / f"bdl.{name}.csv")

    def limit(self, limits: Mapping[int, int]) -> None:
        """Let the service's own limits be known, in place of those of BDL."""
        self._define(lambda bdl: bdl.update(limits={"anonymous": dict(limits)}))

    def open_years(self, how_many: int) -> None:
        """Let so many of the newest years be open."""
        self._define(lambda bdl: bdl["asking"].update(open_years=how_many))

    def _define(self, change: Callable[[dict[str, Any]], None]) -> None:
        path = self.root / "catalogue" / "providers.yaml"
        told = yaml.safe_load(path.read_text("utf-8"))
        change(told["bdl"])
        path.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")

    def next_night(self) -> None:
        self.clock.sleep(86_400)

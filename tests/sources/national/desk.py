"""A desk before the contract server of the national service; run as a program, one whole run."""

import sys
from datetime import date, datetime
from pathlib import Path

from smup.catalogue import Catalogue, load_catalogue
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import Access, load_providers
from smup.sources.national import PROVIDER
from smup.sources.provider import Desk, Outcome
from tests.contract.clock import START, VirtualClock
from tests.contract.national import BASE, OF_ALL, OF_CITIES, OF_GMINAS
from tests.contract.serving import ROOT
from tests.helpers import small_catalogue
from tests.helpers.country import country

TODAY = date(2026, 3, 2)
KEY = "1234-tajny-klucz-5678"


def write_root(folder: Path) -> Path:
    """The small catalogue with indicators that the national service has, too."""
    catalogue = small_catalogue.write(folder)
    pair = (
        f"smup: [{{id: {OF_GMINAS}, kinds: [gmina]}}, "
        f"{{id: {OF_CITIES}, kinds: [miasto-na-prawach-powiatu]}}]\nstatus: published\n"
    )
    small_catalogue.change(catalogue, small_catalogue.PUPILS, "status: published\n", pair)
    one = (
        f"smup: [{{id: {OF_ALL}, kinds: [gmina, miasto-na-prawach-powiatu]}}]\nstatus: published\n"
    )
    small_catalogue.change(catalogue, small_catalogue.PEOPLE, "status: published\n", one)
    statuses = (ROOT / "catalogue" / "statuses.yaml").read_bytes()
    (catalogue / "statuses.yaml").write_bytes(statuses)
    (folder / "territory").mkdir()
    (folder / "territory" / "parts.csv").write_text("part,unit,what,name\n")
    return folder


def read_catalogue(root: Path) -> Catalogue:
    return load_catalogue(root / "catalogue")


def door(
    home: Path, address: str, patience: float | None = None, start: datetime = START
) -> Fetcher:
    """With the limits of the real service and a clock that moves when it waits."""
    settings = load_providers(ROOT / "catalogue")["smup"]
    clock = VirtualClock(home, start)
    return Fetcher(home, {"smup": Access("smup", settings, address + BASE, KEY)}, clock, patience)


def desk(root: Path, home: Path, fetcher: Fetcher, today: date = TODAY) -> Desk:
    return Desk(root, home, read_catalogue(root), country(), fetcher, today)


def run(
    root: Path, home: Path, address: str, *, today: date = TODAY, patience: float | None = None
) -> Outcome:
    with door(home, address, patience) as fetcher:
        return PROVIDER.run(desk(root, home, fetcher, today), lambda stage, done, total: None)


def main(root: str, home: str, address: str) -> None:
    with door(Path(home), address) as fetcher:
        PROVIDER.run(
            desk(Path(root), Path(home), fetcher),
            lambda stage, done, total: print(stage, done, flush=True),
        )


if __name__ == "__main__":
    main(*sys.argv[1:])

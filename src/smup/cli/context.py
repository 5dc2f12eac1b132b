"""Where things are and how a command prints. Rooms are imported when first asked for."""

import os
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from tqdm import tqdm

from smup.cli.lazy import Refused
from smup.territory import Territory, Unit, load_territory, search

if TYPE_CHECKING:
    from smup.catalogue import Catalogue
    from smup.store.releases import Release, Releases


class Places:
    """The repository, the store and the folder of official files; each opened when first asked."""

    root = Path(__file__).resolve().parents[3]

    @cached_property
    def home(self) -> Path:
        return Path(os.environ.get("SMUP_HOME", self.root / "var")).resolve()

    @cached_property
    def official(self) -> Path | None:
        """SMUP_DATA, else the shared folder beside the repository, else None."""
        if "SMUP_DATA" in os.environ:
            return Path(os.environ["SMUP_DATA"]).resolve()
        beside = self.root.parent / "shared" / "data"
        return beside if beside.is_dir() else None

    @cached_property
    def territory(self) -> Territory:
        return load_territory(self.root / "territory")

    @cached_property
    def catalogue(self) -> "Catalogue":
        from smup.catalogue import load_catalogue

        return load_catalogue(self.root / "catalogue")

    @cached_property
    def releases(self) -> "Releases":
        from smup.store.releases import Releases

        return Releases(self.home)

    @cached_property
    def release(self) -> "Release":
        """The release that serves; who reads invented figures is told so beside them."""
        release = self.releases.current()
        if release.synthetic:
            click.echo(
                "Uwaga: dane zmyślone. Wszystkie liczby wymyślono na potrzeby pokazu.", err=True
            )
        return release


places = Places()

as_json = click.option("--json", "json_", is_flag=True, help="Jeden dokument JSON na wyjściu.")
on_cluster = click.option(
    "--cluster",
    metavar="ADRES",
    help="Adres planisty Dask, np. tcp://10.0.0.1:8786: wskaźniki obliczą jego robotnicy.",
)


def print_json(value: Any) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def the_unit(text: str) -> Unit:
    """The unit meant by a code, an alias or a name that only one unit bears."""
    found = places.territory.get(text)
    if found is not None:
        return found
    hits = search(places.territory, text)
    same = [h.unit for h in hits if h.unit.name.casefold() == text.strip().casefold()]
    if len(same) == 1:
        return same[0]
    if not hits:
        raise Refused(f"Nie ma jednostki „{text}”. Podaj nazwę albo kod TERYT (np. 1465).")
    names = ", ".join(f"{h.unit.name} ({h.unit.code})" for h in hits[:5])
    raise Refused(f"„{text}” nie wskazuje jednej jednostki. Pasują: {names}. Podaj kod.")


def progress_bar() -> Callable[[str, int, int], None]:
    """A bar on stderr, one per stage; silent where stderr is not a terminal."""
    bars: dict[str, tqdm[Any]] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.close()
            bars[stage] = tqdm(total=total, desc=stage, leave=True, disable=not sys.stderr.isatty())
        bar = bars[stage]
        bar.update(done - bar.n)
        if done >= total:
            bar.close()

    return show

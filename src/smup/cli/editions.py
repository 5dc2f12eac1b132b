"""Editions of the units: prepare the next one, see what waits, put one into force."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smup.cli.context import as_json, places, print_json, progress_bar
from smup.cli.lazy import Refused

if TYPE_CHECKING:
    from smup.ingest.edition_store import EditionStore

DAY = click.DateTime(["%Y-%m-%d"])
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Powiedz, co by się stało; nic nie zapisuj."
)


@click.command("next")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--date", "day", type=DAY, help="Stan rejestru do pobrania, RRRR-MM-DD.")
@click.option(
    "--borders",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder z nowymi granicami (smup territory geometry --download).",
)
@dry_run_option
@as_json
def next_(
    file: Path | None, day: datetime | None, borders: Path | None, dry_run: bool, json_: bool
) -> None:
    """Przygotuj następne wydanie jednostek z rejestru TERC i powiedz, co się zmienia.

    Bez PLIKU rejestr jest pobierany z usługi TERYT (SMUP_KEY_TERYT). Wydanie czeka w magazynie
    (SMUP_HOME/territory), a obowiązujące się nie zmienia.

    \b
    Przykład: smup territory next TERC_Urzedowy_2027-01-01.zip
              smup territory next --date 2027-01-01 --dry-run
    """
    store = the_store()
    if file is None and dry_run:
        told = f"Pobranie rejestru TERC na {wanted_day(store, day)} z usługi TERYT: 2 zapytania."
        print_json({"plan": told, "requests": 2}) if json_ else click.echo(told)
        return
    name, register = (file.name, file.read_bytes()) if file else fetched(wanted_day(store, day))
    outlines = store.outlines(borders, places.official) if borders else None
    report = store.prepare(name, register, outlines, progress_bar(), dry_run=dry_run)
    if json_:
        print_json({**report.as_dict(), "dry_run": dry_run})
        return
    click.echo(report.describe())
    click.echo(
        "Nic nie zapisano (--dry-run)."
        if dry_run
        else f"Wydanie czeka; wejdzie w życie przez: smup territory activate {report.day}"
    )


@click.command()
@click.argument("day", metavar="DATA", type=DAY, required=False)
@dry_run_option
@as_json
def activate(day: datetime | None, dry_run: bool, json_: bool) -> None:
    """Wprowadź w życie przygotowane wydanie jednostek; bez DATY wypisz, jakie są.

    Dotychczasowe pliki zostają w magazynie pod swoją datą: to samo polecenie z nią cofa zmianę.

    \b
    Przykład: smup territory activate 2027-01-01
    """
    store = the_store()
    if day is None:
        listed(store, json_)
        return
    done = store.activate(day.date(), dry_run=dry_run)
    if json_:
        print_json({**done.as_dict(), "dry_run": dry_run})
        return
    if dry_run:
        click.echo(f"Zmieniłyby się pliki: {', '.join(done.files) or 'żadne'}.")
        return
    click.echo(f"Obowiązuje wydanie {done.now} (było {done.before}, jest w {done.kept}).")
    click.echo("Do zapisania w repozytorium: " + ", ".join(f"territory/{f}" for f in done.files))
    click.echo(
        "Potem: smup catalogue record (numery nowych jednostek), smup territory geometry, "
        f"smup release build. Cofnięcie: smup territory activate {done.before}"
    )


def listed(store: "EditionStore", json_: bool) -> None:
    from smup.ingest.editions import newest_day

    active, held = newest_day(store.active), store.held()
    if json_:
        print_json({"active": active, "held": held, "waiting": store.waiting()})
        return
    click.echo(f"Obowiązuje wydanie {active}.")
    for one in held:
        click.echo(f"  {one} {'czeka' if one > active else 'dawniejsze'}")


def the_store() -> "EditionStore":
    from smup.ingest.edition_store import EditionStore

    return EditionStore(places.root / "territory", places.home)


def wanted_day(store: "EditionStore", day: datetime | None) -> date:
    """The day asked for, or this year's; refused where that register is in force already."""
    from smup.ingest.editions import newest_day

    active = newest_day(store.active)
    wanted = day.date() if day else date(date.today().year, 1, 1)
    if wanted <= active:
        raise Refused(
            f"Obowiązuje wydanie {active}, a rejestr na {wanted} nie jest nowszy. "
            f"Podaj PLIK albo --date, np. {active.year + 1}-01-01."
        )
    return wanted


def fetched(day: date) -> tuple[str, bytes]:
    """Name and bytes of the register of the day from the TERYT service."""
    from smup.fetch.errors import FetchError
    from smup.fetch.fetcher import Fetcher
    from smup.fetch.providers import access, load_providers
    from smup.sources.teryt.service import Service

    try:
        providers = access(load_providers(places.root / "catalogue"), places.home)
        with Fetcher(places.home, providers) as fetcher:
            found = Service(fetcher).catalogue(day)
    except FetchError as error:
        raise Refused(str(error)) from error
    return found.name, found.content

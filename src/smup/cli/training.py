"""`smup training`: recruitment and training, tried out on a database of their own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from smup.cli.context import as_json, print_json, progress_bar

if TYPE_CHECKING:
    from smup.training.simulation.running import Outcome


@click.group()
def training() -> None:
    """Szkolenia i nabór."""


@training.command()
@click.option("--units", default=624, show_default=True, type=click.IntRange(1, 2_500))
@click.option("--seed", default=1, show_default=True, help="Ziarno: inne da inny przebieg.")
@click.option(
    "--database",
    default="",
    metavar="sqlite|ADRES",
    help="Pusta baza postgresql://…; domyślnie tymczasowy plik SQLite.",
)
@as_json
@click.pass_context
def simulate(ctx: click.Context, units: int, seed: int, database: str, json_: bool) -> None:
    """Odegraj całą edycję na zmyślonych zgłoszeniach i sprawdź jej wynik.

    Prawdziwe są jednostki i zasady, zmyślone – urzędy i osoby. Kończy się kodem 1, gdy wynik łamie
    którąś z zasad.

    \b
    Przykład: smup training simulate --units 624 --seed 7
    """
    with own_database("" if database == "sqlite" else database):
        from smup.training.simulation.running import simulate as play

        found = play(units, seed, progress_bar())
        if json_:
            print_json(found.as_dict())
        else:
            _tell(found)
            for one in found.violations:
                click.echo(f"{one.check}, {one.about}: {one.told}", err=True)
        if found.violations:
            ctx.exit(1)


def _tell(found: "Outcome") -> None:
    words = {
        "units": "Zgłoszone jednostki",
        "participants": "Uczestnicy",
        "qualified": "Jednostki z miejscem",
        "reserve": "Na liście rezerwowej",
        "stages": "Etapy",
        "agreements": "Przyjęte umowy",
        "certificates": "Zaświadczenia",
    }
    for name, said in words.items():
        click.echo(f"{said}: {getattr(found, name)}")
    click.echo(f"Naruszenia zasad: {len(found.violations)}")


@contextmanager
def own_database(address: str) -> Iterator[None]:
    """Django on a store of its own, which is thrown away; the database is thrown away with it
    unless it has an ``address``."""
    with TemporaryDirectory(prefix="smup-szkolenia-") as home:
        os.environ["SMUP_HOME"] = home  # before anything of the portal asks for it
        os.environ["SMUP_DATABASE"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "smup.web.config.settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        if not address:  # what is thrown away need not outlast a power failure
            connections.databases["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        try:
            call_command("migrate", interactive=False, verbosity=0)
            yield
        finally:
            connections.close_all()

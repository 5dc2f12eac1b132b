"""The synthetic country: build it, show it."""

import os
from pathlib import Path

import click

from smup.cli.context import as_json, on_cluster, places, print_json, progress_bar
from smup.cli.serve import host_option, port_option, prepare_borders


@click.group()
def demo() -> None:
    """Kraj zmyślony: pełny zestaw wymyślonych danych w osobnym magazynie."""


@demo.command()
@click.option("--seed", default=1, show_default=True, help="Ziarno: inne da inne liczby.")
@on_cluster
@as_json
def build(seed: int, cluster: str | None, json_: bool) -> None:
    """Wymyśl dane wszystkich zmiennych i zbuduj z nich wydanie.

    \b
    Przykład: smup demo build --seed 7
    """
    from smup.demo import build_demo, demo_home

    home = demo_home(places.home)
    info = build_demo(places.root, home, seed, progress_bar(), cluster)
    print_json(info.as_dict()) if json_ else click.echo(
        f"Wydanie danych zmyślonych {info.id}: {info.indicators} wskaźników, {info.values} "
        f"wartości, w {home}."
    )


@demo.command()
@port_option
@host_option
def up(port: int, host: str) -> None:
    """Zbuduj kraj zmyślony, jeśli go nie ma, i uruchom portal.

    \b
    Przykład: smup demo up --port 8000
    """
    from smup.demo import build_demo, demo_home
    from smup.store.releases import Releases
    from smup.web.config.server import migrate, refuse_taken_port, serve

    refuse_taken_port(host, port, "smup demo up")
    prepare_borders()
    home = demo_home(places.home)
    os.environ["SMUP_HOME"] = str(home)  # before anything of the portal asks for it
    if not Releases(home).list():
        click.echo("Wymyślam dane…", err=True)
        build_demo(places.root, home, progress=progress_bar())
    borrow_borders(home)
    migrate()
    serve(host, port, home, places.root)


def borrow_borders(home: Path) -> None:
    """Borders are no figures: the demo draws its maps with those of the official store."""
    own, borrowed = places.home / "geometry", home / "geometry"
    if own.is_dir() and not borrowed.is_symlink() and not borrowed.exists():
        borrowed.symlink_to(own, target_is_directory=True)

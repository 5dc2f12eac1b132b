"""The portal: build what is missing, then serve."""

import click

from smup.cli.context import places, progress_bar
from smup.cli.territory import build_geometry

port_option = click.option("--port", default=8000, show_default=True, help="Port.")
host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Adres nasłuchu.")


@click.command()
@port_option
@host_option
def up(port: int, host: str) -> None:
    """Przygotuj, czego brakuje, i uruchom portal.

    \b
    Przykład: smup up --port 8000
    """
    from smup.build import build_release
    from smup.web.config.server import migrate, refuse_taken_port, serve

    refuse_taken_port(host, port)
    prepare_borders()
    if not places.releases.list():
        click.echo("Buduję wydanie danych…", err=True)
        build_release(places.root, places.home, progress_bar())
    migrate()
    serve(host, port, places.home, places.root)


def prepare_borders() -> None:
    """Make the outlines maps are drawn with, or say that maps will do without."""
    if (places.home / "geometry").is_dir():
        return
    if places.official is not None:
        click.echo("Przygotowuję granice do map…", err=True)
        build_geometry()
    else:
        click.echo(
            "Brak pliku granic: mapy będą kafelkowe (granice: smup territory geometry --download).",
            err=True,
        )

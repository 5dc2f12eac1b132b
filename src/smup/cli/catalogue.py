"""The catalogue: check it, compare it, add to it."""

import click

from smup.catalogue import CatalogueError, CatalogueErrors
from smup.catalogue.history import check_history
from smup.catalogue.numbers import check_numbers
from smup.cli.context import as_json, places, print_json
from smup.cli.definitions import counts_of, coverage, diff, new, record
from smup.compute.check import check_catalogue
from smup.territory.numbers import NUMBERS, unnumbered


@click.group()
def catalogue() -> None:
    """Definicje obszarów, usług, zmiennych i wskaźników."""


for command in (coverage, diff, record, new):
    catalogue.add_command(command)


@catalogue.command()
@as_json
@click.pass_context
def check(ctx: click.Context, json_: bool) -> None:
    """Sprawdź wszystkie definicje; nic nie zmienia.

    \b
    Przykład: smup catalogue check --json
    """
    errors: list[CatalogueError] = []
    counts: dict[str, object] = {}
    try:
        loaded = places.catalogue
        errors = [*check_catalogue(loaded), *check_history(loaded), *check_numbers(loaded)]
        errors += [_unnumbered(code) for code in unnumbered(places.territory)]
        counts = counts_of(loaded)
    except CatalogueErrors as broken:
        errors = list(broken.errors)
    if json_:
        print_json({**counts, "errors": [str(e) for e in errors]})
    else:
        for error in errors:
            click.echo(str(error))
        if counts:
            click.echo(
                f"obszary: {counts['areas']} · usługi: {counts['services']} · "
                f"zmienne: {counts['variables']} · wskaźniki: {counts['indicators']}"
            )
        click.echo(f"Błędy: {len(errors)}" if errors else "Katalog jest poprawny.")
    ctx.exit(1 if errors else 0)


def _unnumbered(code: str) -> CatalogueError:
    message = "nie ma numeru; nadaj go: smup catalogue record"
    return CatalogueError(f"territory/{NUMBERS}", 1, code, message)

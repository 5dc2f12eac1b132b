"""The catalogue: check it, and write the reference pages made from it."""

from pathlib import Path

import click

from smup.catalogue import CatalogueError, CatalogueErrors
from smup.cli.context import as_json, places, print_json
from smup.compute.check import check_catalogue
from smup.compute.describe import reference


@click.group()
def catalogue() -> None:
    """Definicje obszarów, usług, zmiennych i wskaźników."""


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
        errors = list(check_catalogue(loaded))
        counts = {
            "areas": sum(1 for a in loaded.areas.values() if a.number is not None),
            "services": len(loaded.services),
            "variables": len(loaded.variables),
            "indicators": {
                status: sum(1 for i in loaded.indicators.values() if i.status == status)
                for status in ("published", "preview", "draft", "archived")
            },
        }
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


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Tylko sprawdź, czy strony są aktualne.")
@click.pass_context
def docs(ctx: click.Context, only_check: bool) -> None:
    """Wygeneruj docs/reference/ z katalogu.

    \b
    Przykład: smup docs
              smup docs --check
    """
    pages = {places.root / name: text for name, text in reference(places.catalogue).items()}
    stale = [path for path, text in pages.items() if not same(path, text)]
    if not only_check:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], encoding="utf-8")
    for path in stale:
        click.echo(
            f"{'nieaktualne' if only_check else 'zapisano'}: {path.relative_to(places.root)}"
        )
    ctx.exit(1 if stale and only_check else 0)


def same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text

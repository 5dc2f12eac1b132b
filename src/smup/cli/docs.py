"""The pages of the repository that are made from definitions."""

from collections.abc import Mapping
from pathlib import Path

import click

from smup.cli.context import as_json, places, print_json

MEASURED = "performance.md"  # made by ``python -m bench --write-performance``, not from definitions


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Tylko sprawdź, czy strony są aktualne.")
@as_json
@click.pass_context
def docs(ctx: click.Context, only_check: bool, json_: bool) -> None:
    """Wygeneruj docs/reference/ i docs/glossary.md z katalogu i tabel przebiegu spraw.

    \b
    Przykład: smup docs
              smup docs --check
    """
    from smup.describe.reference import FOLDER, reference
    from smup.training.rules.workflow.diagram import pages as workflow_pages

    made = reference(places.catalogue) | workflow_pages()
    pages = {places.root / name: text for name, text in made.items()}
    stale = [path for path, text in pages.items() if not same(path, text)]
    left = left_over(places.root / FOLDER, pages)
    if not only_check:
        write({path: pages[path] for path in stale})
        remove(left, places.root / FOLDER)
    told = {
        "stale": [str(path.relative_to(places.root)) for path in stale],
        "left_over": [str(path.relative_to(places.root)) for path in left],
    }
    if json_:
        print_json(told)
    else:
        for name in told["stale"]:
            click.echo(f"{'nieaktualne' if only_check else 'zapisano'}: {name}")
        for name in told["left_over"]:
            click.echo(f"{'zbędne' if only_check else 'usunięto'}: {name}")
    ctx.exit(1 if only_check and (stale or left) else 0)


def same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def left_over(folder: Path, pages: Mapping[Path, str]) -> list[Path]:
    """Files of the generated folder that nothing makes any more."""
    made = {*pages, folder / MEASURED}
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in made]


def write(pages: Mapping[Path, str]) -> None:
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def remove(files: list[Path], folder: Path) -> None:
    """The files, and folders that are empty without them."""
    for path in files:
        path.unlink()
        for parent in path.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()

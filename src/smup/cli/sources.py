"""Official files into the project's tidy tables."""

from dataclasses import asdict

import click

from smup.cli.context import as_json, places, print_json, progress_bar
from smup.cli.territory import official_folder
from smup.language.plural import plural


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--strict", is_flag=True, help="Zakończ kodem 1, gdy są błędy.")
@as_json
@click.pass_context
def ingest(ctx: click.Context, sources: tuple[str, ...], strict: bool, json_: bool) -> None:
    """Wczytaj pliki urzędowe do data/.

    \b
    Przykład: smup ingest
              smup ingest gus-ludnosc-2024 --strict
    """
    from smup.ingest import run

    reports = run(
        sources or None,
        official_folder(),
        places.catalogue,
        places.territory,
        places.root / "data",
        places.home / "snapshots",
        progress_bar(),
    )
    if json_:
        print_json({"sources": [asdict(r) for r in reports]})
    else:
        for r in reports:
            count = plural(len(r.findings), "ustalenie", "ustalenia", "ustaleń")
            click.echo(
                f"{r.id:<28} wierszy {r.rows:>7}  wartości {r.landed:>7}  "
                f"{len(r.findings):>5} {count}"
            )
    errors = [f for r in reports for f in r.findings if f.severity == "error"]
    for finding in errors:
        click.echo(f"{finding.file}: {finding.message}", err=True)
    ctx.exit(1 if strict and errors else 0)

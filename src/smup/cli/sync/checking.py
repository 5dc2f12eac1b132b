"""What a person looks at: numbers found for variables, and the figures of the national system."""

import click

from smup.cli.context import as_json, places, print_json
from smup.language import format_number, plural


@click.command()
@click.argument("source", type=click.Choice(["bdl"]))
@click.argument("variables", nargs=-1, metavar="[ZMIENNA]...")
@click.option("--dry-run", is_flag=True, help="Pokaż, co czeka, i nic nie zmieniaj.")
@as_json
def accept(source: str, variables: tuple[str, ...], dry_run: bool, json_: bool) -> None:
    """Przyjmij znalezione numery zmiennych BDL do katalogu, po przejrzeniu.

    Dopóki numer nie jest przyjęty, jego wartości są pobierane, ale nie wchodzą do wydania.

    \b
    Przykład: smup sync accept bdl --dry-run
              smup sync accept bdl ludnosc_0_17
    """
    from smup.sources.bdl import accept as take
    from smup.sources.bdl import read_found

    if dry_run:
        waiting = read_found(places.home)
        found = [one for name, one in waiting.items() if not variables or name in variables]
    else:
        found = list(take(places.root / "catalogue", places.home, variables or None))
    if json_:
        print_json([one.model_dump(mode="json") for one in found])
        return
    for one in found:
        click.echo("  ".join(str(value) for value in one.model_dump().values() if value))
    count = len(found)
    numbers = plural(count, "numer", "numery", "numerów")
    click.echo(f"{'Czeka' if dry_run else 'Przyjęto'}: {count} {numbers}.")


@click.command()
@as_json
@click.pass_context
def crosscheck(ctx: click.Context, json_: bool) -> None:
    """Porównaj bieżące wydanie z wartościami krajowego SMUP (pobranymi: smup sync smup).

    \b
    Przykład: smup sync crosscheck
    """
    from smup.sources.national.telling import check_release

    told = check_release(places.home, places.release)
    if json_:
        print_json(
            {
                "release": places.release.id,
                "differences": len(told.check.differences),
                "file": str(told.file),
                "findings": [
                    {"code": one.code, "severity": one.severity, "message": one.message}
                    for one in told.findings
                ],
            }
        )
    else:
        for one in told.findings:
            click.echo(f"[{one.code}] {one.message}")
        count = len(told.check.differences)
        click.echo(
            f"{format_number(count, 0)} {plural(count, 'różnica', 'różnice', 'różnic')}, "
            f"wszystkie w {told.file}"
        )
    ctx.exit(1 if told.check.differences else 0)

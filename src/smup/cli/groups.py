"""Fixed groups: their systems, rules and members."""

from pathlib import Path

import click

from smup.cli.context import as_json, places, print_json
from smup.cli.lazy import Refused
from smup.cli.territory import official_folder


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def groups(context: click.Context, json_: bool) -> None:
    """Wypisz systemy grup stałych bieżącego wydania i ich grupy.

    \b
    Przykład: smup groups --json
              smup groups show miasta-od-200-tys
    """
    if context.invoked_subcommand is not None:
        return
    from smup.formats.groups import system_records

    systems = system_records(places.release.catalogue, places.release.frame)
    if json_:
        print_json(systems)
        return
    for system in systems:
        click.echo(f"{system['id']}: {system['name']}. {system['rule']}")
        for group in system["groups"]:
            click.echo(f"  {group['id']:<30} {group['count']:>5}  {group['name']}")


@groups.command()
@click.argument("group")
@as_json
def show(group: str, json_: bool) -> None:
    """Wypisz członków grupy.

    \b
    Przykład: smup groups show degurba-1 --json
    """
    from smup.formats.groups import group_record

    release = places.release
    if group not in release.catalogue.groups:
        raise Refused(f"Nie ma grupy „{group}”. Lista: smup groups.")
    record = group_record(release.catalogue, release.frame, group)
    if json_:
        print_json(record)
        return
    click.echo(f"{record['name']}: {record['count']}")
    for code in record["units"]:
        click.echo(f"{code:<7} {release.territory.units[code].name}")


@groups.command()
@click.option("--file", "path", type=click.Path(path_type=Path), help="Tabela LAU (csv.gz).")
@as_json
def degurba(path: Path | None, json_: bool) -> None:
    """Przepisz klasy DEGURBA z tabeli LAU Eurostatu do catalogue/groups/tables/.

    \b
    Przykład: smup groups degurba
    """
    from smup.ingest import lau

    text = lau.degurba_table(path or official_folder() / lau.FILE, places.territory)
    target = places.root / "catalogue" / lau.TABLE
    target.write_text(text, "utf-8")
    units = sum(not line.startswith("#") for line in text.splitlines()) - 1
    print_json({"file": str(target), "units": units}) if json_ else click.echo(
        f"Zapisano {target} (jednostek: {units})."
    )

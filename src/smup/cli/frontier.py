"""The efficiency frontier of a service for one unit."""

import sys

import click

from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused
from smup.language.numbers import format_number


@click.command()
@click.argument("unit")
@click.argument("service")
@click.option("--year", type=int, help="Rok; domyślnie najnowszy z danymi dla 70 % grupy.")
@as_json
def frontier(unit: str, service: str, year: int | None, json_: bool) -> None:
    """Pokaż, jak daleko jednostce do granicy efektywności usługi (DEA).

    Wynik czytaj ostrożnie: granicę wyznaczają inne jednostki, a model zna tylko to, co zapisano w
    catalogue/frontier.yaml.

    \b
    Przykład: smup frontier 020101 szkoly-podstawowe --json
    """
    from smup.compare.frontier import FrontierRefused, frontier_of

    release = places.release
    if service not in release.catalogue.services:
        raise Refused(f"Nie ma usługi „{service}”.")
    code = the_unit(unit).code
    try:
        found = frontier_of(release.frame, code, service, year)
    except FrontierRefused as refused:
        told = {"unit": code, "service": service, "refused": refused.why, "words": str(refused)}
        print_json(told) if json_ else click.echo(str(refused))
        sys.exit(1)
    if json_:
        print_json(found.to_dict() | ({"synthetic": True} if release.synthetic else {}))
        return
    within = found.bounds
    span = (
        f" (95 %: {format_number(100 * within.low, 0)}–{format_number(100 * within.high, 0)} %)"
        if within
        else ""
    )
    click.echo(f"{found.year}: {format_number(100 * found.score, 0)} %{span}")
    click.echo(f"Granica z {len(found.units)} jednostek, leży na niej {found.on_frontier}.")
    for peer, weight in found.peers:
        name = release.territory.units[peer].name
        click.echo(f"{peer:<7} {name:<32} {format_number(100 * weight, 0):>4} %")
    click.echo(release.catalogue.frontier[service].limits.pl)

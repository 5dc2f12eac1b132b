"""A comparison explained, for the terminal."""

from collections.abc import Mapping
from typing import Any

import click

from smup.cli.context import places
from smup.language.numbers import format_number
from smup.present.sentences import units_counted


def show_explanation(result: dict[str, Any], decimals: int, names: Mapping[str, str]) -> None:
    """What could be expected, who improved, what it would take: a few lines each.

    ``names`` are those of the comparators.
    """

    def shown(value: float) -> str:
        return format_number(value, decimals)

    units, expected = places.release.territory.units, result["expected"]
    click.echo("\nCzego można się spodziewać")
    if expected["expected"] is None:
        click.echo(f"  {expected['why']}")
    else:
        low, high = shown(expected["low"]), shown(expected["high"])
        r2 = format_number(100 * expected["model"]["r2"], 0)
        click.echo(f"  {shown(expected['expected'])} (od {low} do {high}); wyjaśnione {r2}% różnic")
    improved = result["improvers"]
    click.echo("Kto był jak my, a jest lepiej")
    click.echo(
        f"  {improved['why']}" if improved["why"] else f"  {units_counted(improved['better'])}"
    )
    for one in improved["units"]:
        then, now = shown(one["then"]), shown(one["now"])
        name = units[one["unit"]].name
        click.echo(f"  {name:<32} {improved['since']}: {then:>10}  {improved['year']}: {now:>10}")
    click.echo("Ile by to wymagało")
    variables = places.release.catalogue.variables
    for one in result["needed"]:
        goal = names.get(one["to"], "cel")
        if one["why"]:
            click.echo(f"  {goal}: {one['why']}")
        for lever in one["levers"]:
            change = f"{'+' if lever['change'] > 0 else ''}{format_number(lever['change'], 1)}"
            click.echo(
                f"  {goal} ({shown(one['goal'])}): {variables[lever['variable']].name.pl} {change}"
            )

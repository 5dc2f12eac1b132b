"""What changed for a unit."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused
from smup.language.numbers import format_number
from smup.panel import STATUS_NAMES

if TYPE_CHECKING:
    from smup.compare.changes import Noted

NAMES = {
    "change_real": "wyraźna zmiana",
    "change_noise": "w granicach przypadku",
    "change_unclear": "nie da się ocenić",
    "new_value": "nowa wartość",
    "newly_missing": "danych już nie ma",
    "revision": "rewizja",
    "definition_changed": "zmieniona definicja",
    "peers_changed": "inne jednostki podobne",
    "territory": "zmiana jednostki",
}


@click.command()
@click.argument("unit")
@click.option("--since", required=True, metavar="WYDANIE_LUB_ROK", help="Od kiedy.")
@as_json
def changes(unit: str, since: str, json_: bool) -> None:
    """Wypisz, co zmieniło się w jednostce od roku albo od innego wydania.

    \b
    Przykład: smup changes 020101 --since 2020
              smup changes Hel --since 2026-11-22-b251819e --json
    """
    noted = noted_since(the_unit(unit).code, since)
    if json_:
        invented = {"synthetic": True} if places.release.synthetic else {}
        print_json([one.to_dict() | invented for one in noted])
        return
    for one in noted:
        click.echo(line(one))
    counts = Counter(one.kind for one in noted)
    told = ", ".join(f"{NAMES[kind]}: {n}" for kind, n in counts.items())
    click.echo(f"Razem: {told}." if told else "Nic się nie zmieniło.")


def noted_since(unit: str, since: str) -> "list[Noted]":
    """A year of four digits, or the id of a release."""
    from smup.compare.changes import changes_since_year
    from smup.store.changes import unit_changes

    release = places.release
    if len(since) == 4 and since.isascii() and since.isdecimal():
        return changes_since_year(release.frame, unit, int(since))
    if since == release.id:
        raise Refused(f"Wydanie {since} właśnie służy; podaj wcześniejsze.")
    return unit_changes(places.releases.open(since), release, unit)


def line(one: "Noted") -> str:
    """What, of what kind, before and after."""
    what = one.indicator or one.what
    return (
        f"{what:<44} {NAMES[one.kind]:<24} "
        f"{_said(one, one.before, one.year_before)} → {_said(one, one.after, one.year_after)}"
    )


def _said(one: "Noted", value: object, year: int | None) -> str:
    """A value with its year, or what stands in its place."""
    if isinstance(value, float):
        indicator = places.release.catalogue.indicators[str(one.indicator)]
        return f"{format_number(value, indicator.decimals)} ({year})"
    if value is not None:
        return str(value)
    return "–" if one.status is None else STATUS_NAMES[one.status]

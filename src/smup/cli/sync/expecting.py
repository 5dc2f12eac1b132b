"""What sources should have published by now."""

from datetime import UTC, datetime

import click

from smup.cli.context import as_json, places, print_json


@click.command()
@click.option("--all", "all_", is_flag=True, help="Także te, o których nie wiadomo nic nowego.")
@as_json
def calendar(all_: bool, json_: bool) -> None:
    """Pokaż, jakie dane źródła powinny już były ogłosić i co się spóźnia, według bieżącego wydania.

    \b
    Przykład: smup sync calendar
    """
    from smup.quality.timetable import newest_years, timetable

    held = newest_years(places.release.variables)
    today = datetime.now(UTC).date()
    found = timetable(places.catalogue.variables.values(), held, today)
    if json_:
        print_json([one.as_dict() for one in found])
        return
    for one in found:
        if all_ or one.state in ("late", "due"):
            click.echo(f"{one.variable:<40} {', '.join(one.sources):<24} {one.said()}")
    for state, words in _STATES.items():
        click.echo(f"{words}: {sum(one.state == state for one in found)}")


_STATES = {
    "late": "spóźnione",
    "due": "w tym miesiącu",
    "current": "na czas",
    "never": "termin znany, danych dotąd brak",
    "ended": "zakończone",
    "unknown": "nie wiadomo, kiedy następne",
}

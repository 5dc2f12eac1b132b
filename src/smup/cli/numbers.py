"""Figures of the current release: indicators, values, comparison."""

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from smup.catalogue import Indicator
from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused
from smup.formats.records import indicator_summary
from smup.language.numbers import format_number
from smup.panel import STATUS_NAMES, flag_names
from smup.territory import Level

if TYPE_CHECKING:
    from smup.panel import Panel
    from smup.store.release import Cell


@click.command()
@as_json
def indicators(json_: bool) -> None:
    """Wypisz wskaźniki bieżącego wydania.

    \b
    Przykład: smup indicators --json
    """
    release = places.release
    rows = [
        indicator_summary(one, release.catalogue, release.years_of(one.id))
        for one in release.catalogue.shown
    ]
    if json_:
        print_json(rows)
        return
    for row in rows:
        years = f"{row['years'][0]}–{row['years'][-1]}" if row["years"] else "brak danych"
        click.echo(f"{row['id']:<44} {row['name']} [{row['unit']}] {years}")


@click.command()
@click.argument("indicator")
@click.option("--year", type=int, help="Tylko ten rok.")
@click.option("--unit", "unit_", help="Tylko ta jednostka (nazwa lub kod).")
@click.option("--prices", type=int, metavar="ROK", help="Kwoty w cenach stałych tego roku.")
@as_json
def values(
    indicator: str, year: int | None, unit_: str | None, prices: int | None, json_: bool
) -> None:
    """Wypisz wartości wskaźnika.

    \b
    Przykład: smup values ludnosc --unit Hel
              smup values ludnosc --year 2024 --json
              smup values wynagrodzenie-przecietne --unit 1465 --prices 2024
    """
    release = places.release
    chosen = the_indicator(indicator)
    if year is not None and year not in release.indicators.year_index:
        raise Refused(f"Wydanie nie obejmuje roku {year}. Lata: {span(release.indicators.years)}.")
    amounts = release.in_prices_of(prices, chosen.id) if prices else None
    invented = {"synthetic": True} if release.synthetic else {}
    rows = [
        {
            "unit": unit,
            "year": at,
            "value": value,
            "status": STATUS_NAMES[status],
            "flags": flag_names(flags),
            **invented,
        }
        for unit in ([the_unit(unit_).code] if unit_ else release.indicators.units)
        for at, value, status, flags in (
            release.series(chosen.id, unit)
            if amounts is None
            else series_of(amounts, unit, release.years_of(chosen.id))
        )
        if year is None or at == year
    ]
    if json_:
        print_json(rows)
        return
    for row in rows:
        if row["value"] is None and unit_ is None:
            continue
        shown = (
            row["status"]
            if row["value"] is None
            else format_number(float(str(row["value"])), chosen.decimals)
        )
        name = release.territory.units[str(row["unit"])].name
        click.echo(f"{row['unit']:<7} {name:<32} {row['year']}  {shown:>16}")


def series_of(panel: "Panel", unit: str, years: list[int]) -> "Iterator[Cell]":
    """The cells of one unit in a panel of one item."""
    for year in years:
        yield (year, *panel.cell(panel.items[0], year, unit))


@click.command()
@click.argument("unit")
@click.argument("indicator")
@click.option("--year", type=int, help="Rok; domyślnie najnowszy z danymi dla 80 % jednostek.")
@click.option(
    "--role", type=click.Choice(["gmina", "powiat"]), help="Rola miasta na prawach powiatu."
)
@as_json
def compare(unit: str, indicator: str, year: int | None, role: str | None, json_: bool) -> None:
    """Porównaj jednostkę z sąsiadami, grupą, powiatem, województwem i krajem.

    \b
    Przykład: smup compare 1465 ludnosc --role powiat --json
    """
    from smup.compare import compare_unit

    result = compare_unit(
        places.release.frame,
        the_unit(unit).code,
        the_indicator(indicator).id,
        year=year,
        role=Level(role) if role else None,
    ).to_dict()
    if json_:
        print_json(result | ({"synthetic": True} if places.release.synthetic else {}))
        return
    show_comparison(result, the_indicator(indicator).decimals)


NAMES = {
    "neighbours": "sąsiedzi",
    "group": "grupa",
    "powiat": "powiat",
    "wojewodztwo": "województwo",
    "kraj": "kraj",
}


def show_comparison(result: dict[str, Any], decimals: int) -> None:
    """The comparison as a table with aligned numbers."""

    def shown(value: float | None) -> str:
        return "–" if value is None else format_number(value, decimals)

    own = result["status"] if result["value"] is None else shown(result["value"])
    click.echo(f"{result['year']}, w roli: {result['role']}. Wartość: {own}")
    click.echo(
        f"{'':<12}{'miejsce':>14}{'z danymi':>14}{'mediana':>16}{'średnia':>16}{'łącznie':>16}"
    )
    for row in result["comparators"]:
        rank = row["rank"]
        place = f"{rank['position']} z {rank['with_data']}" if rank["position"] else "–"
        known = f"{row['with_data']} z {row['n']}"
        numbers = "".join(f"{shown(row[key]):>16}" for key in ("median", "mean", "weighted"))
        click.echo(f"{NAMES[row['id']]:<12}{place:>14}{known:>14}{numbers}")


def the_indicator(name: str) -> Indicator:
    found = places.release.catalogue.indicators.get(name)
    if found is None or not found.is_shown:
        known = [one.id for one in places.release.catalogue.shown]
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f" Może: {', '.join(near)}?" if near else " Lista: smup indicators."
        raise Refused(f"Nie ma wskaźnika „{name}”.{hint}")
    return found


def span(years: tuple[int, ...]) -> str:
    return f"{years[0]}–{years[-1]}" if years else "brak"

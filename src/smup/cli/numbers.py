"""Figures of the current release: indicators, values, comparison."""

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from smup.catalogue import DEFAULT_SYSTEM, Indicator
from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused
from smup.formats.records import indicator_summary
from smup.language.numbers import format_number
from smup.panel import STATUS_NAMES, flag_names
from smup.territory import Level

if TYPE_CHECKING:
    from smup.compute.bridged_variables import Bridged
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
@click.option(
    "--territory",
    metavar="GRANICE",
    help="Granice: published (jak opublikowano), current (dzisiejsze) albo rok.",
)
@as_json
def values(
    indicator: str,
    year: int | None,
    unit_: str | None,
    prices: int | None,
    territory: str | None,
    json_: bool,
) -> None:
    """Wypisz wartości wskaźnika.

    \b
    Przykład: smup values ludnosc --unit Hel
              smup values ludnosc --year 2024 --json
              smup values wynagrodzenie-przecietne --unit 1465 --prices 2024
              smup values ludnosc --unit 0221 --territory current
    """
    release = places.release
    chosen = the_indicator(indicator)
    if year is not None and year not in release.indicators.year_index:
        raise Refused(f"Wydanie nie obejmuje roku {year}. Lata: {span(release.indicators.years)}.")
    if prices and territory:
        raise Refused("Ceny stałe i granice wybranego roku podaje się osobno: pomiń jedno z nich.")
    amounts = release.in_prices_of(prices, chosen.id) if prices else None
    bridged = on_borders(territory, chosen.id) if territory else None
    other = amounts if bridged is None else bridged.panel
    invented = {"synthetic": True} if release.synthetic else {}
    rows = [
        {
            "unit": unit,
            "year": at,
            "value": value,
            "status": STATUS_NAMES[status],
            "flags": flag_names(flags),
            **(bridged.told(chosen.id, at, unit) if bridged else as_published(territory)),
            **invented,
        }
        for unit in ([the_unit(unit_).code] if unit_ else release.indicators.units)
        for at, value, status, flags in (
            release.series(chosen.id, unit)
            if other is None
            else series_of(other, unit, release.years_of(chosen.id))
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
        how = HOW_WORDS[str(row["bridged"])] if bridged else ""
        click.echo(f"{row['unit']:<7} {name:<32} {row['year']}  {shown:>16}  {how}".rstrip())


HOW_WORDS = {
    "exact": "",
    "summed": "zsumowana",
    "apportioned": "z podziału",
    "impossible": "nie do przeliczenia",
}


def on_borders(asked: str, indicator: str) -> "Bridged | None":
    """The indicator on the borders asked for; None as published, or while it waits for data."""
    from smup.territory.bridge import NoBorders, asked_borders

    release = places.release
    try:
        borders = asked_borders(asked, release.indicators.years)
    except NoBorders as error:
        raise Refused(str(error)) from error
    if borders is None or indicator not in release.indicators.item_index:
        return None
    return release.on_borders_of(borders, indicator)


def as_published(territory: str | None) -> dict[str, object]:
    """What is told of a value on the borders of its own year, where borders were asked for."""
    return {"bridged": "exact", "share": None} if territory else {}


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
@click.option(
    "--groups",
    default=DEFAULT_SYSTEM,
    show_default=True,
    metavar="SYSTEM",
    help="System grup stałych; lista: smup groups.",
)
@click.option("--units", default="", help="Własna lista: kody jednostek po przecinku.")
@click.option(
    "--explain", is_flag=True, help="Także: czego się spodziewać, kto się poprawił, ile trzeba."
)
@as_json
def compare(
    unit: str,
    indicator: str,
    year: int | None,
    role: str | None,
    groups: str,
    units: str,
    explain: bool,
    json_: bool,
) -> None:
    """Porównaj jednostkę z sąsiadami, grupą, powiatem, województwem i krajem.

    \b
    Przykład: smup compare 1465 ludnosc --role powiat --json
              smup compare 020102 ludnosc --groups rodzaj-i-ludnosc
              smup compare 020101 szkoly-podstawowe-na-100-km2 --explain
    """
    from smup.compare import compare_unit

    found = compare_unit(
        places.release.frame,
        the_unit(unit).code,
        the_indicator(indicator).id,
        year=year,
        role=Level(role) if role else None,
        groups=groups,
        units=[code.strip() for code in units.split(",") if code.strip()],
    )
    result = found.to_dict()
    if explain:
        from smup.present.insights import explanation

        result |= explanation(places.release.frame, found)
    if json_:
        print_json(result | ({"synthetic": True} if places.release.synthetic else {}))
        return
    show_comparison(result, the_indicator(indicator).decimals)
    if explain:
        from smup.cli.explaining import show_explanation

        show_explanation(result, the_indicator(indicator).decimals, NAMES)


NAMES = {
    "neighbours": "sąsiedzi",
    "group": "grupa",
    "peers": "podobne",
    "powiat": "powiat",
    "wojewodztwo": "województwo",
    "kraj": "kraj",
    "list": "lista",
}


def show_comparison(result: dict[str, Any], decimals: int) -> None:
    """The comparison as a table with aligned numbers."""

    def shown(value: float | None) -> str:
        return "–" if value is None else format_number(value, decimals)

    own = result["status"] if result["value"] is None else shown(result["value"])
    click.echo(f"{result['year']}, w roli: {result['role']}. Wartość: {own}")
    if interval := result["interval"]:
        limits = f"{shown(interval['low'])} – {shown(interval['high'])}"
        level = format_number(100 * interval["level"], 0)
        click.echo(f"{level}% przedział: {limits}. W nawiasie miejsca w zasięgu przedziałów.")
    if result["rank"]["reason"] == "small_base":
        click.echo("Bez miejsca: wartość opiera się na zbyt małym mianowniku.")
    click.echo(
        f"{'':<12}{'miejsce':>24}{'z danymi':>14}{'mediana':>16}{'średnia':>16}{'łącznie':>16}"
    )
    for row in result["comparators"]:
        rank = row["rank"]
        place = place_text(rank)
        known = f"{row['with_data']} z {row['n']}"
        numbers = "".join(f"{shown(row[key]):>16}" for key in ("median", "mean", "weighted"))
        click.echo(f"{NAMES[row['id']]:<12}{place:>24}{known:>14}{numbers}")
    if any(row["outside_stratum"] for row in result["comparators"]):
        click.echo("Jednostka jest osobną klasą; podobne są spoza niej: najbliższe duże miasta.")


def place_text(rank: dict[str, Any]) -> str:
    """12 z 380 (5–60): the places within reach where they are more than the tie."""
    if not rank["position"]:
        return "–"
    words = f"{rank['position']} z {rank['with_data']}"
    wider = rank["high"] - rank["low"] + 1 > rank["tied"]
    return f"{words} ({rank['low']}–{rank['high']})" if wider else words


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

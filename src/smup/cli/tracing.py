"""`smup trace`: where a figure comes from."""

from typing import Any

import click

from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused
from smup.cli.numbers import span, the_indicator

SHOWN = 12  # members printed for a person; a script gets all of them
WAYS = {
    "none": "nie obliczano",
    "own": "wzór na danych jednostki",
    "sum": "suma wartości części obszaru",
    "ratio_of_sums": "wzór na sumach zmiennych części obszaru",
    "everybody": "wzór na sumach wszystkich części obszaru z każdego roku",
    "weighted": "średnia ważona wartości części obszaru",
}
VERDICTS = {
    "same": "zgadza się z wydaniem",
    "secret": "nie do powtórzenia: część danych jest objęta tajemnicą",
    "differs": "RÓŻNI SIĘ od wydania",
}


@click.command()
@click.argument("indicator")
@click.argument("unit")
@click.argument("year", type=int)
@as_json
def trace(indicator: str, unit: str, year: int, json_: bool) -> None:
    """Pokaż, skąd wzięła się liczba: dane, wiersze tabel, wzór, wynik obliczony ponownie.

    \b
    Przykład: smup trace urodzenia-na-1000 020101 2024
              smup trace ludnosc PL 2024 --json
    """
    from smup.formats.trace import trace_record

    release, chosen, found = places.release, the_indicator(indicator), the_unit(unit)
    if year not in release.indicators.year_index:
        raise Refused(f"Wydanie nie obejmuje roku {year}. Lata: {span(release.indicators.years)}.")
    if chosen.id not in release.indicators.item_index:
        raise Refused(f"Wskaźnik „{chosen.id}” czeka na dane, więc nie ma jeszcze czego śledzić.")
    told = trace_record(release, release.trace(chosen.id, found.code, year))
    if json_:
        print_json(told | ({"synthetic": True} if release.synthetic else {}))
        return
    _show(told)


def _show(told: dict[str, Any]) -> None:
    click.echo(f"{told['indicator']}, {told['unit']}, {told['year']}: {_cell(told)}")
    click.echo(f"Wzór: {told['formula']}")
    click.echo(f"Jak: {WAYS[told['way']]}")
    for one in told["inputs"]:
        click.echo(f"  {one['variable']} {one['year']}: {_cell(one)}")
        if one["correction"]:
            mended = one["correction"]
            click.echo(f"    poprawka {mended['id']}: {mended['reason']['pl']}")
        for row in one["rows"]:
            mark = "←" if row["taken"] else " "
            click.echo(f"    {mark} {row['table']}.csv, wiersz {row['line']}: {row['text']}")
    for one in told["members"][:SHOWN]:
        inputs = ", ".join(f"{each['variable']} {_cell(each)}" for each in one["inputs"])
        click.echo(f"  {'+' if one['used'] else '–'} {one['unit']}: {inputs}")
    if len(told["members"]) > SHOWN:
        click.echo(f"  … razem części: {len(told['members'])} (wszystkie: --json)")
    for key, number in told["numbers"].items():
        click.echo(f"  {key} = {number!r}")
    if told["country"] is not None:
        click.echo("Od wyniku odjęto wartość dla kraju.")
    if told["exact"] is not None:
        click.echo(
            f"Przed zaokrągleniem: {told['exact']!r}; miejsc po przecinku: {told['decimals']}"
        )
    click.echo(f"Obliczono ponownie: {_cell(told['recomputed'])}, {VERDICTS[told['verdict']]}.")


def _cell(one: dict[str, Any]) -> str:
    text = one["status"] if one["value"] is None else repr(one["value"])
    return f"{text} ({', '.join(one['flags'])})" if one["flags"] else text

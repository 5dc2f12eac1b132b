"""Units: show one, list them, rebuild their facts from the registers."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from smup.cli.context import as_json, places, print_json, progress_bar
from smup.cli.editions import activate, next_
from smup.cli.lazy import Refused
from smup.formats.records import unit_record, unit_summary
from smup.territory import GMINA_KINDS, Kind, Level, Unit, search


@click.command()
@click.argument("name_or_code")
@as_json
@click.pass_context
def unit(ctx: click.Context, name_or_code: str, json_: bool) -> None:
    """Pokaż jednostkę o podanej nazwie lub kodzie.

    \b
    Przykład: smup unit 1465
              smup unit Bolesławiec
    """
    found = places.territory.get(name_or_code)
    matches = [found] if found else exact_or_all(name_or_code)
    if not matches:
        raise Refused(
            f"Nie ma jednostki „{name_or_code}”. Podaj nazwę albo kod TERYT, np. 1465 lub 020101."
        )
    if len(matches) > 1:
        if json_:
            print_json({"matches": [unit_summary(u, places.territory) for u in matches]})
        else:
            click.echo("Pasuje kilka jednostek; podaj kod:")
            for match in matches:
                click.echo("  " + line(match))
        ctx.exit(1)
    record = unit_record(matches[0], places.territory)
    if json_:
        print_json(record)
        return
    click.echo(line(matches[0]))
    for key in ("valid_from", "valid_to", "teryt7", "nuts3"):
        if record[key]:
            click.echo(f"  {key}: {record[key]}")
    for level, codes in record["neighbours"].items():
        names = ", ".join(places.territory.units[c].name for c in codes)
        click.echo(f"  sąsiednie ({level}): {names or 'granica niedostępna'}")
    for change in record["changes"]:
        when = change["day"] or f"po {change['after']}, do {change['by']}"
        click.echo(f"  {change['what']}: {change['before']} → {change['now']} ({when})")
    for one in record["successors"]:
        share = share_words(one["share_population"], one["share_area"])
        click.echo(f"  → {one['unit']} {one['name']} ({one['day']}): {one['note']}{share}")


def share_words(population: float | None, area: float | None) -> str:
    """How much of the unit went, where anyone knows."""
    known = ((population, "ludności"), (area, "powierzchni"))
    told = [f"{100 * share:.0f} % {of}" for share, of in known if share is not None]
    return f" ({', '.join(told)})" if told else ""


def exact_or_all(text: str) -> list[Unit]:
    """Units bearing exactly this name; where none does, all the search finds."""
    hits = [h.unit for h in search(places.territory, text)]
    return [u for u in hits if u.name.casefold() == text.strip().casefold()] or hits


def line(unit: Unit) -> str:
    parents = [places.territory.units[c].name for c in unit.parents]
    return f"{unit.code:<7} {unit.name} · {unit.kind.value}" + "".join(f" · {p}" for p in parents)


@click.command()
@click.option("--kind", help="Poziom (gmina, powiat, …) albo dokładny rodzaj (gmina-wiejska, …).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Stan na dzień RRRR-MM-DD.")
@as_json
def units(kind: str | None, on: datetime | None, json_: bool) -> None:
    """Wypisz jednostki: bez daty dzisiejsze, z datą te, które wtedy istniały.

    \b
    Przykład: smup units --kind gmina --on 2026-01-01
    """
    day = on.date() if on else None
    found = [u for u in of_kind(kind) if u.levels and there(u, day)]
    if json_:
        print_json([unit_summary(u, places.territory) for u in found])
        return
    for each in found:
        click.echo(line(each))


def there(unit: Unit, day: date | None) -> bool:
    return unit.valid_to is None if day is None else unit.exists_on(day)


def of_kind(kind: str | None) -> tuple[Unit, ...]:
    """A level's name means everything compared there, cities with powiat rights included."""
    if kind is None:
        return tuple(places.territory)
    if kind in set(Level):
        return places.territory.of_level(Level(kind))
    if kind in set(Kind):
        return places.territory.of_kind([Kind(kind)])
    known = ", ".join([*Level, *(k.value for k in (*GMINA_KINDS, Kind.MIASTO))])
    raise Refused(f"Nie ma rodzaju „{kind}”. Możliwe: {known}.")


@click.group()
def territory() -> None:
    """Jednostki, sąsiedztwa i granice z rejestrów urzędowych."""


territory.add_command(next_)
territory.add_command(activate)


@territory.command()
@as_json
def build(json_: bool) -> None:
    """Zbuduj na nowo pliki w territory/ z rejestrów TERC i granic.

    \b
    Przykład: smup territory build
    """
    from smup.ingest import territory as builder

    findings = builder.build(official_folder(), places.root / "territory")
    if json_:
        print_json({"findings": [f.message for f in findings]})
        return
    for finding in findings:
        click.echo(finding.message)
    click.echo(f"Zapisano territory/ (ustaleń: {len(findings)}).")


@territory.command()
@click.option("--download", is_flag=True, help="Pobierz granice z usługi PRG (wymaga sieci).")
@as_json
def geometry(download: bool, json_: bool) -> None:
    """Przygotuj granice do map (TopoJSON i ścieżki SVG).

    \b
    Przykład: smup territory geometry
              smup territory geometry --download
    """
    report = build_geometry(download)
    print_json(report) if json_ else click.echo(f"Granice gotowe: {places.home / 'geometry'}")


def build_geometry(download: bool = False) -> dict[str, object]:
    """Make the map files in the store from the official folder or from the PRG service."""
    from smup.ingest import geometry as builder

    out = places.home / "geometry"
    if download:
        folder = places.home / "prg"
        builder.download(folder, progress=progress_bar())
    else:
        folder = official_folder()
    report = builder.build(folder, places.territory, out, progress=progress_bar())
    return {"folder": str(out), **asdict(report)}


def official_folder() -> Path:
    """The folder of official files; refused with what to do where there is none."""
    if places.official is None or not places.official.is_dir():
        raise Refused(
            "Brak folderu z plikami urzędowymi: wskaż go zmienną SMUP_DATA "
            "albo pobierz granice poleceniem smup territory geometry --download."
        )
    return places.official

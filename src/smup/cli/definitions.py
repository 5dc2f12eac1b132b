"""Life of definitions: what has data, what differs, what is recorded for good, a new one."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click

from smup.catalogue import Catalogue, Indicator, history, numbers
from smup.catalogue.changes import DefinitionChange, changes
from smup.catalogue.tables import HISTORY, NUMBERS
from smup.catalogue.writing import id_from, indicator_file
from smup.cli.context import as_json, places, print_json
from smup.cli.lazy import Refused
from smup.compute.check import check_catalogue
from smup.compute.formula import FormulaError, evaluate_scalar, needed, parse, substitute
from smup.compute.formulas import derived_of
from smup.compute.rounding import round_one
from smup.territory import numbers as unit_numbers

WORDS = {"added": "nowa", "removed": "usunięta", "renamed": "zmieniona nazwa", "changed": "zmiana"}


def counts_of(catalogue: Catalogue) -> dict[str, Any]:
    """How many definitions there are; the neutral area is no area of services."""
    statuses = Counter(i.status for i in catalogue.indicators.values())
    return {
        "areas": sum(1 for a in catalogue.areas.values() if a.number is not None),
        "services": len(catalogue.services),
        "variables": len(catalogue.variables),
        "indicators": {s: statuses[s] for s in ("published", "preview", "draft", "archived")},
    }


@click.command()
@as_json
def coverage(json_: bool) -> None:
    """Pokaż, które zmienne mają dane, a które wskaźniki na dane czekają.

    \b
    Przykład: smup catalogue coverage
    """
    from smup.quality.coverage import coverage_of

    release, catalogue = places.release, places.catalogue
    found = coverage_of(catalogue, release.territory, release.variables, release.indicators)
    if json_:
        told = found.as_dict(catalogue)
        print_json({**counts_of(catalogue), "errors": [], "release": release.id, **told})
        return
    fed = [it for it in found.variables.values() if it.units]
    ready = [it for it in found.indicators.values() if it.units]
    click.echo(f"Wydanie {release.id}")
    click.echo(f"Zmienne z danymi: {len(fed)} z {len(found.variables)}")
    for it in fed:
        span = f"{it.years[0]}–{it.years[-1]}" if len(it.years) > 1 else f"{it.years[0]}"
        click.echo(f"  {it.id:40} {span:>9}  {it.units[it.years[-1]]:>5} jednostek")
    click.echo(f"Wskaźniki z wartościami: {len(ready)} z {len(found.indicators)}")
    click.echo("Zmienne bez danych i liczba wskaźników, które na nie czekają:")
    for it in sorted(found.variables.values(), key=lambda v: (-len(found.blocks[v.id]), v.id)):
        if not it.units:
            publisher = catalogue.sources[catalogue.variables[it.id].sources[0].source].publisher
            click.echo(f"  {it.id:40} {len(found.blocks[it.id]):>3}  {publisher}")


@click.command()
@click.option("--release", "id_", metavar="ID", help="Wydanie do porównania (domyślnie bieżące).")
@as_json
def diff(id_: str | None, json_: bool) -> None:
    """Pokaż, czym definicje różnią się od tych w wydaniu.

    \b
    Przykład: smup catalogue diff
              smup catalogue diff --release 2026-11-22-a7dfdeee --json
    """
    release = places.release if id_ is None else places.releases.open(id_)
    found = changes(release.catalogue, places.catalogue)
    if json_:
        told = [one.as_dict() for one in found]
        print_json(
            {**counts_of(places.catalogue), "errors": [], "release": release.id, "changes": told}
        )
        return
    for one in found:
        _tell(one)
    click.echo(f"Różnice względem wydania {release.id}: {len(found)}")


def _tell(one: DefinitionChange) -> None:
    mark = " (zmiana znaczenia)" if one.meaning else ""
    former = f" (dawniej {one.former_id})" if one.former_id else ""
    click.echo(f"{one.collection}/{one.id}{former}: {WORDS[one.kind]}{mark}")
    for change in one.keys:
        click.echo(f"    {change.key}: {change.before} → {change.after}")


@click.command()
@as_json
def record(json_: bool) -> None:
    """Zapisz nowe i zmienione definicje i nadaj numery; numerów nie nadaje się ponownie.

    \b
    Przykład: smup catalogue record
    """
    rows = history.unrecorded(places.catalogue, date.today())
    numbered = numbers.unnumbered(places.catalogue)
    units = unit_numbers.unnumbered(places.territory)
    folder, places_folder = places.root / "catalogue", places.root / "territory"
    _append(folder / HISTORY, history.header(), history.history_text(rows))
    _append(folder / NUMBERS, numbers.header(), numbers.numbers_text(numbered))
    lines = unit_numbers.numbers_text(units)
    _append(places_folder / unit_numbers.NUMBERS, unit_numbers.header(), lines)
    if json_:
        recorded = [row.model_dump(mode="json") for row in rows]
        given = [row.model_dump(mode="json") for row in numbered]
        print_json({"recorded": recorded, "numbered": given, "units": units})
        return
    for row in rows:
        click.echo(f"{row.number:>4}  {row.indicator}, wersja {row.version} ({row.status})")
    for one in numbered:
        click.echo(f"{one.number:>4}  {one.id} ({one.kind})")
    click.echo(f"Zapisano: {len(rows)}; nadane numery: {len(numbered)}, jednostek: {len(units)}")


def _append(path: Path, header: str, lines: str) -> None:
    """The lines after what the file says; nothing is touched where there is nothing to add."""
    if lines:
        before = path.read_text("utf-8") if path.is_file() else header
        path.write_text(before + lines, encoding="utf-8")


@click.group()
def new() -> None:
    """Dodaj definicję: program pyta, sprawdza i zapisuje plik.

    \b
    Przykład: smup catalogue new indicator
    """


@new.command()
@click.pass_context
def indicator(ctx: click.Context) -> None:
    """Zapytaj o nowy wskaźnik i zapisz go jako szkic.

    \b
    Przykład: smup catalogue new indicator
    """
    catalogue = places.catalogue
    area = _choice("Obszar", list(catalogue.areas))
    data: dict[str, Any] = {"area": area, "name": _text("Nazwa")}
    data["id"] = _free_id(catalogue, data["name"]["pl"])
    data["question"] = _text("Pytanie, na które odpowiada")
    services = [service.id for service in catalogue.services_of(area)]
    data |= {"service": _choice("Usługa", services)} if services else {}
    data["role"] = _choice("Rola", ["monitoring", "contextual"]) if services else "contextual"
    if data["role"] == "monitoring":
        dimensions = ["quantity", "quality", "availability", "efficiency"]
        data["dimension"] = _choice("Wymiar", dimensions)
    data["unit"] = _choice("Jednostka miary (klucz z measures.yaml)", list(catalogue.measures))
    data["decimals"] = click.prompt("Miejsca po przecinku", type=click.IntRange(0, 6), default=1)
    data["better"] = _choice("Co jest lepsze", ["higher", "lower", "neither"])
    data["scope"] = _choice("Zakres", ["territory", "body"])
    data["cities"] = _choice(
        "Miasta na prawach powiatu porównuj", ["both", "with_gminas", "with_powiats", "apart"]
    )
    kinds = ["gmina", "miasto-na-prawach-powiatu", "powiat"]
    data["kinds"] = [one for one in kinds if click.confirm(f"Czy dotyczy: {one}?", default=True)]
    data["formula"] = click.prompt("Wzór", value_proc=_formula)
    data["aggregate"] = click.prompt("Jak się sumuje", default="ratio_of_sums")
    data["change"] = _choice("Jak wyrazić zmianę", ["absolute", "percent", "percentage_points"])
    data["what_it_shows"] = _text("Co pokazuje")
    data["limitations"] = _text("Czego nie mówi")
    data["example"] = _example(catalogue, data["formula"], data["decimals"])
    today = date.today()
    review_by = today.replace(year=today.year + 2, day=min(today.day, 28))
    data["steward"] = {"owner": area, "reviewed": today, "review_by": review_by}
    _write(ctx, Indicator.model_validate({**data, "status": "draft"}))


def _write(ctx: click.Context, one: Indicator) -> None:
    """Write the file, then say what is still wrong with it; the author mends it there."""
    path = places.root / "catalogue" / "indicators" / one.area / f"{one.id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(indicator_file(one), encoding="utf-8")
    click.echo(f"Zapisano {path.relative_to(places.root)}")
    del places.catalogue  # it has just changed
    errors = [e for e in check_catalogue(places.catalogue) if e.file.endswith(path.name)]
    for error in errors:
        click.echo(str(error))
    click.echo("Do poprawienia w tym pliku." if errors else "Definicja jest poprawna.")
    ctx.exit(1 if errors else 0)


def _text(what: str) -> dict[str, str]:
    return {"pl": click.prompt(f"{what} (po polsku)"), "en": click.prompt(f"{what} (po angielsku)")}


def _choice(what: str, allowed: list[str]) -> str:
    shown = len(allowed) <= 20
    chosen: str = click.prompt(what, type=click.Choice(allowed), show_choices=shown)
    return chosen


def _free_id(catalogue: Catalogue, name: str) -> str:
    """The id made of the name; refused where it is or ever was another's."""
    made = id_from(name)
    used = {*catalogue.indicators, *(row.indicator for row in catalogue.history)}
    if made in used:
        raise Refused(f"Identyfikator „{made}” jest lub był już użyty; podaj inną nazwę.")
    return made


def _formula(text: str) -> str:
    try:
        parse(text)
    except FormulaError as error:
        raise click.BadParameter(str(error)) from error
    return text


def _example(catalogue: Catalogue, formula: str, decimals: int) -> dict[str, Any]:
    """The reader's example: asked for what goes in, computed what comes out."""
    node = substitute(parse(formula), derived_of(catalogue))
    given = {key: click.prompt(f"Przykład: {key}", type=float) for key in needed(node)}
    try:
        return {"given": given, "gives": round_one(evaluate_scalar(node, given), decimals)}
    except ZeroDivisionError as error:
        raise Refused("Przykład dzieli przez zero; podaj inne liczby.") from error

"""Any table into the store: by a mapping, or by what the assistant understood and was told."""

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smup.cli.context import as_json, places, print_json
from smup.cli.lazy import Refused
from smup.language.plural import plural

if TYPE_CHECKING:
    from smup.ingest.guess import Understanding
    from smup.ingest.importing import Described, Imported
    from smup.ingest.keys import Units


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="Plik YAML, jak w catalogue/sources."
)
@click.option("--guess", is_flag=True, help="Odczytaj układ pliku; niejasne rzeczy zapyta.")
@click.option("--yes", is_flag=True, help="Przyjmij propozycje bez pytania.")
@click.option("--write", type=click.Path(path_type=Path), help="Zapisz mapowanie w tym pliku.")
@click.option("--dry-run", is_flag=True, help="Tylko pokaż, niczego nie zapisuj.")
@as_json
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    mapping: Path | None,
    guess: bool,
    yes: bool,
    write: Path | None,
    dry_run: bool,
    json_: bool,
) -> None:
    """Wczytaj dowolną tabelę do magazynu.

    \b
    Czyta CSV, XLS, XLSX, ODS, JSON i Parquet, także w archiwum gz i zip.
    Przykład: smup import ludnosc.xlsx --guess --write ludnosc.yaml
              smup import ludnosc.xlsx --mapping ludnosc.yaml --json
    """
    if guess == (mapping is not None):
        raise Refused("Podaj albo --mapping PLIK, albo --guess.")
    from smup.ingest.importing import import_file, read_mapping
    from smup.ingest.pipeline import surroundings

    around = surroundings(places.root, places.territory)
    understood: Understanding | None = None
    if mapping is not None:
        how = read_mapping(mapping)
    else:
        understood = _understood(file, around.units, yes=yes, json_=json_)
        if understood.questions:
            _open_questions(ctx, understood, json_=json_)
        how = _described(understood)
    found = import_file(file, how, around, places.catalogue, places.home, dry_run=dry_run)
    if write is not None and understood is not None and not dry_run:
        write.write_text(understood.yaml(), encoding="utf-8")
    _print(found, understood, dry_run=dry_run, json_=json_)
    ctx.exit(0 if found.written or (dry_run and found.rows) else 1)


def _described(understood: "Understanding") -> "Described":
    from smup.catalogue import Source
    from smup.ingest.importing import described

    source = Source.model_validate({**understood.source, "id": understood.id})
    return described(source, f"{understood.id}.yaml")


def _understood(file: Path, units: "Units", *, yes: bool, json_: bool) -> "Understanding":
    """What the file says, asked on the terminal for what it leaves open."""
    from smup.ingest.guess import understand

    content, answers = file.read_bytes(), dict[str, str]()
    shown = False
    while True:
        found = understand(file.resolve(), content, places.catalogue, units, date.today(), answers)
        proposed = {q.id: q.proposal for q in found.questions if q.proposal is not None}
        if yes and proposed:
            answers |= proposed
            continue
        if not found.questions or not _on_terminal():
            if not json_:
                _show(found)
            return found
        if not shown:
            _show(found)
            shown = True
        for question in found.questions:
            choice = click.Choice(question.options) if question.options else None
            answers[question.id] = click.prompt(
                question.text, default=question.proposal, type=choice, err=True
            )


def _on_terminal() -> bool:
    return sys.stdin.isatty()


def _open_questions(ctx: click.Context, understood: "Understanding", *, json_: bool) -> None:
    """Lists what nobody was there to answer, and ends with code 1."""
    if json_:
        print_json({"understood": understood.as_dict(), "rows": 0, "landed": 0, "findings": []})
    count = plural(len(understood.questions), "pytanie", "pytania", "pytań")
    click.echo(
        f"smup: {len(understood.questions)} {count} bez odpowiedzi; uruchom w terminalu, "
        "dodaj --yes albo napisz mapowanie:",
        err=True,
    )
    for question in understood.questions:
        options = f" [{' | '.join(question.options)}]" if question.options else ""
        click.echo(f"  {question.text}{options}", err=True)
    ctx.exit(1)


def _show(understood: "Understanding") -> None:
    """What was understood, and the first rows with the units they are about."""
    for decision in understood.decisions:
        click.echo(f"{decision.what}: {decision.value} ({decision.reason})", err=True)
    rows = understood.shown
    widths = [max(len(row[c]) for row in rows if c < len(row)) for c in range(_shown_columns(rows))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.echo("  " + "  ".join(cells).rstrip(), err=True)


def _shown_columns(rows: tuple[tuple[str, ...], ...]) -> int:
    return min(7, max((len(row) for row in rows), default=0))


def _print(
    found: "Imported", understood: "Understanding | None", *, dry_run: bool, json_: bool
) -> None:
    if json_:
        answer: dict[str, Any] = {"understood": understood.as_dict() if understood else None}
        answer |= {"rows": found.rows, "landed": found.landed}
        print_json(answer | {"findings": [asdict(one) for one in found.findings]})
        return
    count = plural(len(found.findings), "ustalenie", "ustalenia", "ustaleń")
    where = f"tabela {found.written}" if found.written else "niczego nie zapisano"
    said = "na próbę, niczego nie zapisano" if dry_run else where
    click.echo(
        f"wierszy {found.rows}, wartości {found.landed}, {len(found.findings)} {count}; {said}"
    )
    errors = [one for one in found.findings if one.severity == "error"]
    for one in errors[:20]:
        row = f", wiersz {one.row}" if one.row else ""
        click.echo(f"{one.file}{row}: {one.message}", err=True)
    if len(errors) > 20:
        more = len(errors) - 20
        click.echo(f"… i {plural(more, 'błąd', 'błędy', 'błędów')} więcej: {more}", err=True)

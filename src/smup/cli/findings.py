"""What was noticed about the data, and whether corrections still hold."""

from typing import Any

import click

from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused

SHOWN = 40  # findings printed for a person; a script gets all of them


@click.command()
@click.option("--code", metavar="KOD", help="Tylko uwagi tego rodzaju, np. skok-wartosci.")
@click.option("--state", metavar="STAN", help="open, explained, corrected albo wrong_rule.")
@click.option("--severity", metavar="WAGA", help="error, warning albo info.")
@click.option("--unit", metavar="JST", help="Kod albo nazwa jednostki.")
@as_json
def findings(
    code: str | None, state: str | None, severity: str | None, unit: str | None, json_: bool
) -> None:
    """Pokaż uwagi do danych wydania i to, co o nich postanowiono.

    \b
    Przykład: smup findings --severity error
              smup findings --code skok-wartosci --state open --json
    """
    from typing import get_args

    from smup.catalogue.quality import State
    from smup.quality.codes import CODES, SEVERITIES
    from smup.quality.decisions import stated

    _one_of("rodzaju uwag", code, CODES)
    _one_of("stanu", state, get_args(State))
    _one_of("wagi", severity, SEVERITIES)
    wanted = the_unit(unit).code if unit else None
    found = [
        one
        for one in stated(places.release.findings, places.catalogue.decisions)
        if code in (None, one.finding.code)
        and state in (None, one.state)
        and severity in (None, one.finding.severity)
        and wanted in (None, one.finding.unit)
    ]
    records = [_record(one) for one in found]
    if json_:
        print_json({"release": places.release.id, "findings": records})
        return
    for record in records[:SHOWN]:
        _print(record)
    if len(records) > SHOWN:
        click.echo(f"… razem uwag: {len(records)} (wszystkie: --json)")
    if not records:
        click.echo("Nie ma takich uwag.")


def _one_of(what: str, word: str | None, known: Any) -> None:
    from smup.catalogue.errors import nearest

    if word is not None and word not in known:
        raise Refused(f"Nie ma {what} „{word}”{nearest(word, known)}.")


def _record(one: Any) -> dict[str, Any]:
    from dataclasses import asdict

    decision = one.decision.model_dump(mode="json") if one.decision else None
    return {"id": one.finding.id, **asdict(one.finding), "state": one.state, "decision": decision}


def _print(record: dict[str, Any]) -> None:
    place = " ".join(str(record[key]) for key in ("unit", "year") if record[key])
    click.echo(
        f"{record['id']}  {record['severity']:<8} {record['code']:<24} {place:<14} "
        f"{record['message']}  [{record['state']}]"
    )


@click.group()
def correction() -> None:
    """Poprawki pojedynczych wartości źródeł (catalogue/corrections/)."""


@correction.command()
@as_json
@click.pass_context
def check(ctx: click.Context, json_: bool) -> None:
    """Sprawdź, czy źródła nadal podają to, czego spodziewają się poprawki.

    \b
    Przykład: smup correction check --json
    """
    from smup.build.figures import official_figures
    from smup.build.mending import outdated

    corrections = places.catalogue.corrections.values()
    told = []
    if corrections:
        figures = official_figures(
            places.root, places.home, places.catalogue, places.territory, lambda *_: None
        )
        told = [{"id": one.id, "outdated": outdated(one, figures.variables)} for one in corrections]
    if json_:
        print_json({"corrections": told})
    else:
        for one in told:
            click.echo(f"{one['id']}: {one['outdated'] or 'aktualna'}")
        if not told:
            click.echo("Nie ma żadnych poprawek.")
    ctx.exit(1 if any(one["outdated"] for one in told) else 0)

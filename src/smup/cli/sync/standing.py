"""How every source stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from smup.cli.context import as_json, places, print_json
from smup.cli.sync.choosing import chosen_providers
from smup.cli.sync.planning import requests_told
from smup.language import plural
from smup.sync.words import local, window

if TYPE_CHECKING:
    from smup.sync.status import Source


@click.command()
@as_json
def status(json_: bool) -> None:
    """Pokaż źródła: ostatni sukces, najnowszy rok, limity, prognozę, błędy i jak je ponowić.

    \b
    Przykład: smup sync status
    """
    from smup.sync.desk import opened
    from smup.sync.journal import Journal
    from smup.sync.status import sources

    journal = Journal(places.home)
    last, alive = journal.last(), journal.alive()
    with opened(places.root, places.home) as desk:
        found = sources(desk, chosen_providers(()))
    if json_:
        print_json(
            {
                "run": (last.model_dump(mode="json") | {"state": last.state(alive)})
                if last
                else None,
                "sources": [_source_told(one) for one in found],
            }
        )
        return
    if last is not None and alive:
        click.echo(
            f"Trwa synchronizacja od {local(last.started)}: {last.stage} "
            f"({last.done} z {last.total})."
        )
    for one in found:
        click.echo("\n".join(_source_words(one)))


def _source_told(one: "Source") -> dict[str, Any]:
    return {
        "id": one.id,
        "succeeded": one.succeeded,
        "tables": one.held.tables,
        "newest_year": one.held.newest,
        "key": one.has_key,
        "quota": [
            {"seconds": w.seconds, "limit": w.limit, "used": w.used, "left": w.left}
            for w in one.quota
        ],
        "requests": one.plan.requests if one.plan else None,
        "ends": one.ends.isoformat(timespec="seconds") if one.ends else None,
        "window": one.window,
        "unfinished": one.last.unfinished if one.last else "",
        "failure": one.trouble or (one.last.failure if one.last else ""),
        "retry": one.retry,
    }


def _source_words(one: "Source") -> Iterator[str]:
    yield f"{one.id} – {one.name.pl} ({one.address})"
    tables = one.held.tables
    yield (
        f"  ostatni sukces: {local(one.succeeded) or 'jeszcze nie'}; "
        f"{tables} {plural(tables, 'tabela', 'tabele', 'tabel')}, "
        f"najnowszy rok: {one.held.newest or '–'}"
    )
    key = "z kluczem" if one.has_key else "bez klucza"
    left = ", ".join(f"{w.left} z {w.limit} na {window(w.seconds, 'pl')}" for w in one.quota)
    yield f"  zostało zapytań ({key}): {left}"
    if one.plan is not None and one.plan.requests:
        bound = f", wstrzymuje limit na {window(one.window, 'pl')}" if one.window else ""
        yield (
            f"  do zrobienia: {requests_told(one.plan.requests)}, koniec najwcześniej "
            f"{local(one.ends or '')}{bound}"
        )
    elif one.plan is not None:
        yield "  do zrobienia: nic"
    for sentence in (one.trouble, *((one.last.unfinished, one.last.failure) if one.last else ())):
        if sentence:
            yield f"  {sentence}"
            yield f"  ponów: {one.retry}"

"""A run: sources asked in their order, with a bar on a terminal."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tqdm import tqdm

from smup.cli.context import as_json, places, print_json
from smup.cli.lazy import Refused
from smup.cli.sync.choosing import chosen_providers
from smup.cli.sync.planning import requests_told, show_plans
from smup.language import plural
from smup.sync.words import local

if TYPE_CHECKING:
    from smup.sources.provider import Provider
    from smup.sync.journal import Part, Run

WATCH = 1.0  # seconds between two looks whether the process beside is there
NIGHT = click.Choice(["person", "night", "page"])


@click.command("run")
@click.argument("sources", nargs=-1, metavar="[ŹRÓDŁO]...")
@click.option("--dry-run", is_flag=True, help="Pokaż plan i jego koszt w zapytaniach; nie pytaj.")
@click.option(
    "--patience",
    type=click.IntRange(min=0),
    metavar="MIN",
    help="Najdłuższe czekanie na limit, w minutach. Domyślnie tyle, ile trzeba, choćby dni.",
)
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PLIK",
    help="Tylko dla mf: wczytaj paczkę sprawozdań z pliku, zamiast pytać usługę.",
)
@click.option("--beside", type=int, hidden=True, help="Zakończ, gdy zniknie ten proces.")
@click.option("--reason", type=NIGHT, default="person", hidden=True)
@as_json
@click.pass_context
def run(
    ctx: click.Context,
    sources: tuple[str, ...],
    dry_run: bool,
    patience: int | None,
    file: Path | None,
    beside: int | None,
    reason: Any,
    json_: bool,
) -> None:
    """Zapytaj źródła o to, czego brakuje i co się zmieniło; potem zbuduj wydanie do zatwierdzenia.

    Przerwane w dowolnej chwili (Ctrl+C, wyłączenie) i powtórzone idzie dalej: o to, co już ma, nie
    pyta drugi raz. Wydanie nie zaczyna służyć samo: smup release approve.

    \b
    Przykład: smup sync --dry-run
              smup sync bdl mf --json
    """
    from smup.sync.running import run as have_asked

    chosen = chosen_providers(sources) if file is None else _handed_in(sources, file)
    if dry_run:
        show_plans(chosen, json_)
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    bar = _Bar()
    try:
        if beside is not None:
            end_with(beside)
        done = have_asked(
            places.root,
            places.home,
            chosen,
            reason=reason,
            patience=None if patience is None else patience * 60.0,
            progress=bar.show,
            waiting=bar.waits,
        )
    except KeyboardInterrupt:
        bar.close()
        click.echo("Przerwano; to samo polecenie ruszy od tego miejsca.", err=True)
        ctx.exit(130)
    bar.close()
    print_json(_told(done)) if json_ else _say(done)
    unread = file is not None and any(part.errors for part in done.parts)
    ctx.exit(1 if done.failures or unread else 0)


def _handed_in(names: Sequence[str], file: Path) -> "list[Provider]":
    from smup.sync.handed_in import BudgetFile

    found = BudgetFile(file)
    if tuple(names) != (found.id,):
        raise Refused(f"Plik podaje się tylko dla jednego źródła: smup sync {found.id} --file …")
    return [found]


def end_with(beside: int) -> None:
    """Stop as a person would when the process that started this one is gone."""

    def watch() -> None:
        gone = threading.Event()
        while os.getppid() == beside:
            gone.wait(WATCH)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="beside", daemon=True).start()


class _Bar:
    """A bar with rate on a terminal, one a stage; says until when a limit makes it wait."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._stage = ""

    def show(self, stage: str, done: int, total: int) -> None:
        if self._bar is None or stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(desc=stage, initial=done, disable=not sys.stderr.isatty())
        self._bar.total = total
        self._bar.set_postfix_str("", refresh=False)
        self._bar.update(done - self._bar.n)

    def waits(self, provider: str, until: datetime) -> None:
        if self._bar is not None:
            self._bar.set_postfix_str(f"limit zapytań, dalej o {local(until)}")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _told(run: "Run") -> dict[str, Any]:
    return run.model_dump(mode="json") | {"state": run.state(alive=False), "asked": run.asked}


def _say(run: "Run") -> None:
    for part in run.parts:
        click.echo(_part_words(part))
        for sentence in (*part.errors, part.unfinished, part.failure):
            if sentence:
                click.echo(f"  {sentence}", err=True)
    if run.release:
        click.echo(
            f"Zbudowano wydanie {run.release}. Czeka na zatwierdzenie: "
            f"smup release approve {run.release}"
        )
    if run.trouble:
        click.echo(run.trouble, err=True)
    if count := len(run.differences):
        click.echo(
            f"Inaczej niż w krajowym systemie: {count} "
            f"{plural(count, 'ustalenie', 'ustalenia', 'ustaleń')} (smup sync crosscheck)"
        )


def _part_words(part: "Part") -> str:
    tables, findings = len(part.tables), sum(part.findings.values())
    return (
        f"{part.provider}: {requests_told(part.asked)}, "
        f"{tables} {plural(tables, 'tabela nowa', 'tabele nowe', 'tabel nowych')}, "
        f"{findings} {plural(findings, 'ustalenie', 'ustalenia', 'ustaleń')}"
    )

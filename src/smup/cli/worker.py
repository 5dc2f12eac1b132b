"""The process that does what is done beside the answers: sends mail, watches deadlines, forgets."""

import os

import click

from smup.cli.context import as_json, print_json


@click.command()
@click.option("--once", is_flag=True, help="Zrób wszystko, co czeka, i zakończ.")
@click.option("--beside", type=int, hidden=True, help="Zakończ, gdy zniknie ten proces.")
@as_json
def worker(once: bool, beside: int | None, json_: bool) -> None:
    """Wysyłaj pocztę, pilnuj terminów i usuwaj dane po czasie, aż do przerwania.

    `smup up` uruchamia to samo obok portalu. Osobno potrzebne jest tylko na innej maszynie.

    \b
    Przykład: smup worker
              smup worker --once --json
    """
    from datetime import UTC, datetime

    from smup.mailing.way import setup
    from smup.sync.wanted import hour
    from smup.web.config.server import migrate, set_up
    from smup.web.config.working import work, work_once

    setup()  # a mistyped SMUP_SMTP is refused here
    hour(os.environ)  # and SMUP_SYNC
    if beside is None:
        migrate()
    set_up()
    if not once:
        work(beside)
        return
    done = work_once(datetime.now(UTC))
    print_json(done) if json_ else click.echo(_told(done))
    if None in done.values():
        raise click.exceptions.Exit(1)


def _told(done: dict[str, int | None]) -> str:
    return "\n".join(
        f"{name}: {'nie powiodło się' if number is None else number}"
        for name, number in done.items()
    )

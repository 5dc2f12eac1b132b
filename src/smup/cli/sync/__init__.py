"""Asking the sources: a run, the plan of one, how everything stands."""

from typing import Any

import click

from smup.cli.lazy import LazyGroup, Refused

COMMANDS = {
    "run": "smup.cli.sync.running",
    "status": "smup.cli.sync.standing",
    "calendar": "smup.cli.sync.expecting",
    "accept": "smup.cli.sync.checking",
    "crosscheck": "smup.cli.sync.checking",
}


class SyncGroup(LazyGroup):
    """`smup sync bdl` is `smup sync run bdl`: the first word is a command only where it is one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.places and args[0] not in ("-h", "--help")):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        from smup.fetch.errors import FetchError

        try:
            return super().invoke(ctx)
        except FetchError as error:
            raise Refused(str(error)) from error


@click.group(cls=SyncGroup, places=COMMANDS)
def sync() -> None:
    """Pobierz dane urzędowe z usług sieciowych, w ich limitach, z wznawianiem.

    Bez podkomendy: `smup sync` to `smup sync run`, a `smup sync bdl` to `smup sync run bdl`.

    \b
    Przykład: smup sync --dry-run
              smup sync bdl --patience 60
              smup sync status
    """

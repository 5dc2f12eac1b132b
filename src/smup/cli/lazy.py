"""A group of commands that are imported when they are needed, and fail in one sentence."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Refused(click.ClickException):
    """Bad input: one sentence on stderr, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"smup: {self.message}", err=True)


class LazyGroup(click.Group):
    """Commands by name; ``places`` says which module holds the command of that name, or of the
    name after a colon where Python would not have it ("import").

    The rooms' ValueErrors become one sentence and exit code 2.
    """

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return None
        module, _, name = self.places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name or cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ValueError, OSError) as error:
            raise Refused(str(error)) from error

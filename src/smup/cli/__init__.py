"""Every command is a thin call of a function in the rooms below."""

import sys

import click

from smup.cli.catalogue import catalogue, docs
from smup.cli.context import Polish
from smup.cli.numbers import compare, indicators, values
from smup.cli.release import release
from smup.cli.serve import up
from smup.cli.sources import ingest
from smup.cli.territory import territory, unit, units


@click.group(
    cls=Polish,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="smup")
def cli() -> None:
    """SMUP: jak działają usługi publiczne w każdej polskiej gminie i w każdym powiecie.

    \b
    Przykład: smup unit Bolesławiec
              smup values ludnosc --unit 1465 --json
    """


for command in (
    unit,
    units,
    indicators,
    values,
    compare,
    ingest,
    territory,
    catalogue,
    docs,
    release,
    up,
):
    cli.add_command(command)


def main() -> None:
    """Entry point. Bad input is one sentence on stderr and exit code 2, never a traceback."""
    try:
        cli(standalone_mode=True)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

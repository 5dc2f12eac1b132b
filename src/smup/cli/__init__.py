"""Every command is a thin call of a function in the rooms below."""

import sys

import click

from smup.cli.lazy import LazyGroup

# Where each command is; its module is imported only when the command is called or described,
# so that `smup unit` answers in a fraction of the time that the numerical rooms take to load.
COMMANDS = {
    "unit": "smup.cli.territory",
    "units": "smup.cli.territory",
    "indicators": "smup.cli.numbers",
    "values": "smup.cli.numbers",
    "trace": "smup.cli.tracing",
    "compare": "smup.cli.numbers",
    "peers": "smup.cli.peers",
    "groups": "smup.cli.groups",
    "frontier": "smup.cli.frontier",
    "changes": "smup.cli.changes",
    "report": "smup.cli.reports",
    "ingest": "smup.cli.sources",
    "import": "smup.cli.importing:import_",
    "sync": "smup.cli.sync",
    "territory": "smup.cli.territory",
    "catalogue": "smup.cli.catalogue",
    "findings": "smup.cli.findings",
    "correction": "smup.cli.findings",
    "docs": "smup.cli.docs",
    "release": "smup.cli.release",
    "training": "smup.cli.training",
    "up": "smup.cli.serve",
    "demo": "smup.cli.demo",
    "user": "smup.cli.users",
    "worker": "smup.cli.worker",
}


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="smup")
def cli() -> None:
    """SMUP: jak działają usługi publiczne w każdej polskiej gminie i w każdym powiecie.

    \b
    Przykład: smup unit Bolesławiec
              smup values ludnosc --unit 1465 --json
    """


def main() -> None:
    """Entry point. Bad input is one sentence on stderr and exit code 2, never a traceback."""
    try:
        cli(standalone_mode=True)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

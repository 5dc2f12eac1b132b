"""``make live``: one cheap question to every real service, to see that it still answers as agreed.

Prints what came; nothing is kept. Without a network it says so and ends with 0.
"""

import os
import sys
import tempfile
from pathlib import Path

from smup.fetch.errors import FetchError, QuotaSpent
from smup.fetch.fetcher import Fetcher
from smup.fetch.providers import access, load_providers
from smup.fetch.request import Request

ROOT = Path(__file__).resolve().parents[3]
SHOWN = 100  # characters of an answer
_JSON = ("format", "json")
# What each answers with the least work for it.
QUESTIONS = (
    Request("bdl", "attributes", (_JSON, ("lang", "pl"))),
    Request("smup", "areas-list", (("lang", "pl"),)),
    Request("mf", "dzialy", (("page", "1"), ("limit", "1"), ("format", "JSON"))),
    Request("dane-gov", "resources", (("per_page", "1"),)),
    Request("teryt", "wsdl/terytws1.wsdl"),
    Request(
        "prg", "AdministrativeBoundaries", (("service", "WFS"), ("request", "GetCapabilities"))
    ),
)


def main() -> int:
    """0 when every service answered, or none could be reached; 1 when some failed."""
    home = Path(os.environ.get("SMUP_HOME", ROOT / "var"))
    providers = access(load_providers(ROOT / "catalogue"), home)  # with the keys of the store
    reached = failed = 0
    with (
        tempfile.TemporaryDirectory() as nowhere,
        Fetcher(Path(nowhere), providers, patience=0.0) as fetcher,
    ):
        for question in QUESTIONS:
            try:
                content = fetcher.get(question).content
            except QuotaSpent:  # any wait: no connection, a server in trouble
                print(f"{question.provider}: nie odpowiada albo każe czekać.")
                failed += 1
            except FetchError as error:
                print(f"{question.provider}: {error}")
                reached, failed = reached + 1, failed + 1
            else:
                shown = " ".join(content[: 4 * SHOWN].decode("utf-8", "replace").split())
                print(f"{question.provider}: {len(content)} bajtów, {shown[:SHOWN]}…")
                reached += 1
    if not reached:
        print("Nie ma sieci albo żadna usługa nie odpowiada; nic nie sprawdzono.")
        return 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

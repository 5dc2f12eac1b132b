"""A run in a process of its own that kills itself: ``python -m … FOLDER ADDRESS NUMBER``.

It ends, as if the power had gone, at the ``NUMBER``-th time it opens or renames a file of its
store.
"""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.contract.serving import Serving
from tests.sources.budget.desk import Office


@dataclass
class _There:
    address: str


def kill_at(number: int, home: str) -> None:
    """Let the process end at the ``number``-th file event below ``home``."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in ("open", "os.rename") and str(arguments[0]).startswith(home):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    office = Office(Path(sys.argv[1]), cast(Serving, _There(sys.argv[2])))
    kill_at(int(sys.argv[3]), str(office.home))
    office.run()

"""Kill the activation of an edition before each of its changes on disk, and look what is left.

``python -m tests.helpers.activator FOLDER DAY``: FOLDER holds ``territory`` and ``home`` with the
prepared edition; every try starts from a copy. Prints, for every try, what was in force before
anything was mended, after mending and after activating again ("old", "new", "none" or "mixed"), and
what is left in the folder.
"""

import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path

from smup.ingest.edition_store import EditionStore
from tests.helpers.builder import count_changes

MOST = 1000


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def main(folder: Path, day: date) -> None:
    old = contents(folder / "territory")
    new = contents(folder / "home/territory" / day.isoformat())
    found = []
    for die_at in range(1, MOST):
        place = folder.with_name("try")
        shutil.copytree(folder, place)
        store = EditionStore(place / "territory", place / "home")
        pid = os.fork()
        if pid == 0:
            count_changes(str(place), die_at)
            store.activate(day)
            os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        states = [state(place / "territory", old, new)]
        store.recover()
        states.append(state(place / "territory", old, new))
        store.activate(day) if states[-1] == "old" else None
        states.append(state(place / "territory", old, new))
        left = sorted(path.name for path in place.iterdir())
        found.append([*states, left])
        shutil.rmtree(place)
        if not killed:
            break
    print(json.dumps(found))


def state(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    if not folder.is_dir():
        return "none"
    held = contents(folder)
    return "old" if held == old else "new" if held == new else "mixed"


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))

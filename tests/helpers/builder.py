"""A process that builds releases in forked children, so that a test may kill one anywhere.

Forking keeps a build of the small repository at a tenth of a second: what takes time is importing.
Run as ``python -m tests.helpers.builder``; a command a line, an answer a line, both JSON:

    {"root", "home", "die_at": n}        the child kills itself right before its n-th change of the
                                         file system below ``home``; 0 lets it live
    {..., "activate": false}             to wait for approval
    {..., "careless": true}              with a publication that does not keep to the protocol
    {..., "told": true}                  the pid of the child is answered before its end

The answer ``{"signal", "changes", "error"}`` comes when the child has ended.
"""

import itertools
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from smup.build import build_release
from smup.store import draft, layout
from smup.store.files import files_below, point
from tests.helpers.tiny_root import write_root

CHANGES = {
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.remove",
    "os.symlink",
    "os.chmod",
    "os.truncate",
}


def changes_something(event: str, arguments: tuple[Any, ...], home: str) -> bool:
    """Is this audit event about to change a file below ``home``?"""
    if event == "open":
        writes = bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        return writes and str(arguments[0]).startswith(home)
    return event in CHANGES and any(str(a).startswith(home) for a in arguments[:2])


def count_changes(home: str, die_at: int) -> Callable[[], int]:
    """Kill this process before change number ``die_at``; the number of changes so far."""
    numbers = itertools.count(1)  # no two threads ever get the same number

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if changes_something(event, arguments, home) and next(numbers) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: next(numbers) - 1


def careless_place(folder: Path, target: Path) -> None:
    """What the protocol is there to avoid: readers are pointed at a release still being filled."""
    point(target.parent / layout.CURRENT, target.name)
    for name in files_below(folder):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes((folder / name).read_bytes())


def child(command: dict[str, Any], answer: int) -> None:
    if command.get("careless"):
        draft.place = careless_place
    changes = count_changes(command["home"], command["die_at"])
    try:
        activate = command.get("activate", True)
        build_release(Path(command["root"]), Path(command["home"]), activate=activate)
        error = ""
    except ValueError as refused:
        error = type(refused).__name__
    os.write(answer, json.dumps({"changes": changes(), "error": error}).encode())


def run(command: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        child(command, writing)
        os._exit(0)
    os.close(writing)
    if command.get("told"):
        print(json.dumps({"pid": pid}), flush=True)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    return {"signal": os.WTERMSIG(status), **(json.loads(said) if said else {})}


def warm_up() -> None:
    """Import and compile, once for all children, what a build uses."""
    with tempfile.TemporaryDirectory() as folder:
        build_release(write_root(Path(folder) / "root"), Path(folder) / "home")


def main() -> None:
    warm_up()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()

"""A run in a process of its own, to be stopped or killed: ``tests.sync.runner ROOT HOME``.

It says a line once a second figure is being asked for, and one at its end.
"""

import signal
import sys
from pathlib import Path

from smup.sync.running import run
from tests.sync.small import Small


def main(root: Path, home: Path) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)

    def told(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("liczby", 1):
            print("second", flush=True)

    try:
        done = run(root, home, [Small()], progress=told)
    except KeyboardInterrupt:
        print("stopped", flush=True)
        sys.exit(130)
    print(done.state(alive=False), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

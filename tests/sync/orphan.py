"""A process that was to run beside another (its id), and says that it ended after that was gone."""

import signal
import sys
import time

from smup.cli.sync.running import end_with


def main(beside: int) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        end_with(beside)
        time.sleep(60)
    except KeyboardInterrupt:
        print("ended", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Makes ready and runs the server: one port, granian with WSGI workers."""

import multiprocessing
import os
import socket
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import django
from django.core.management import call_command

from smup.mailing.way import setup as mail_setup
from smup.sync.wanted import hour
from smup.web.config import fair_use
from smup.web.config.beside import Beside
from smup.web.config.buckets import Buckets
from smup.web.config.client_address import trusted
from smup.web.config.edition import edition
from smup.web.config.paths import paths

WORKERS = 2
COLLECTED = ".collected"  # says of which code the static files are
THREADS = 12  # of a worker; LONG_PLACES of them may wait for slow clients
ROUND = 300.0  # seconds between removals of templates: none is kept for as long as an hour
_SETTINGS = "smup.web.config.settings"


def migrate() -> None:
    """Bring the database of people and processes up to date; numbers need none."""
    set_up()
    call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Write style sheets and scripts under hashed names, compressed, into the store.

    Left out where they are those of this code already: a start would wait seconds for it.
    """
    done = paths().static / COLLECTED
    of_this_code = f"{edition()} {version('django-htmx')}"
    if done.is_file() and done.read_text(encoding="ascii") == of_this_code:
        return
    set_up()
    call_command("collectstatic", interactive=False, verbosity=0)
    done.write_text(of_this_code, encoding="ascii")


def refuse_taken_port(host: str, port: int, command: str = "smup up") -> None:
    """Raise ValueError, with the ``command`` that would do, when somebody listens there already.

    The server itself would not notice: its workers share a port, also with another portal, and a
    reader would get pages now of one, now of the other.
    """
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0:
            raise ValueError(f"Port {port} jest zajęty. Podaj inny: {command} --port {port + 1}.")


def serve(host: str, port: int, home: Path, root: Path) -> None:
    """Serve until interrupted; prints the address once a request was answered.

    Workers are new processes and read where things are from the environment.
    """
    os.environ["SMUP_HOME"], os.environ["SMUP_ROOT"] = str(home), str(root)
    trusted()  # a mistyped SMUP_PROXIES is refused here, not at the first request
    mail_setup()  # and so is a mistyped SMUP_SMTP
    hour(os.environ)  # and SMUP_SYNC
    if host not in ("127.0.0.1", "localhost") and "SMUP_HOSTS" not in os.environ:
        os.environ["SMUP_HOSTS"] = "*"  # offered to a network on purpose, under names unknown here
    collect_static()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from smup.web.reporting.kept import Templates

    server = Granian(
        "smup.web.config.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        workers_kill_timeout=5,  # a worker told to end while it still loads does not hear it
        log_level=LogLevels.error,  # a warning says that THREADS is more than cores
    )
    beside = Beside()
    threading.Thread(target=_announce, args=(host, port, beside.begin), daemon=True).start()
    threading.Thread(target=_forget_templates, args=(Templates(home).clear,), daemon=True).start()
    with shared_by_workers():
        try:
            server.serve()
        finally:
            beside.end()


@contextmanager
def shared_by_workers() -> Iterator[None]:
    """A folder for what the workers of this server share while it runs: calls and counts."""
    with tempfile.TemporaryDirectory(prefix="smup-") as name:
        folder = Path(name)
        Buckets.lay_out(folder / fair_use.TABLE)
        (folder / "metrics").mkdir()
        os.environ[fair_use.SHARED] = str(folder)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder / "metrics")
        yield


def set_up() -> None:
    """Django, made ready once for the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    django.setup()


def _forget_templates(clear: Callable[[], None]) -> None:
    """Remove templates of offices when their time is over, whether or not anybody comes.

    It rests first and imports nothing, see ``_announce``.
    """
    pause = threading.Event()
    while True:
        pause.wait(ROUND)
        with suppress(OSError):  # a folder that cannot be read now may be readable later
            clear()


def _announce(host: str, port: int, then: Callable[[], None]) -> None:
    """Say where the portal is once it answers, and do what comes ``then``; the first answer also
    warms a worker.

    Asks only when all workers are there: they are forked, and a lock that a thread holds at that
    moment, such as that of an import, would stay closed in them for ever.
    """
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
    address = f"http://{shown}:{port}/"
    reached = "127.0.0.1" if host == "0.0.0.0" else host
    pause = threading.Event()
    while len(multiprocessing.active_children()) < WORKERS:
        pause.wait(0.02)
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://{reached}:{port}/readyz", timeout=5):
                break
        except urllib.error.HTTPError:
            break  # it answers, if only to say that it has no release or another name
        except (urllib.error.URLError, OSError):
            pause.wait(0.1)
    else:
        print("smup: serwer nie odpowiada po minucie; przyczyna jest wyżej.", file=sys.stderr)
        return
    print(f"Portal działa: {address}", flush=True)
    then()

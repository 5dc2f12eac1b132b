"""The program of ``maker``: a job a line on standard input, a line of answer on standard output.

It gives way to those who answer readers (``nice``), and says that it is ``full`` when it has grown
large: whoever asks then starts another.
"""

import logging
import os
import resource
import sys
from functools import cache
from pathlib import Path

import orjson

from smup.documents.template import UnsafeTemplate
from smup.reports.cache import keep
from smup.reports.compose import CannotWrite
from smup.reports.definition import read_definition
from smup.reports.writing import report
from smup.store.files import locked
from smup.store.releases import Releases
from smup.web.config.limits import REPORTS_KEPT
from smup.web.reporting.jobs import Job, jobs_folder, read_job
from smup.web.reporting.kept import Templates

MOST_MEMORY = 700_000  # kB of this process
FAULT = "Podczas pisania raportu wystąpił błąd. Administrator znajdzie go w dzienniku serwera."
GONE = "Wzór nie jest już przechowywany. Prześlij go jeszcze raz."


def main() -> None:
    """Answer until standard input is closed."""
    os.nice(10)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no answer
    for line in sys.stdin.buffer:
        asked: dict[str, str] = orjson.loads(line)
        full = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MOST_MEMORY
        answers.write(orjson.dumps({"why_not": _made(asked), "full": full}) + b"\n")
        answers.flush()


def _made(asked: dict[str, str]) -> str:
    """Make the file; "" or the reason why it cannot be made."""
    job, home = read_job(asked["job"]), Path(asked["home"])
    assert job is not None
    lock = jobs_folder(home) / f"{job.id}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with locked(lock, wait=True):
            if Path(asked["file"]).is_file():  # another worker of the server had it made
                return ""
            return _write(job, home, asked)
    finally:
        lock.unlink(missing_ok=True)


def _write(job: Job, home: Path, asked: dict[str, str]) -> str:
    template = Templates(home).find(job.template) if job.template else None
    if job.template and template is None:
        return GONE
    try:
        release = _releases(home).open(job.release)
        written = report(release, read_definition(asked["definition"]), job.form, template)
    except (CannotWrite, UnsafeTemplate) as error:
        return str(error)
    except Exception:
        logging.exception("report %s", job.id)
        return FAULT
    keep(Path(asked["file"]), written.content, REPORTS_KEPT)
    return ""


@cache
def _releases(home: Path) -> Releases:
    return Releases(home)


if __name__ == "__main__":
    main()

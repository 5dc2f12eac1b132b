"""From a definition to a file: what the command, the batch and the jobs of the portal share."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from smup.documents.document import Document
from smup.reports.compose import compose
from smup.reports.definition import Definition
from smup.reports.files import pages, written
from smup.store.files import write_whole
from smup.store.releases import Release


@dataclass(frozen=True, slots=True)
class Report:
    """A written file; ``pages`` are of a PDF or slides of a presentation, else None."""

    form: str
    content: bytes
    pages: int | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def write(self, path: Path) -> None:
        """Put it there, whole or not at all."""
        write_whole(path, self.content)


def report(
    release: Release, definition: Definition, form: str, template: bytes | None = None
) -> Report:
    """The report in one form.

    Raises CannotWrite for what the release does not have, UnsafeTemplate for a template that
    cannot be used.
    """
    return report_of(compose(release, definition), form, template)


def report_of(document: Document, form: str, template: bytes | None = None) -> Report:
    """A composed document in one form. Raises UnsafeTemplate as ``report`` does."""
    content = written(document, form, template)
    return Report(form, content, pages(content, form))

"""What readers leave in the store, each under the digest of its content: definitions of reports,
which stay so that a link goes on leading to them, and an office's templates, which do not.
"""

import os
import re
import time
from pathlib import Path

from smup.documents.template import checked
from smup.reports.cache import template_digest
from smup.reports.definition import MOST_BYTES, Definition, read_definition, write_definition
from smup.store.files import write_whole
from smup.web.config.limits import DEFINITIONS_KEPT, TEMPLATE_AGE, TEMPLATES_KEPT

_DEFINITION = re.compile(r"[0-9a-f]{24}", re.ASCII)
_TEMPLATE = re.compile(r"[0-9a-f]{16}", re.ASCII)


class TooMuch(ValueError):
    """There is no more room for what was to be kept."""


class Definitions:
    """``home/definitions``: a YAML file each."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "definitions"

    def keep(self, definition: Definition) -> str:
        """The digest under which it is kept from now on.

        Raises ValueError for one longer than MOST_BYTES, TooMuch when the store is full.
        """
        content = write_definition(definition).encode()
        if len(content) > MOST_BYTES:
            raise ValueError(f"definicja ma {len(content)} bajtów, najwięcej {MOST_BYTES}")
        path = self._path(definition.digest)
        if not path.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            if sum(1 for _ in os.scandir(self.folder)) >= DEFINITIONS_KEPT:
                raise TooMuch("Nie można teraz zapisać kolejnych definicji raportów.")
            write_whole(path, content)
        return definition.digest

    def find(self, digest: str) -> Definition | None:
        """The definition of a digest; None where there is none that this program can read."""
        if not _DEFINITION.fullmatch(digest):
            return None
        try:
            return read_definition(self._path(digest).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.yaml"


class Templates:
    """``home/templates``: an office's own DOCX, kept while files are made with it and never given
    back."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "templates"

    def keep(self, content: bytes) -> str:
        """The digest of a template that may be used.

        Raises documents.template.UnsafeTemplate for any other, TooMuch when the store is full.
        """
        checked(content)
        digest = template_digest(content)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.clear()
        path = self._path(digest)
        if path.is_file():
            path.touch()
        elif sum(1 for _ in os.scandir(self.folder)) >= TEMPLATES_KEPT:
            raise TooMuch("Zbyt wiele wzorów jest teraz w użyciu. Spróbuj za kilkanaście minut.")
        else:
            write_whole(path, content)
        return digest

    def has(self, digest: str) -> bool:
        """Is there a template of this digest now?"""
        return bool(_TEMPLATE.fullmatch(digest)) and self._path(digest).is_file()

    def find(self, digest: str) -> bytes | None:
        """The template of a digest; None where it is not kept (any more)."""
        if not _TEMPLATE.fullmatch(digest):
            return None
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def clear(self) -> None:
        """Remove those that are old."""
        oldest = time.time() - TEMPLATE_AGE
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except FileNotFoundError:  # another process cleared it
                continue

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.docx"

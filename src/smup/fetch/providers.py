"""Services that are asked: ``catalogue/providers.yaml`` as frozen settings, and the keys to them.

``SMUP_PROVIDER_<ID>`` replaces the base address (a mirror, a test server); a key is read from
``SMUP_KEY_<ID>`` or from the file ``keys/<id>`` of the store, which nobody else may read.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field

from smup.catalogue.base import Definition, Sentence, Text
from smup.catalogue.document import DocumentError, read_document
from smup.catalogue.errors import CatalogueError, CatalogueErrors
from smup.catalogue.validation import parse
from smup.fetch.errors import FetchError
from smup.fetch.soap import signed

FILE = "providers.yaml"


class Limits(Definition):
    """Requests allowed in any window of so many seconds, without a key and with one."""

    anonymous: dict[int, int]
    registered: dict[int, int] | None = None


class Asking(Definition):
    """How far back a service is asked, and how long what it said stays good.

    The newest ``open_years`` may still be revised; older ones are closed and never asked again.
    What is neither closed nor said to have changed is looked at again after ``again_days``. Left
    out: all years, the newest one, every day.
    ``rows`` are those of an answer by the service's own level of units, someone else's count that
    serves for estimates until an answer tells.
    """

    first_year: int = 0
    open_years: int = Field(default=1, ge=1)
    again_days: int = Field(default=1, ge=1)
    rows: dict[int, int] = Field(default={})


class Provider(Definition):
    """One service. ``largest`` is the most bytes an answer may have, ``timeout`` seconds without
    a byte after which it is given up."""

    name: Text
    publisher: Sentence
    licence: Sentence
    base: str
    hosts: tuple[str, ...] = ()  # others that files of this provider may lie on
    key_header: str | None = None
    soap: bool = False  # the key is "user:password" and goes into the message
    limits: Limits
    timeout: float = 60.0
    largest: int = Field(default=50_000_000, gt=0)
    asking: Asking = Asking()


@dataclass(frozen=True)
class Access:
    """A provider as it is asked now: its address, and the key where there is one."""

    id: str
    settings: Provider
    base: str
    key: str | None

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """(seconds, requests), the shortest first."""
        limits = self.settings.limits
        used = limits.registered if self.key and limits.registered else limits.anonymous
        return tuple(sorted(used.items()))

    @property
    def hosts(self) -> frozenset[str]:
        own = urlsplit(self.base).netloc
        return frozenset({own, *self.settings.hosts})

    def headers(self, address: str) -> dict[str, str]:
        """What shows who asks: for the service itself, never for another host it points to."""
        header = self.settings.key_header
        return {header: self.key} if header and self.key and self._own(address) else {}

    def message(self, address: str, body: bytes) -> bytes:
        """The body as it is sent there: of SOAP, with the token that shows who asks."""
        if self.settings.soap and self.key and body and self._own(address):
            return signed(body, self.key)
        return body

    def _own(self, address: str) -> bool:
        return urlsplit(address).netloc == urlsplit(self.base).netloc


def load_providers(catalogue: Path) -> dict[str, Provider]:
    """The services of ``catalogue``/providers.yaml by id. Raises CatalogueErrors."""
    file = f"{catalogue.name}/{FILE}"
    errors: list[CatalogueError] = []
    try:
        document = read_document(catalogue / FILE, file)
    except DocumentError as error:
        raise CatalogueErrors(error.errors) from error
    found = {
        name: parse(Provider, data, file=file, lines=document.lines, prefix=name, errors=errors)
        for name, data in document.data.items()
    }
    if errors:
        raise CatalogueErrors(errors)
    return {name: one for name, one in found.items() if one is not None}


def access(
    providers: Mapping[str, Provider], home: Path, environ: Mapping[str, str] = os.environ
) -> dict[str, Access]:
    """Every provider with the address and key in use. Raises FetchError for a key others read."""
    return {
        name: Access(
            name,
            one,
            environ.get(f"SMUP_PROVIDER_{_word(name)}", one.base),
            environ.get(f"SMUP_KEY_{_word(name)}") or _kept_key(home / "keys" / name),
        )
        for name, one in providers.items()
    }


def _word(name: str) -> str:
    return name.upper().replace("-", "_")


def _kept_key(path: Path) -> str | None:
    if not path.is_file():
        return None
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise FetchError(
            f"Klucz w pliku keys/{path.name} może czytać ktoś poza właścicielem – ustaw prawa "
            f"poleceniem chmod 600 i powtórz."
        )
    return path.read_text(encoding="utf-8").strip() or None

"""One question to a provider."""

import hashlib
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Request:
    """``path`` is below the base address of the provider, or a whole address of one of its hosts.

    ``params`` keep their order and may repeat; keys of access are no part of a question.
    """

    provider: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The same for the same question, whatever the base address and the headers."""
        parts = [self.provider, self.method, self.path, urlencode(self.params)]
        told = "\n".join(parts).encode() + b"\n" + self.body
        return hashlib.sha256(told).hexdigest()

    def address(self, base: str) -> str:
        """The whole address, as it is shown in messages and kept beside the answer."""
        whole = self.path.startswith(("http://", "https://"))
        start = self.path if whole else f"{base.rstrip('/')}/{self.path.lstrip('/')}".rstrip("/")
        joint = "&" if "?" in start else "?"
        return f"{start}{joint}{urlencode(self.params)}" if self.params else start

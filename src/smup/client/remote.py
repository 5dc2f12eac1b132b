"""Answers of a running portal."""

import gzip
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from smup.client.errors import ClientError

_HEADERS = {"Accept-Encoding": "gzip", "User-Agent": "smup-client"}


class Remote:
    """``address`` is that of the portal, with or without ``/api/v1``."""

    def __init__(self, address: str, release: str, timeout: float) -> None:
        self._base = address.rstrip("/").removesuffix("/api/v1") + "/api/v1/"
        self._release, self._timeout = release, timeout

    def get(self, name: str, **asked: str) -> dict[str, Any]:
        """One answer. Raises ClientError."""
        given = {key: value for key, value in (asked | {"asOf": self._release}).items() if value}
        if name == "peers":
            name = f"units/{urllib.parse.quote(given.pop('unit'), safe='')}/peers"
        address = f"{self._base}{name}?{urllib.parse.urlencode(given)}"
        answer = json.loads(self._read(address))
        if not isinstance(answer, dict):
            raise ClientError(f"Pod adresem {address} nie odpowiada SMUP.")
        return answer

    def data(
        self, *, indicator: str, unit: str, year: str
    ) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        answer = self.get("data", indicator=indicator, unit=unit, year=year)
        if answer.get("complete") is not True:
            raise ClientError("Odpowiedź nie jest kompletna; zapytaj o mniej.")
        rows = answer.pop("rows")
        names = ("indicator", "unit", "year", "value", "status")
        columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in names}
        return answer, columns | {"flags": [" ".join(row["flags"]) for row in rows]}

    def _read(self, address: str) -> bytes:
        request = urllib.request.Request(address, headers=_HEADERS)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                body: bytes = answer.read()
                packed = answer.headers.get("Content-Encoding") == "gzip"
        except urllib.error.HTTPError as refused:
            raise _refusal(refused) from None
        except (urllib.error.URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise ClientError(f"Nie można połączyć się z {self._base} ({reason}).") from error
        return gzip.decompress(body) if packed else body


def _refusal(refused: urllib.error.HTTPError) -> ClientError:
    """The problem document as an error; what is none is told by its status."""
    body = refused.read()
    if refused.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    try:
        told = json.loads(body)
        detail, near = str(told["detail"]), told.get("suggestions", [])
    except (ValueError, KeyError, TypeError):
        return ClientError(f"Serwer odpowiedział {refused.code}.", status=refused.code)
    if wait := refused.headers.get("Retry-After"):
        detail += f" Spróbuj za {wait} s."
    return ClientError(detail, told.get("parameter", ""), near, refused.code)

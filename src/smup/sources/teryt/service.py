"""The register's SOAP service, asked through the one door to the network.

Its WSDL says what it understands; the operations used are those of the service's documentation:
``CzyZalogowany`` and ``PobierzKatalogTERC``.
"""

import base64
import binascii
import hashlib
import re
import uuid
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import requests
from defusedxml.ElementTree import ParseError, fromstring
from zeep import Client, Settings
from zeep.exceptions import Error as ZeepError
from zeep.wsdl.utils import etree_to_string

from smup.fetch.errors import NotAsAgreed, Unsound
from smup.fetch.fetcher import Answer, Fetcher, accept
from smup.fetch.request import Request

ID = "teryt"
WSDL = "wsdl/terytws1.wsdl"
_client: Any = Client  # zeep tells no types
_written: Any = etree_to_string
_MESSAGE_ID = re.compile(rb"urn:uuid:[0-9a-f-]{36}")


@dataclass(frozen=True)
class Catalogue:
    """The register of one day as the service gave it: the ZIP, and the answer it came in."""

    name: str
    content: bytes
    answer: Answer


class Service:
    """Raises FetchError for a service that cannot be reached, refuses, or answers otherwise than
    its documentation says."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._transport = _Door(fetcher)
        self._wsdl = Request(ID, WSDL).address(fetcher.providers[ID].base)
        self._client: Any = None

    def logged_in(self) -> bool:
        """Does the service know the user? Asked anew each time."""
        self._transport.again = True
        try:
            return bool(self._call("CzyZalogowany"))
        finally:
            self._transport.again = False

    def catalogue(self, day: date) -> Catalogue:
        """The register (TERC) of the day; given from what is kept, if it was asked for before."""
        self._transport.check = _whole_catalogue
        try:
            found = self._call("PobierzKatalogTERC", datetime.combine(day, time()))
        finally:
            self._transport.check = accept
        answer = self._transport.last
        assert answer is not None  # a call was made
        return Catalogue(str(found.nazwa_pliku), _bytes(found.plik_zawartosc), answer)

    def _call(self, operation: str, *arguments: object) -> Any:
        try:
            if self._client is None:
                settings = Settings(forbid_dtd=True, forbid_external=False)
                self._client = _client(self._wsdl, transport=self._transport, settings=settings)
            return self._client.service[operation](*arguments)
        except (ZeepError, AttributeError, TypeError, ValueError, KeyError) as error:
            raise NotAsAgreed(
                f"Rejestr TERYT, operacja {operation}: usługa odpowiada inaczej niż w swojej "
                f"dokumentacji ({error}); nic nie zapisano. Pobierz plik TERC ze strony eTERYT "
                "i wskaż go: smup territory next PLIK."
            ) from error


class _Door:
    """What zeep sends and loads goes through the fetcher: limits, retries, what is kept.

    It has the two methods of zeep's transport that a client calls.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher, self.again = fetcher, False
        self.check: Callable[[bytes], None] = accept
        self.last: Answer | None = None

    def load(self, url: str) -> bytes:
        return self._fetcher.get(Request(ID, url), check=_description).content

    def post_xml(
        self, address: str, envelope: object, headers: Mapping[str, str]
    ) -> requests.Response:
        request = Request(
            ID,
            address,
            method="POST",
            body=_same_question(_written(envelope)),
            headers=tuple(headers.items()),
        )
        self.last = self._fetcher.get(request, check=self.check, again=self.again)
        response = requests.Response()
        response.status_code, response._content = 200, self.last.content
        response.headers["Content-Type"] = "text/xml; charset=utf-8"
        return response


def _same_question(message: bytes) -> bytes:
    """A message's own number made from what it asks, so that the same question is known again."""
    plain = _MESSAGE_ID.sub(b"", message)
    number = uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(plain).hexdigest())
    return _MESSAGE_ID.sub(f"urn:uuid:{number}".encode(), message)


def _description(answer: bytes) -> None:
    """Raises Unsound unless the answer describes a service: what is kept once is never asked again,
    and a notice of maintenance comes with status 200, too."""
    try:
        name = fromstring(answer).tag.rpartition("}")[2]
    except (ParseError, ValueError) as error:
        raise Unsound(f"opis usługi (WSDL) jest nieczytelny: {error}") from error
    if name not in ("definitions", "schema"):
        raise Unsound(f"zamiast opisu usługi (WSDL) jest element {name}")


def _whole_catalogue(answer: bytes) -> None:
    """Raises Unsound unless the answer holds a whole ZIP of a register that is not empty."""
    found = re.search(rb"plik_zawartosc[^>]*>([^<]*)<", answer)
    if found is None or not found[1].strip():
        raise Unsound("odpowiedź bez pliku katalogu")
    try:
        with zipfile.ZipFile(BytesIO(_bytes(found[1].decode("ascii")))) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, binascii.Error, ValueError, EOFError) as error:
        raise Unsound(f"plik katalogu jest urwany albo nie jest archiwum ZIP: {error}") from error
    if damaged:
        raise Unsound(f"w archiwum uszkodzony jest plik {damaged}")


def _bytes(content: bytes | str) -> bytes:
    """The file; zeep decodes base64 where the WSDL says that it is."""
    return content if isinstance(content, bytes) else base64.b64decode(content, validate=False)

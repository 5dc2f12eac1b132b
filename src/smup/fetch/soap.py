"""What SOAP asks of the door: who asks stands inside the message, and a refusal is a status 500."""

from types import SimpleNamespace
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring


def signed(envelope: bytes, key: str) -> bytes:
    """The message with the WS-Security token of ``key``, "user:password".

    The token is put in here and nowhere before, so that it is no part of the question and nothing
    that is kept or told ever holds it.
    """
    from zeep import Settings, loader, wsse  # only where SOAP is spoken
    from zeep.wsdl import utils

    zeep: Any = SimpleNamespace(  # which tells no types
        parse=loader.parse_xml, token=wsse.UsernameToken, write=utils.etree_to_string
    )
    user, _, password = key.partition(":")
    message = zeep.parse(envelope, None, settings=Settings(forbid_dtd=True))
    zeep.token(user, password).apply(message, {})
    return bytes(zeep.write(message))


# Faults of WS-Security (OASIS, SOAP Message Security 1.1.1, section 12): asking again is no use.
_REFUSALS = frozenset(
    {
        *("UnsupportedSecurityToken", "UnsupportedAlgorithm", "InvalidSecurity"),
        *("InvalidSecurityToken", "FailedAuthentication", "FailedCheck"),
        "SecurityTokenUnavailable",
    }
)


def refusal(answer: bytes) -> str | None:
    """Why the service does not accept who asks, from a SOAP fault (1.1 or 1.2); None for any other
    bytes and for faults of another kind."""
    try:
        root = fromstring(answer)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    told = [(e.tag.rpartition("}")[2], " ".join((e.text or "").split())) for e in root.iter()]
    codes = {text.rpartition(":")[2] for name, text in told if name in ("faultcode", "Value")}
    if codes.isdisjoint(_REFUSALS):
        return None
    return next((text for name, text in told if name in ("faultstring", "Text") and text), "?")

"""What somebody typed: not missing, not a book, made of signs that can be read and kept."""

import re
import unicodedata

from smup.training.rules.refusal import Refusal

LONGEST_EMAIL = 254
LONG = 5_000  # characters of a question, an answer, a note
_STEERING = {"Cc", "Cf", "Cs", "Co", "Cn"}  # categories of signs that no letter shows
_LINES = str.maketrans("", "", "\r\n\t")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"  # of a domain; letters of any alphabet
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_PHONE = re.compile(r"(?:[\s()+/.-]*\d){9,15}(?:\s*(?:wew|ext)\.?\s*\d{1,6})?", re.IGNORECASE)


def check_text(
    text: str, field: str, most: int, missing: str = "", *, lines: bool = False, rule: int = 0
) -> Refusal | None:
    """``missing`` is the key of the refusal of an empty text; without it a text may be empty.

    ``most`` characters; ``lines``: more than one is allowed; ``rule`` asks for the text.
    """
    if not text.strip():
        return Refusal(rule, missing, field) if missing else None
    if len(text) > most:
        return Refusal(0, "too_long", field, {"most": most, "given": len(text)})
    plain = text.translate(_LINES) if lines else text
    if any(unicodedata.category(sign) in _STEERING for sign in plain):
        return Refusal(0, "unwritable", field)
    return None


def check_email(text: str, field: str = "email", missing: str = "email_invalid") -> Refusal | None:
    """One address that can be written to."""
    wrong = check_text(text.strip(), field, LONGEST_EMAIL, missing, rule=9)
    if wrong is None and not _EMAIL.fullmatch(text.strip()):
        return Refusal(9, "email_invalid", field)
    return wrong


def check_phone(text: str, field: str, most: int, missing: str) -> Refusal | None:
    """A number of 9 to 15 digits as people write it, with or without an extension."""
    wrong = check_text(text.strip(), field, most, missing, rule=9)
    if wrong is None and not _PHONE.fullmatch(text.strip()):
        return Refusal(9, "phone_invalid", field)
    return wrong

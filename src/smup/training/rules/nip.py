"""The tax number (NIP) of a unit (rule 1)."""

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.pl import nip

from smup.training.rules.refusal import Refusal

MOST_CHARACTERS = 40  # room for spaces, hyphens and PL; more is not looked into


def check_nip(text: str) -> str | Refusal:
    """The ten digits. Spaces, hyphens and the prefix PL are accepted.

    Zeros alone satisfy the checksum, so they are refused by name.
    """
    if len(text) > MOST_CHARACTERS:
        return Refusal(0, "too_long", "nip", {"most": MOST_CHARACTERS, "given": len(text)})
    if not text.strip():
        return Refusal(1, "nip_missing", "nip")
    try:
        number: str = nip.validate(text.strip().upper())
    except InvalidChecksum:
        return Refusal(1, "nip_checksum", "nip")
    except ValidationError:
        return Refusal(1, "nip_length", "nip")
    return Refusal(1, "nip_zeros", "nip") if set(number) == {"0"} else number

"""What our reasons for gaps and our flags are called in the languages of others: one table.

``sign`` is the mark of Polish official statistics (the five of dane.gov.pl): ``-`` did not occur,
``.`` no information, ``X`` impossible or purposeless, ``#`` confidential, ``:`` not available.
``obs_status`` and ``conf_status`` are codes of the SDMX lists CL_OBS_STATUS and CL_CONF_STATUS.
``gus`` is the flag of the official SMUP interface: 1, 2 and 5 were seen there by its users, the
numbers 3, 4 and 6 are ours, because its dictionary of six flags could not be read.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from smup.language import Lang
from smup.panel import Flag, Status


class Sign(NamedTuple):
    """How one status is told to the readers of each format."""

    sign: str
    obs_status: str
    conf_status: str
    gus: int


# A true zero is a value: 0 is written, and its sign only where a column of signs stands beside.
SIGNS: Mapping[Status, Sign] = {
    Status.OBSERVED: Sign("", "A", "F", 1),
    Status.ZERO: Sign("-", "A", "F", 2),
    Status.CONFIDENTIAL: Sign("#", "Q", "C", 5),
    Status.SUPPRESSED_SMALL: Sign("#", "Q", "A", 5),
    Status.DELEGATED: Sign(".", "O", "F", 6),
    Status.NOT_APPLICABLE: Sign("X", "M", "F", 4),
    Status.NO_DENOMINATOR: Sign("X", "M", "F", 4),
    Status.NOT_EXISTING: Sign("X", "M", "F", 4),
    Status.NOT_BRIDGEABLE: Sign(".", "O", "F", 6),
    Status.BELOW_FORMAT: Sign(".", "N", "F", 3),
    Status.NOT_COLLECTED: Sign(".", "L", "F", 6),
    Status.MISSING: Sign(".", "O", "F", 6),
    Status.NOT_YET: Sign(":", "O", "F", 6),
}

# What the sign of a gap says, in the order in which signs are explained.
SIGN_WORDS: Mapping[str, dict[Lang, str]] = {
    "#": {
        "pl": "tajemnica statystyczna albo zbyt mało przypadków",
        "en": "confidential, or too few cases",
    },
    ".": {"pl": "brak informacji", "en": "no information"},
    "X": {
        "pl": "wypełnienie niemożliwe albo niecelowe",
        "en": "impossible or not applicable",
    },
    ":": {"pl": "jeszcze nie opublikowano", "en": "not published yet"},
}

# SDMX knows one code a value: of several flags the first of these is told.
_BY_FLAG: Mapping[Flag, str] = {
    Flag.BREAK: "B",
    Flag.PROVISIONAL: "P",
    Flag.ESTIMATED: "E",
    Flag.LOW_PRECISION: "U",
    Flag.JOINT: "W",  # includes data from another category
    Flag.OWN: "V",  # unvalidated
    Flag.BRIDGED: "D",  # definition differs: other borders than those published
    Flag.CORRECTED: "I",  # imputed by a receiving agency
}


def obs_status(status: Status, flags: int) -> str:
    """The code of CL_OBS_STATUS of one cell: of a gap its reason, of a value its gravest flag."""
    code = SIGNS[status].obs_status
    if code != "A":
        return code
    return next((told for flag, told in _BY_FLAG.items() if flags & flag), code)


def by_code(words: Mapping[Status, str]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """``words`` of each status as an array to look whole arrays of status codes up in."""
    found = np.full(max(Status) + 1, "", object)
    found[[int(status) for status in words]] = list(words.values())
    return found


SIGN_BY_CODE = by_code({status: one.sign for status, one in SIGNS.items()})

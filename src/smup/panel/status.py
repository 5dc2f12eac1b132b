"""Why a cell has a value or has none. One status a cell; flags are a bit set."""

from enum import IntEnum, IntFlag


class Status(IntEnum):
    """The reason of a cell, in the order in which a computed cell inherits a gap.

    A computed cell takes the smallest gap status among its inputs, so the numbers below are the
    order of inheritance itself (design: confidentiality wins over everything else).
    Stored as uint8; the numbers are part of a release and are never reused.
    """

    OBSERVED = 0
    ZERO = 1  # a true zero
    CONFIDENTIAL = 10
    SUPPRESSED_SMALL = 11
    DELEGATED = 12  # run by a union, company or institution
    NOT_APPLICABLE = 13
    NO_DENOMINATOR = 14
    NOT_EXISTING = 15  # no such unit that year
    NOT_BRIDGEABLE = 16
    BELOW_FORMAT = 17
    NOT_COLLECTED = 18
    MISSING = 19  # not delivered
    NOT_YET = 20


class Flag(IntFlag):
    """Qualities of a value that stand beside it."""

    NONE = 0
    PROVISIONAL = 1
    ESTIMATED = 2
    LOW_PRECISION = 4
    BREAK = 8
    JOINT = 16
    OWN = 32  # supplied by the unit, not official
    BRIDGED = 64
    CORRECTED = 128  # the source said something else: catalogue/corrections


VALUE_STATUSES = (Status.OBSERVED, Status.ZERO)
STATUS_NAMES = {s: s.name.lower() for s in Status}
FLAG_NAMES = {f: str(f.name).lower() for f in Flag if f is not Flag.NONE}


def flag_names(flags: int) -> list[str]:
    """Names of the flags set, in bit order."""
    return [name for flag, name in FLAG_NAMES.items() if flags & flag]

"""Every reason of a gap has its sign and its codes; pinned, for they are in others' hands."""

from smup.formats.signs import SIGN_BY_CODE, SIGNS, obs_status
from smup.panel import Flag, Status
from smup.panel.panel import FIRST_GAP

PUBLISHED = {
    "observed": ("", "A", "F", 1),
    "zero": ("-", "A", "F", 2),
    "confidential": ("#", "Q", "C", 5),
    "suppressed_small": ("#", "Q", "A", 5),
    "delegated": (".", "O", "F", 6),
    "not_applicable": ("X", "M", "F", 4),
    "no_denominator": ("X", "M", "F", 4),
    "not_existing": ("X", "M", "F", 4),
    "not_bridgeable": (".", "O", "F", 6),
    "below_format": (".", "N", "F", 3),
    "not_collected": (".", "L", "F", 6),
    "missing": (".", "O", "F", 6),
    "not_yet": (":", "O", "F", 6),
}


def test_the_table_is_as_published() -> None:
    assert {status.name.lower(): tuple(one) for status, one in SIGNS.items()} == PUBLISHED


def test_every_status_has_a_row_and_every_gap_a_sign() -> None:
    assert set(SIGNS) == set(Status)
    for status in Status:
        assert SIGN_BY_CODE[status] == SIGNS[status].sign
        assert bool(SIGNS[status].sign) or status is Status.OBSERVED
        assert (SIGNS[status].obs_status == "A") == (status < FIRST_GAP)
        hidden = status in (Status.CONFIDENTIAL, Status.SUPPRESSED_SMALL)
        assert (SIGNS[status].conf_status != "F") == hidden


def test_a_gap_keeps_its_reason_whatever_its_flags() -> None:
    every = sum(Flag)
    for status in Status:
        if status >= FIRST_GAP:
            assert obs_status(status, every) == SIGNS[status].obs_status
    assert obs_status(Status.OBSERVED, Flag.PROVISIONAL | Flag.BREAK) == "B"
    assert obs_status(Status.ZERO, Flag.ESTIMATED) == "E"
    assert obs_status(Status.OBSERVED, 0) == "A"

"""Which sign a gap has."""

from smup.panel import Status
from smup.present.gaps import gap_kind, key_words


def test_kinds_of_gap_have_signs_of_their_own() -> None:
    kinds = [gap_kind(s) for s in (Status.MISSING, Status.NOT_APPLICABLE, Status.CONFIDENTIAL)]
    assert len(set(kinds)) == 3
    assert key_words(kinds, "en") == "○ no data, × not applicable, ◆ confidential"


def test_values_and_units_that_were_not_there_have_none() -> None:
    assert {gap_kind(s) for s in (Status.OBSERVED, Status.ZERO, Status.NOT_EXISTING)} == {""}
    assert key_words(["", ""]) == ""

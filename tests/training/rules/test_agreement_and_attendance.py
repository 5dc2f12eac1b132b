"""Rules 9, 11, 12 and 13: deadlines, replacements, declarations, certificates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from smup.training.rules.agreement import (
    check_withdrawal,
    confirm_until,
    deadline,
    offer_until,
    remind_on,
)
from smup.training.rules.attendance import may_certify, may_confirm, may_replace
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import EditionSettings

SENT = date(2022, 3, 1)
DAY = timedelta(days=1)


# In the settings: 14 days as a rule, at least 3, and 2 between the deadline and the training.
@pytest.mark.parametrize(
    ("training", "until"),
    [
        (None, date(2022, 3, 15)),
        (date(2022, 6, 1), date(2022, 3, 15)),
        (date(2022, 3, 17), date(2022, 3, 15)),
        (date(2022, 3, 16), date(2022, 3, 14)),
        (date(2022, 3, 7), date(2022, 3, 5)),
        (date(2022, 3, 6), date(2022, 3, 4)),
        (date(2022, 3, 5), None),
        (date(2022, 2, 1), None),
    ],
)
def test_the_first_training_stays_within_reach(
    edition: EditionSettings, training: date | None, until: date | None
) -> None:
    found = deadline(SENT, training, edition)
    if until is None:
        assert isinstance(found, Refusal)
        assert (found.rule, found.key) == (11, "agreement_too_late")
    else:
        assert found == until


def test_offers_and_confirmations_have_deadlines_of_their_own(edition: EditionSettings) -> None:
    assert offer_until(SENT, edition) == date(2022, 3, 8)
    assert confirm_until(SENT, edition) == date(2022, 3, 15)
    assert remind_on(date(2022, 3, 15), edition) == date(2022, 3, 12)


NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "at_fault", "refused"),
    [
        (timedelta(seconds=1), True, ["not_overdue"]),
        (timedelta(0), True, []),
        (-DAY, True, []),
        (-DAY, False, ["fault_needed"]),
        (DAY, False, ["not_overdue", "fault_needed"]),
        (None, True, ["not_overdue"]),
    ],
)
def test_a_place_is_taken_back_after_the_deadline_and_for_fault_only(
    left: timedelta | None, at_fault: bool, refused: list[str]
) -> None:
    until = None if left is None else NOON + left
    assert [one.key for one in check_withdrawal(until, NOON, at_fault)] == refused


@pytest.mark.parametrize(
    ("delivered", "key"),
    [
        ((-5, -1, -1), None),
        ((-5, 0, 0), None),
        ((-5, 0, 1), "declarations_late"),
        ((-5, 0), "declarations_missing"),
        ((), "declarations_missing"),
    ],
)
def test_three_declarations_by_the_first_day(
    edition: EditionSettings, delivered: tuple[int, ...], key: str | None
) -> None:
    names = [one.id for one in edition.documents.declarations]
    assert len(names) == 3
    days = {name: SENT + n * DAY for name, n in zip(names, delivered, strict=False)}
    found = may_confirm(days, SENT, edition)
    assert (found.key if found else None) == key


def test_papers_that_are_no_declaration_of_the_edition_do_not_count(
    edition: EditionSettings,
) -> None:
    found = may_confirm({"zgoda-na-wizerunek": SENT, "a": SENT, "b": SENT}, SENT, edition)
    assert found is not None
    assert "Deklaracja uczestnictwa" in found.sentence("pl")
    assert "Declaration of participation" in found.sentence("en")


@pytest.mark.parametrize(
    ("first_day", "may"),
    [(None, True), (SENT + DAY, True), (SENT, True), (SENT - DAY, False)],
)
def test_a_participant_is_replaced_until_the_first_day(first_day: date | None, may: bool) -> None:
    assert (may_replace(SENT, first_day) is None) is may


# At least 0.8 of the days
@pytest.mark.parametrize(
    ("attended", "of", "may"),
    [(0, 0, False), (0, 1, False), (1, 1, True), (4, 6, False), (5, 6, True), (6, 6, True),
     (3, 5, False), (4, 5, True), (7, 10, False), (8, 10, True), (7, 6, False)],
)  # fmt: skip
def test_certificates(edition: EditionSettings, attended: int, of: int, may: bool) -> None:
    assert may_certify(attended, of, edition) is may

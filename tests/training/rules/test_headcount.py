"""Rule 6: how many people a unit sends."""

import pytest

from smup.training.rules.headcount import Consent, check_number, required
from smup.training.rules.settings import EditionSettings


# "<=50: 1; 51-150: 2; 151-300: 3; 301-600: 4; >600: 5"
@pytest.mark.parametrize(
    ("headcount", "people"),
    [(1, 1), (49, 1), (50, 1), (51, 2), (149, 2), (150, 2), (151, 3), (299, 3), (300, 3),
     (301, 4), (599, 4), (600, 4), (601, 5), (9_000, 5)],
)  # fmt: skip
def test_people_by_headcount(edition: EditionSettings, headcount: int, people: int) -> None:
    assert required(headcount, edition) == people


# "The number is exact: fewer fails too; more only with the organiser's recorded consent and reason"
@pytest.mark.parametrize(
    ("headcount", "sent", "consent", "refused"),
    [
        (151, 3, None, None),
        (151, 2, None, "too_few_people"),
        (151, 0, None, "too_few_people"),
        (151, 4, None, "too_many_people"),
        (151, 4, Consent(4, "nowy wydział"), None),
        (151, 4, Consent(4, "  "), "too_many_people"),
        (151, 5, Consent(4, "nowy wydział"), "too_many_people"),
        (151, 4, Consent(5, "nowy wydział"), None),
        (151, 3, Consent(4, "nowy wydział"), None),
        (151, 2, Consent(2, "za mało ludzi"), "too_few_people"),
        (151, 2, Consent(4, "nowy wydział"), "too_few_people"),
    ],
)
def test_the_number_is_exact(
    edition: EditionSettings,
    headcount: int,
    sent: int,
    consent: Consent | None,
    refused: str | None,
) -> None:
    found = check_number(sent, headcount, edition, consent)
    assert (found.key if found else None) == refused
    assert found is None or (found.rule, found.field) == (6, "participants")

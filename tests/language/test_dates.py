"""Days and moments in words: months in the genitive, the clock of Poland all year round."""

from datetime import UTC, date, datetime

from smup.language.dates import day_in_words, moment_in_words


def test_a_day_has_its_month_in_the_genitive() -> None:
    assert day_in_words(date(2027, 3, 5), "pl") == "5 marca 2027 r."
    assert day_in_words(date(2027, 3, 5), "en") == "5 March 2027"


def test_a_moment_is_told_on_the_clock_of_poland() -> None:
    summer, winter = (
        datetime(2027, 6, 30, 22, 5, tzinfo=UTC),
        datetime(2027, 1, 31, 23, 0, tzinfo=UTC),
    )
    assert moment_in_words(summer, "pl") == "1 lipca 2027 r., godz. 0:05"
    assert moment_in_words(winter, "en") == "1 February 2027, 0:00"

"""The worked examples of change and trend, reckoned by hand."""

from math import comb

from smup.describe.moving import moving_numbers


def test_the_difference_of_shares_is_the_published_one() -> None:
    """Newcombe (1998), table II: 0.0524 to 0.3339."""
    found = moving_numbers("en")
    assert (found["share_low"], found["share_high"]) == ("5.2", "33.4")


def test_eight_events_after_twenty() -> None:
    """At one rate each of the 28 events falls into either year like a coin."""
    tail = sum(comb(28, k) for k in range(9)) / 2**28
    assert moving_numbers("en")["rate_p"] == f"{2 * tail:.3f}" == "0.036"


def test_usual_variation() -> None:
    """The steps less their median 0.5 have the sizes 0.5, 0.5, 1.5, 1.5, 2.5, 2.5."""
    assert moving_numbers("en")["usual_limit"] == f"{1.959964 * 1.4826 * 1.5:.2f}" == "4.36"


def test_trend() -> None:
    """One of ten pairs is the wrong way round; of 120 orders five have at most one such pair."""
    found = moving_numbers("pl")
    assert (found["trend_s"], found["trend_p"]) == (8, "0,083")
    slopes = sorted((1, 1.5, 2 / 3, 1, 2, 0.5, 1, -1, 0.5, 2))
    assert found["trend_slope"] == f"{(slopes[4] + slopes[5]) / 2:.0f}" == "1"

"""The columns of shares are drawn as high as they are, and the largest is told apart."""

import re

from smup.present.charts.shares import HEIGHT, SharesSpec, share_columns


def test_heights_are_shares_and_gaps_have_no_column() -> None:
    drawn = share_columns(SharesSpec((0.75, None, 0.25, 0.0), "ludność 75%"))
    heights = [float(h) for h in re.findall(r'<rect[^>]* height="([\d.]+)"', drawn)]
    assert heights == [round(0.75 * (HEIGHT - 1), 2), round(0.25 * (HEIGHT - 1), 2)]
    assert drawn.count("c-ours") == 1
    assert 'aria-label="ludność 75%"' in drawn


def test_nothing_to_share_is_a_line() -> None:
    assert "<rect" not in share_columns(SharesSpec((), "brak"))

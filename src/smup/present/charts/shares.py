"""Shares of a whole as a row of small columns, always in the same order: read down a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from smup.present.svg import element, percent

HEIGHT = 28.0
_GAP = 0.2  # of the room of one column


@dataclass(frozen=True)
class SharesSpec:
    """``shares`` (0-1) in the order of the table's head, None where it does not count; ``label``
    is read out in place of the columns."""

    shares: Sequence[float | None]
    label: str


def share_columns(spec: SharesSpec) -> str:
    """The columns as SVG on a common line; full height is a share of 1. The largest stands out."""
    room = 1 / max(len(spec.shares), 1)
    largest = max((share for share in spec.shares if share is not None), default=0.0)
    base = element("line", cls="c-axis", x1="0%", x2="100%", y1=HEIGHT - 0.5, y2=HEIGHT - 0.5)
    columns = [
        element(
            "rect",
            cls="c-ours" if share == largest else "c-peer",
            x=percent((at + _GAP / 2) * room),
            width=percent((1 - _GAP) * room),
            y=(HEIGHT - 1) * (1 - share),
            height=(HEIGHT - 1) * share,
        )
        for at, share in enumerate(spec.shares)
        if share
    ]
    return element(
        "svg",
        base,
        *columns,
        cls="strip",
        xmlns="http://www.w3.org/2000/svg",
        width="100%",
        height=HEIGHT,
        role="img",
        aria_label=spec.label,
    )

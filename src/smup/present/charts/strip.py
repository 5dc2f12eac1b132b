"""The strip: minimum, quartiles, median, maximum of a group, and our dot. Learned once, used
everywhere: in tables, cards and reports."""

from dataclasses import dataclass

from smup.present.scales import Scale
from smup.present.svg import element, percent

HEIGHT = 22.0
_MIDDLE = HEIGHT / 2
# A value this many interquartile ranges outside the box stretches the strip so far that nothing
# else can be told apart; the strip then ends earlier with a break mark.
_LONG_TAIL, _KEPT_TAIL = 6.0, 3.0


@dataclass(frozen=True)
class StripSpec:
    """Summary of a group and our value (None: no dot). ``label`` is read out in its place."""

    low: float
    q1: float
    median: float
    q3: float
    high: float
    value: float | None
    label: str

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the drawn axis: minimum and maximum, nearer where a tail is very long."""
        spread = self.q3 - self.q1
        low, high = self.low, self.high
        if spread > 0 and self.q1 - low > _LONG_TAIL * spread:
            low = self.q1 - _KEPT_TAIL * spread
        if spread > 0 and high - self.q3 > _LONG_TAIL * spread:
            high = self.q3 + _KEPT_TAIL * spread
        if self.value is not None:  # a dot outside its own group still stands on the strip
            low = min(low, self.value) if self.value < self.low else low
            high = max(high, self.value) if self.value > self.high else high
        return low, high


def strip(spec: StripSpec) -> str:
    """The strip as SVG, a single image with ``label`` as its name."""
    low, high = spec.ends
    scale = Scale(low, high)
    inner = [
        _line(scale, spec.low, spec.high),
        _box(scale, spec.q1, spec.q3),
        *_breaks(spec, low, high),
        _median(scale, spec.median),
    ]
    if spec.value is not None:
        inner.append(_dot(scale, spec.value))
    # The inner picture keeps half a dot of room at both ends; only px work on its left side, so
    # the right side is kept by its width.
    plot = element("svg", *inner, x="2%", width="96%", height=HEIGHT, overflow="visible")
    return element(
        "svg",
        plot,
        cls="strip",
        xmlns="http://www.w3.org/2000/svg",
        width="100%",
        height=HEIGHT,
        role="img",
        aria_label=spec.label,
    )


def _line(scale: Scale, low: float, high: float) -> str:
    ends = {"x1": percent(scale.clipped(low)), "x2": percent(scale.clipped(high))}
    return element("line", cls="c-axis", y1=_MIDDLE, y2=_MIDDLE, **ends)


def _box(scale: Scale, q1: float, q3: float) -> str:
    start, end = scale.clipped(q1), scale.clipped(q3)
    return element(
        "rect",
        cls="c-box",
        x=percent(start),
        width=percent(end - start),
        y=_MIDDLE - 5,
        height=10,
        rx=2,
    )


def _breaks(spec: StripSpec, low: float, high: float) -> list[str]:
    """Two short strokes where the strip ends before the true minimum or maximum."""
    cut = [("0%", 12), ("100%", -12)]
    is_cut = [spec.low < low, spec.high > high]
    return [
        element(
            "svg",
            *(_stroke(inwards + dx) for dx in (-2, 2)),
            x=place,
            overflow="visible",
        )
        for (place, inwards), wanted in zip(cut, is_cut, strict=True)
        if wanted
    ]


def _stroke(x: float) -> str:
    return element("line", cls="c-axis", x1=x - 2, x2=x + 2, y1=_MIDDLE + 5, y2=_MIDDLE - 5)


def _median(scale: Scale, median: float) -> str:
    place = percent(scale.clipped(median))
    return element("line", cls="c-median", x1=place, x2=place, y1=_MIDDLE - 8, y2=_MIDDLE + 8)


def _dot(scale: Scale, value: float) -> str:
    return element("circle", cls="c-ours c-dot", cx=percent(scale.clipped(value)), cy=_MIDDLE, r=6)

"""The sparkline: the course of one value over the years, small enough for a line of text."""

from collections.abc import Sequence
from itertools import groupby

from smup.present.scales import Scale
from smup.present.svg import element, number

WIDTH, HEIGHT = 120, 28
_LEFT, _RIGHT, _TOP, _BOTTOM = 5.0, 115.0, 5.0, 23.0
Place = tuple[float, float]


def sparkline(
    points: Sequence[tuple[int, float | None]], label: str, *, connected: bool = True
) -> str:
    """``points`` are (year, value or None) ascending; a gap breaks the line, the newest value is a
    dot. Without ``connected`` (years that cannot be compared) there are dots only. "" for fewer
    than two values. ``label`` is read out in its place."""
    known = [(year, value) for year, value in points if value is not None]
    if len(known) < 2:
        return ""
    values = [value for _, value in known]
    across, up = Scale(known[0][0], known[-1][0]), Scale(min(values), max(values))

    def at(year: int, value: float) -> Place:
        return _LEFT + (_RIGHT - _LEFT) * across(year), _BOTTOM - (_BOTTOM - _TOP) * up(value)

    runs = [
        [at(year, value) for year, value in run if value is not None]
        for has_value, run in groupby(points, key=lambda point: point[1] is not None)
        if has_value
    ]
    newest_x, newest_y = runs[-1][-1]
    return element(
        "svg",
        *(_line(run) if connected and len(run) > 1 else _dots(run) for run in runs),
        element("circle", cls="c-ours", cx=newest_x, cy=newest_y, r=3.5),
        cls="spark",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        aria_label=label,
    )


def _line(run: Sequence[Place]) -> str:
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in run)
    return element("path", cls="c-ours-line", d=d, fill="none", stroke_width=1.5)


def _dots(run: Sequence[Place]) -> str:
    return "".join(element("circle", cls="c-ours", cx=x, cy=y, r=2) for x, y in run)

"""The mark of a place: how far between last and first among some others, in a cell of a table."""

from smup.present.svg import number

WIDTH, HEIGHT = 64, 14
_LEFT, _RIGHT, _MIDDLE = 6.0, 58.0, 7


def place_mark(share: float, *, judged: bool) -> str:
    """``share`` is 0 for the last place and 1 for the first. A dot where the first place is the
    best; a hollow diamond where it only holds the largest value.

    Words must stand beside it: it is hidden from screen readers. It never leaves a page of the
    portal, whose style sheet colours it (``.mark``).
    """
    x = _LEFT + (_RIGHT - _LEFT) * min(1.0, max(0.0, share))
    if judged:
        shape = f'<circle cx="{number(x)}" cy="{_MIDDLE}" r="5"/>'
    else:
        shape = f'<path class="open" d="M{number(x)} 1.5l5.5 5.5-5.5 5.5-5.5-5.5z"/>'
    return (
        f'<svg class="mark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<path d="M{_LEFT:g} 7H{_RIGHT:g}M32 4v6"/>{shape}</svg>'
    )

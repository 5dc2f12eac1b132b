"""The few lines that turn names and attributes into SVG text.

Appearance is given by classes (the portal's style sheet) with presentation attributes as fallback,
never by ``style``: pages forbid inline styles, and a picture taken out of the page keeps colours.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from textwrap import wrap

Attribute = str | float | None

# class -> fallback presentation attributes, for a picture that stands outside the portal
INK = "#1b1f24"
SECOND = "#525a64"
ACCENT = "#0b5394"
LINE = "#e8ecf1"
PEER = "#9aa4af"
BOX = "#d3dae2"

FALLBACK: dict[str, dict[str, str]] = {
    "c-text": {"fill": INK, "font-size": "14"},
    "c-note": {"fill": SECOND, "font-size": "14"},
    "c-grid": {"stroke": LINE, "stroke-width": "1"},
    "c-axis": {"stroke": PEER, "stroke-width": "1"},
    "c-ours": {"fill": ACCENT},
    "c-ours-text": {"fill": ACCENT, "font-size": "14", "font-weight": "600"},
    "c-ours-line": {"stroke": ACCENT, "stroke-width": "2.5", "stroke-linecap": "round"},
    "c-peer": {"fill": PEER},
    "c-peer-line": {"stroke": PEER, "stroke-width": "2", "stroke-linecap": "round"},
    "c-box": {"fill": BOX},
    "c-median": {"stroke": INK, "stroke-width": "2"},
    "c-halo": {"stroke": "#ffffff", "stroke-width": "4", "stroke-linejoin": "round"},
    "c-dash": {"stroke-dasharray": "6 4"},
    "c-hollow": {"fill": "#ffffff", "stroke": PEER, "stroke-width": "2"},
    "c-cross": {"stroke": "none"},
    # colours of several series: told apart in every kind of colour blindness, 4.5 : 1 on white
    "c-k0": {"color": "#0b5394"},
    "c-k1": {"color": "#b4460a"},
    "c-k2": {"color": "#6a4fa3"},
    "c-k3": {"color": "#806000"},
    "c-k4": {"color": "#33424f"},
    "c-k": {"fill": "currentColor"},
    "c-k-line": {"stroke": "currentColor", "stroke-width": "2", "stroke-linecap": "round"},
    "c-under": {"paint-order": "stroke"},
    "c-break": {"stroke": SECOND, "stroke-dasharray": "2 3"},
}
COLOURS = 5

WIDTH = 720.0  # px of a picture that stands alone; stretched inner pictures are laid out for it

FORMS = ("circle", "square", "diamond", "triangle")

NARROW = 46  # letters of a note that fit the width of a phone
NOTE = 20.0  # height of a line of notes
MARK = 24.0  # height of the line below a picture that says what must not be overlooked

_REPLACEABLE = frozenset(key for fallback in FALLBACK.values() for key in fallback)


@lru_cache(maxsize=8192)  # the same places come back in every chart
def number(value: float) -> str:
    """A coordinate with at most two decimals and no needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percent(share: float) -> str:
    """A horizontal place as a share of the width, so that charts fit any width unscaled."""
    return f"{number(100 * share)}%"


def element(name: str, *children: str, cls: str = "", **attributes: Attribute) -> str:
    """One element; ``cls`` sets the class and its fallback; ``_`` in a name stands for ``-``.

    ``children`` are SVG already; use ``text`` for words, which escapes them.
    """
    given = {_name(key): value for key, value in attributes.items()}
    written = _class(cls, _REPLACEABLE.intersection(given)) + "".join(
        [
            f' {key}="{number(v) if isinstance(v, (int, float)) else escape(v)}"'
            for key, v in given.items()
            if v is not None
        ]
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


@cache
def _name(key: str) -> str:
    return key.replace("_", "-")


@lru_cache(maxsize=512)
def _class(cls: str, replaced: frozenset[str]) -> str:
    """The class attribute and its fallbacks, without those the element sets itself."""
    if not cls:
        return ""
    merged: dict[str, str] = {}
    for part in cls.split():
        merged.update(FALLBACK.get(part, {}))
    fallbacks = "".join(f' {key}="{escape(v)}"' for key, v in merged.items() if key not in replaced)
    return f' class="{escape(cls)}"{fallbacks}'


def shape(form: int, x: float, y: float, size: float, *inside: str, cls: str = "") -> str:
    """A mark of one of four forms (``FORMS``: circle, square, diamond, triangle) about a place.

    ``x`` is a share of the width; ``size`` half the width of the mark in px.
    """
    kind = FORMS[form % len(FORMS)]
    if kind == "circle":
        return element("circle", *inside, cls=cls, cx=percent(x), cy=y, r=size)
    outline = {
        "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "diamond": [(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        "triangle": [(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
    }[kind]
    points = " ".join(f"{number(dx * size)},{number(y + dy * size)}" for dx, dy in outline)
    drawn = element("polygon", *inside, cls=cls, points=points)
    return element("svg", drawn, x=percent(x), overflow="visible")


def escape_text(words: str) -> str:
    return escape(words, quote=False)


def text(words: str, x: str | float, y: float, cls: str = "c-text", **more: Attribute) -> str:
    return element("text", escape_text(words), cls=cls, x=x, y=y, **more)


def broken(words: str) -> list[str]:
    """A note in lines that fit a phone: text in a picture does not wrap by itself."""
    return wrap(words, NARROW, break_long_words=False, break_on_hyphens=False)


def clipped(words: str, y: float, cls: str, width: str = "70%") -> str:
    """Words from the left edge that end where their room ends, so that they never lie on the value
    on the right; ``y`` is their base line."""
    line = text(words, "0%", 16, cls)
    return element("svg", line, y=y - 16, width=width, height=22)


def noted(notes: Iterable[str]) -> list[str]:
    """The lines of notes below a picture."""
    return [line for note in notes for line in broken(note)]


def picture(
    ident: str,
    title: str,
    description: str,
    height: float,
    parts: Iterable[str],
    mark: str = "",
    notes: Sequence[str] = (),
) -> str:
    """A chart of fixed height and fluid width, named and described for screen readers.

    ``mark`` stands below it and in its description, ``notes`` below that in a group of their own,
    which a document leaves out to say them in its own letters.
    """
    marked = [text(mark, "0%", height + MARK - 6, "c-note")] if mark else []
    described = f"{description} {mark}" if mark else description
    end, lines = height + (MARK if mark else 0), noted(notes)
    below = [text(line, "0%", end + NOTE * at - 6, "c-note") for at, line in enumerate(lines, 1)]
    return element(
        "svg",
        element("title", escape_text(title), id=f"{ident}-t"),
        element("desc", escape_text(described), id=f"{ident}-d"),
        *parts,
        *marked,
        *([element("g", *below, cls="c-notes")] if below else []),
        cls="chart",
        xmlns="http://www.w3.org/2000/svg",
        width="100%",
        height=end + NOTE * len(lines),
        role="img",
        aria_labelledby=f"{ident}-t {ident}-d",
        overflow="visible",  # as on a page; cut edges would cost a painter as much as the picture
        font_family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    )

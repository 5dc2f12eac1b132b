"""Maps as SVG: every unit coloured by its class, or with a circle, województwo borders above.

A shape is ``{"viewBox": [x, y, w, h], "paths": {code: d}, "borders": {level: d}}``, the outlines of
units or one equal tile for each; both are drawn the same way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from smup.present.bubbles import Bubbles, drawing_order
from smup.present.outlines import Box, inner_point
from smup.present.shading import CONFIDENTIAL, NO_DATA, NOT_APPLICABLE, ZERO
from smup.present.svg import element, escape_text, text

Shape = Mapping[str, Any]
Link = Callable[[str], tuple[str, str]]

PALETTES: dict[str, tuple[str, ...]] = {
    "s": ("#dce9f5", "#a9cbe6", "#6ba3d0", "#2f76b5", "#0a3f7d"),  # amounts: light to dark
    "d": ("#0b5394", "#8db8dc", "#eceff3", "#f2b27c", "#b4530a"),  # differences: blue to orange
}
ZERO_FILL = "#f3efe2"
GROUND = "g"  # a unit that carries a circle
GROUND_FILL = "#f0f3f7"
DRAWN = 720  # pixels of width for which strokes and patterns are meant
_PATTERNS = {NO_DATA: "m-hatch", NOT_APPLICABLE: "m-dots", CONFIDENTIAL: "m-cross"}
_MARKS = {
    "m-hatch": "M-1,7L7,-1M5,9L9,5M-1,1L1,-1",
    "m-cross": "M-1,7L7,-1M5,9L9,5M-1,1L1,-1M-1,1L7,9M5,-1L9,3",
    "m-dots": "M2,2h2v2h-2z",
}
_SIZES = {"m-hatch": 8, "m-cross": 8, "m-dots": 6}


@dataclass(frozen=True)
class Look:
    """What of a map is shown: ``box`` a part of it, ``chosen`` a unit outlined, ``mark`` words in
    its lower left corner, ``link`` address and name of a unit."""

    box: Box | None = None
    chosen: str = ""
    mark: str = ""
    link: Link | None = None


PLAIN = Look()


def fill_of(key: str, palette: str) -> str:
    """The presentation attribute of a class: a colour or a pattern."""
    if key in _PATTERNS:
        return f"url(#{_PATTERNS[key]})"
    if key == GROUND:
        return GROUND_FILL
    return ZERO_FILL if key == ZERO else PALETTES[palette][int(key)]


def patterns(scale: float = 1.0) -> str:
    """Definitions of the gap patterns; ``scale`` in units of the map's viewBox per pixel."""
    made = []
    for name, size in _SIZES.items():
        made.append(
            element(
                "pattern",
                *_pattern_parts(name, size, size),
                id=name,
                width=size,
                height=size,
                patternUnits="userSpaceOnUse",
                patternTransform=f"scale({scale:.3g})",
            )
        )
    return element("defs", *made)


def choropleth(
    shape: Shape, keys: Mapping[str, str], palette: str, title: str, look: Look = PLAIN
) -> str:
    """The map as one SVG. Units without a key are drawn as having no data.

    With ``look.link`` the whole map is a shortcut for the pointer, hidden from assistive
    technology: the page must hold the same links as text.
    """
    return _map(shape, _ground(shape, keys, palette, look), title, look)


def bubble_map(
    shape: Shape, bubbles: Bubbles, keys: Mapping[str, str], title: str, look: Look = PLAIN
) -> str:
    """Circles on a plain ground. ``keys`` holds the gap keys of units without a value."""
    plain = {code: keys.get(code, GROUND) for code in shape["paths"]}
    circles = [
        element("circle", cx=x, cy=y, r=bubbles.radii[code])
        for code in drawing_order(bubbles.radii)
        if code in shape["paths"]
        for x, y in [inner_point(shape["paths"][code])]
    ]
    above = element(
        "g",
        *circles,
        cls="m-circles",
        fill=PALETTES["s"][3],
        fill_opacity=0.65,
        stroke="#ffffff",
        stroke_width=_px(_width(shape, look), 0.5),
    )
    key = circle_key(shape, bubbles.key) if look.box is None else ""
    return _map(shape, _ground(shape, plain, "s", look) + above + key, title, look)


def circle_key(shape: Shape, key: tuple[tuple[float, str], ...]) -> str:
    """Circles of round values, standing in one another, in the lower left corner."""
    if not key:
        return ""
    left, top, width, height = (float(v) for v in shape["viewBox"])
    size, largest = width / 45, key[0][0]
    x, foot = left + size + largest, top + height - 3 * size
    parts = [
        element("circle", cls="m-key", cx=x, cy=foot - r, r=r, fill="none", stroke="#525a64")
        for r, _ in key
    ]
    parts += [
        text(words, f"{x + largest + size / 2:.1f}", foot - at * 1.25 * size, "c-note",
             font_size=f"{size:.1f}")
        for at, (_, words) in enumerate(reversed(key))
    ]  # fmt: skip
    return element("g", *parts, stroke_width=_px(width, 1), aria_hidden="true")


def legend_swatch(key: str, palette: str) -> str:
    """A small sample of a class for the legend, the same fill as on the map.

    Patterns are drawn out, so that any number of legends stands on a page without repeated ids.
    """
    if key in _PATTERNS:
        inner = element("svg", *_pattern_marks(_PATTERNS[key]), width=28, height=16)
    else:
        inner = element(
            "rect", cls=f"m-{palette}{key}", width=28, height=16, rx=2, fill=fill_of(key, palette)
        )
    frame = element("rect", cls="m-frame", width=28, height=16, rx=2, fill="none", stroke="#9aa4af")
    return element("svg", inner, frame, cls="swatch", width=28, height=16, aria_hidden="true")


def _pattern_marks(name: str) -> list[str]:
    """A pattern repeated over the area of a swatch."""
    size = _SIZES[name]
    return [
        element("g", *_pattern_parts(name, size, size), transform=f"translate({x} {y})")
        for x in range(0, 28, size)
        for y in range(0, 16, size)
    ]


def _pattern_parts(name: str, width: float, height: float) -> list[str]:
    ink = {"fill": "#8a949f"} if name == "m-dots" else {"stroke": "#8a949f", "fill": "none"}
    cls = "m-ink m-dot" if name == "m-dots" else "m-ink"
    return [
        element("rect", cls="m-ground", width=width, height=height, fill="#ffffff"),
        element("path", cls=cls, d=_MARKS[name], **ink),
    ]


def _ground(shape: Shape, keys: Mapping[str, str], palette: str, look: Look) -> str:
    """Units of one class together, so that the fill is written once."""
    by_key: dict[str, list[str]] = {}
    for code, d in shape["paths"].items():
        by_key.setdefault(keys.get(code, NO_DATA), []).append(_unit(code, d, look.link))
    groups = [
        element("g", *parts, cls=f"m-{palette}{key}", fill=fill_of(key, palette))
        for key, parts in sorted(by_key.items())
    ]
    width = _width(shape, look)
    return element("g", *groups, cls="m-units", stroke="#ffffff", stroke_width=_px(width, 0.4))


def _map(shape: Shape, drawn: str, title: str, look: Look) -> str:
    box = look.box or tuple(float(v) for v in shape["viewBox"])
    width = box[2]
    named = (
        {"aria_hidden": "true"}
        if look.link
        else {"role": "img", "aria_label": f"{title}. {look.mark}" if look.mark else title}
    )
    return element(
        "svg",
        patterns(width / DRAWN),
        drawn,
        _line(shape.get("borders", {}).get("wojewodztwo"), "m-border", "#525a64", _px(width, 0.9)),
        _line(shape["paths"].get(look.chosen), "m-halo", "#ffffff", _px(width, 6)),
        _line(shape["paths"].get(look.chosen), "m-chosen", "#1b1f24", _px(width, 3.5)),
        _marked(box, look.mark) if look.mark else "",
        cls="map",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(f"{v:g}" for v in box),
        **named,
    )


def _unit(code: str, d: str, link: Link | None) -> str:
    path = element("path", d=d)
    if link is None:
        return path
    address, name = link(code)
    return element(
        "a", element("path", element("title", escape_text(name)), d=d), href=address, tabindex="-1"
    )


def _line(d: str | None, cls: str, ink: str, width: float) -> str:
    if not d:
        return ""
    return element("path", cls=cls, d=d, fill="none", stroke=ink, stroke_width=width)


def _marked(box: tuple[float, ...], mark: str) -> str:
    left, top, width, height = box
    size = round(width / 45, 2)
    return text(mark, left + size, top + height - size, "c-note m-mark", font_size=str(size))


def _width(shape: Shape, look: Look) -> float:
    return look.box[2] if look.box else float(shape["viewBox"][2])


def _px(width: float, pixels: float) -> float:
    """A stroke of about ``pixels`` when the map is drawn ``DRAWN`` wide."""
    return round(width / DRAWN * pixels, 2)

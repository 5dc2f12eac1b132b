"""Maps as SVG: every unit coloured by its class, województwo borders above.

A shape is ``{"viewBox": [x, y, w, h], "paths": {code: d}, "borders": {level: d}}``, the outlines of
units or one equal tile for each; both are drawn the same way.
"""

from collections.abc import Callable, Mapping
from typing import Any

from smup.present.shading import CONFIDENTIAL, NO_DATA, NOT_APPLICABLE, ZERO
from smup.present.svg import element, escape_text, text

Shape = Mapping[str, Any]

PALETTES: dict[str, tuple[str, ...]] = {
    "s": ("#dce9f5", "#a9cbe6", "#6ba3d0", "#2f76b5", "#0a3f7d"),  # amounts: light to dark
    "d": ("#0b5394", "#8db8dc", "#eceff3", "#f2b27c", "#b4530a"),  # differences: blue to orange
}
ZERO_FILL = "#f3efe2"
_PATTERNS = {NO_DATA: "m-hatch", NOT_APPLICABLE: "m-dots", CONFIDENTIAL: "m-cross"}
_MARKS = {
    "m-hatch": "M-1,7L7,-1M5,9L9,5M-1,1L1,-1",
    "m-cross": "M-1,7L7,-1M5,9L9,5M-1,1L1,-1M-1,1L7,9M5,-1L9,3",
    "m-dots": "M2,2h2v2h-2z",
}


def fill_of(key: str, palette: str) -> str:
    """The presentation attribute of a class: a colour or a pattern."""
    if key in _PATTERNS:
        return f"url(#{_PATTERNS[key]})"
    return ZERO_FILL if key == ZERO else PALETTES[palette][int(key)]


def patterns(scale: float = 1.0) -> str:
    """Definitions of the gap patterns; ``scale`` in units of the map's viewBox per pixel."""
    made = []
    for name, marks in _MARKS.items():
        ground = element("rect", cls="m-ground", width=8, height=8, fill="#ffffff")
        ink = {"fill": "#8a949f"} if name == "m-dots" else {"stroke": "#8a949f", "fill": "none"}
        made.append(
            element(
                "pattern",
                ground,
                element("path", cls="m-ink", d=marks, **ink),
                id=name,
                width=6 if name == "m-dots" else 8,
                height=6 if name == "m-dots" else 8,
                patternUnits="userSpaceOnUse",
                patternTransform=f"scale({scale:.3g})",
            )
        )
    return element("defs", *made)


def choropleth(
    shape: Shape,
    keys: Mapping[str, str],
    palette: str,
    title: str,
    link: Callable[[str], tuple[str, str]] | None = None,
    mark: str = "",
) -> str:
    """The map as one SVG. Units without a key are drawn as having no data.

    ``mark`` is written in its lower left corner and added to its title.

    ``link`` gives the address and the name of a unit; the whole map is then a shortcut for the
    pointer, hidden from assistive technology: the page must hold the same links as text.
    """
    width = float(shape["viewBox"][2])
    by_key: dict[str, list[str]] = {}
    for code, d in shape["paths"].items():
        by_key.setdefault(keys.get(code, NO_DATA), []).append(_unit(code, d, link))
    groups = [
        element("g", *parts, cls=f"m-{palette}{key}", fill=fill_of(key, palette))
        for key, parts in sorted(by_key.items())
    ]
    units = element("g", *groups, cls="m-units", stroke="#ffffff", stroke_width=_px(width, 0.4))
    named = (
        {"aria_hidden": "true"}
        if link
        else {"role": "img", "aria_label": f"{title}. {mark}" if mark else title}
    )
    return element(
        "svg",
        patterns(width / 720),
        units,
        _border(shape, width),
        _marked(shape, mark) if mark else "",
        cls="map",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(f"{v:g}" for v in shape["viewBox"]),
        **named,
    )


def legend_swatch(key: str, palette: str) -> str:
    """A small sample of a class for the legend, the same fill as on the map."""
    sample = element(
        "rect", cls=f"m-{palette}{key}", width=28, height=16, rx=2, fill=fill_of(key, palette)
    )
    frame = element("rect", cls="m-frame", width=28, height=16, rx=2, fill="none", stroke="#9aa4af")
    own = patterns(1.0).replace('id="m-', 'id="l-') if key in _PATTERNS else ""
    return element(
        "svg",
        own,
        sample.replace("url(#m-", "url(#l-"),
        frame,
        cls="swatch",
        width=28,
        height=16,
        aria_hidden="true",
    )


def _unit(code: str, d: str, link: Callable[[str], tuple[str, str]] | None) -> str:
    path = element("path", d=d)
    if link is None:
        return path
    address, name = link(code)
    return element(
        "a", element("path", element("title", escape_text(name)), d=d), href=address, tabindex="-1"
    )


def _border(shape: Shape, width: float) -> str:
    d = shape.get("borders", {}).get("wojewodztwo")
    if not d:
        return ""
    return element(
        "path", cls="m-border", d=d, fill="none", stroke="#525a64", stroke_width=_px(width, 0.9)
    )


def _marked(shape: Shape, mark: str) -> str:
    left, top, width, height = (float(v) for v in shape["viewBox"])
    size = round(width / 45, 2)
    return text(mark, left + size, top + height - size, "c-note m-mark", font_size=str(size))


def _px(width: float, pixels: float) -> float:
    """A stroke of about ``pixels`` when the map is drawn 720 px wide."""
    return round(width / 720 * pixels, 2)

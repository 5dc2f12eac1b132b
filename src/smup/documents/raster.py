"""SVG as pixels, for files that cannot draw it; in our own letters, so on every machine alike."""

import re
from dataclasses import dataclass

import resvg_py

from smup.documents import fonts

DPI = 205  # of pictures on paper; 200 is the least that is asked for in print
_PX, _HIGHEST = 96, 8.2  # px of an inch; inches
_FONTS = [str(file) for file in fonts.FILES]
_SIZE = re.compile(r'<svg\b[^>]*?\s(width|height)="([\d.]+)"[^>]*?\s(?:width|height)="([\d.]+)"')


def png(svg: str, zoom: float) -> bytes:
    """The picture with ``zoom`` pixels for one of its own."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=zoom,
        skip_system_fonts=True,
        font_files=_FONTS,
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
    )
    return bytes(drawn)


def size_of(svg: str) -> tuple[float, float]:
    """Width and height in px, as the picture says them. Raises ValueError where it does not."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("the picture does not say its width and height")
    first, second = float(found[2]), float(found[3])
    return (first, second) if found[1] == "width" else (second, first)


@dataclass(frozen=True, slots=True)
class Fit:
    """A picture on paper: inches, and pixels for one of its own."""

    width: float
    height: float
    zoom: float


def fitted(svg: str, widest: float) -> Fit:
    """As large as the picture says, at most ``widest`` inches and as high as leaves its caption on
    the same page, at ``DPI``."""
    width, height = (size / _PX for size in size_of(svg))
    part = min(1.0, widest / width, _HIGHEST / height)
    return Fit(width * part, height * part, part * DPI / _PX)

"""A chart with everything that belongs to it: heading, source, table, sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from smup.present.data import Data
from smup.present.tables import Table, html

_HEIGHT = re.compile(r'<svg\b[^>]*? height="([\d.]+)"')


@dataclass(frozen=True)
class Heading:
    """What is said around a picture. ``title`` states the finding, ``subtitle`` what is measured,
    unit and year; ``foot`` the source, the release and the number of units; ``ident`` is unique
    on its page. ``mark`` is what the picture itself must say wherever it is copied to: that its
    figures are invented."""

    ident: str
    title: str
    subtitle: str
    foot: str
    mark: str = ""


@dataclass(frozen=True)
class Address:
    """Where a figure can be had alone: its ``kind``, the ``query`` that draws the same one again,
    and the ``page`` (path with query) that it belongs to."""

    kind: str
    query: str
    page: str


@dataclass(frozen=True)
class Figure:
    """A drawn chart: SVG text, the table with the same numbers, one sentence that reads it out.

    ``numbers`` makes the numbers behind it, which only files need; ``address`` is where it is
    drawn alone and downloaded: both given by who knows where the numbers are from. ``notes`` are
    the sentences below it that explain its signs.
    """

    heading: Heading
    svg: str
    table: Table
    sentence: str
    numbers: Callable[[], Data] | None = None
    address: Address | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def data(self) -> Data | None:
        """The numbers behind the figure; None where nobody gave them."""
        return self.numbers() if self.numbers else None

    @property
    def says_more(self) -> bool:
        """Does the sentence say anything that the title does not?"""
        return self.sentence.rstrip(".") != self.heading.title.rstrip(".")

    @property
    def height(self) -> float:
        """Height of the picture in px; its width is that of its place."""
        found = _HEIGHT.match(self.svg)
        if found is None:
            raise ValueError("the picture of a figure has no height")
        return float(found[1])

    @property
    def frame_height(self) -> int:
        """Height in px of a frame that shows picture, heading and foot, on a narrow page too."""
        return round(self.height) + 260

    @property
    def table_html(self) -> str:
        return html(self.table)

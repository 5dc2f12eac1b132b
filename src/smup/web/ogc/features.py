"""Features of a collection: which are meant, a page of them, one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from smup.formats import geojson
from smup.web.ogc import layers
from smup.web.ogc.asked import Asked, Part
from smup.web.ogc.columns import Column, members_of
from smup.web.ogc.layers import Layer, facts_of, units_of
from smup.web.ogc.links import Link
from smup.web.open.answers import head
from smup.web.open.shapes import shapes_of

# Values of one page: each is three properties of a feature, some 150 bytes together, or a cell.
MOST_VALUES = {"json": 50_000, "html": 5_000}


@dataclass(frozen=True)
class Page:
    """Codes of one page of the features meant; ``matched`` counts all of those."""

    codes: Sequence[str]
    matched: int
    limit: int
    offset: int

    @property
    def next(self) -> int | None:
        """Where the next page begins; None after the last."""
        after = self.offset + len(self.codes)
        return after if self.codes and after < self.matched else None

    @property
    def previous(self) -> int | None:
        """Where the page before begins; None on the first."""
        return max(0, min(self.offset, self.matched) - self.limit) if self.offset else None


def page_of(asked: Asked, layer: Layer, part: Part, columns: Sequence[Column]) -> Page:
    """The page asked for, shorter where many columns would make it too large."""
    codes = matching(asked, layer, part)
    limit = min(part.limit, max(1, MOST_VALUES[asked.form] // max(1, len(columns))))
    return Page(codes[part.offset : part.offset + limit], len(codes), limit, part.offset)


def matching(asked: Asked, layer: Layer, part: Part) -> list[str]:
    """Codes of the units that meet every filter, in the order of the territory.

    A unit without outline or point lies in no box.
    """
    units, facts = units_of(asked.release, layer), facts_of(asked.release, layer)
    inside = None if part.box is None else shapes_of(asked.release, layer.level).meeting(part.box)
    return [
        code
        for code, unit in units.items()
        if (inside is None or code in inside)
        and (part.until is None or unit.valid_from is None or unit.valid_from <= part.until)
        and all(facts[code][name] == value for name, value in part.filters.items())
    ]


def collection(
    asked: Asked, layer: Layer, columns: Sequence[Column], page: Page, links: Sequence[Link]
) -> bytes:
    """A page as GeoJSON FeatureCollection."""
    return geojson.collection(
        _features(asked, layer, columns, page.codes),
        **head(asked.release),
        geometries=shapes_of(asked.release, layer.level).form,
        numberMatched=page.matched,
        numberReturned=len(page.codes),
        timeStamp=_now(),
        links=list(links),
    )


def feature(
    asked: Asked, layer: Layer, columns: Sequence[Column], code: str, links: Sequence[Link]
) -> bytes:
    """One unit as GeoJSON Feature."""
    (found,) = _features(asked, layer, columns, [code])
    form = shapes_of(asked.release, layer.level).form
    return geojson.feature(*found, **head(asked.release), geometries=form, links=list(links))


def _features(
    asked: Asked, layer: Layer, columns: Sequence[Column], codes: Sequence[str]
) -> Iterator[tuple[str, bytes | None, bytes]]:
    shapes = shapes_of(asked.release, layer.level).encoded
    facts = layers.members_of(asked.release, layer)
    for code, cells in zip(codes, members_of(asked.release, columns, codes), strict=True):
        yield code, shapes.get(code), b"{" + b",".join([facts[code], *cells]) + b"}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

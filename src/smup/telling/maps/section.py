"""One map of a page: what it is drawn from, its legend and words; ``parts/map.html`` shows it."""

from dataclasses import dataclass
from urllib.parse import urlencode

import orjson

from smup.catalogue import Indicator
from smup.language import Lang, sort_key
from smup.panel import Status
from smup.present.figure import Address
from smup.present.map_words import ends_sentence, shown_sentence
from smup.present.maps import legend_swatch
from smup.present.shading import Cells, LegendRow
from smup.present.values import reason, value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.captions import subtitle
from smup.telling.maps.looking import View, years_of_level
from smup.telling.maps.shapes import (
    CIRCLES,
    TILES,
    bubbles_of,
    cells_of,
    ground,
    has_borders,
    map_shape,
    not_on_map,
    shading_of,
)
from smup.telling.naming import level_name, title
from smup.telling.strings import strings
from smup.territory import Level


@dataclass(frozen=True)
class LegendLine:
    key: str
    swatch: str  # SVG
    words: str
    count: int


@dataclass(frozen=True)
class MapSection:
    """What ``parts/map.html`` shows; ``ident`` is unique on its page. Addresses are for the script
    (``geometry``, ``values``) and for readers without it (``picture``)."""

    ident: str
    title: str
    subtitle: str
    finding: str
    geometry: str
    values: str
    picture: str
    link: str
    width: str
    height: str
    legend: tuple[LegendLine, ...]
    notes: tuple[str, ...]
    years: str  # separated by spaces, for the slider
    year: int
    region: str
    chosen: str
    address: Address | None = None  # where it is drawn alone, for files and frames

    @property
    def frame_height(self) -> int:
        """Height in px of a frame that shows the map with its legend, title and source."""
        return round(720 * float(self.height) / float(self.width)) + 320

    @property
    def first_year(self) -> str:
        return self.years.split(" ")[0]

    @property
    def last_year(self) -> str:
        return self.years.split(" ")[-1]


def map_section(
    release: Release, indicator: Indicator, view: View, lang: Lang, ident: str = "mapa"
) -> MapSection | None:
    """The map of an indicator as the view wants it; None where there is no year or no shape."""
    shape = map_shape(release, view.level, view.form, lang)
    if shape is None or view.year is None:
        return None
    to, query = Addresses(lang), map_query(view)
    below, box = ground(release, view.level, view.form), shape.shape["viewBox"]
    return MapSection(
        ident=ident,
        title=map_title(indicator, view.level, view.year, lang),
        subtitle=subtitle(release, indicator, str(view.year), lang),
        finding=finding(release, indicator, view.level, view.year, lang),
        geometry=f"{to.prefix}/mapa/{view.level.value}-{below}-{shape.digest}.json",
        values=to.page(f"/wskaznik/{indicator.id}/mapa.json", **query),
        picture=to.page(f"/wskaznik/{indicator.id}/mapa.svg", **query, **_part(view)),
        link=to.unit_indicator("CODE", indicator.id),
        width=f"{box[2]:g}",
        height=f"{box[3]:g}",
        legend=legend(release, indicator, view, lang),
        notes=_notes(release, indicator, view, lang),
        years=" ".join(str(year) for year in years_of_level(release, indicator, view.level)),
        year=view.year,
        region=view.region,
        chosen=view.chosen,
        address=map_address(indicator, view, lang),
    )


def map_query(view: View) -> dict[str, object]:
    """The parameters that decide how the whole country is coloured."""
    return view.query(obszar="", obok="", jst="")


def map_address(indicator: Indicator, view: View, lang: Lang) -> Address:
    """Where the map is drawn alone, for files and frames."""
    query = view.query(obok="")
    asked = urlencode({"wskaznik": indicator.id} | query, safe=",")
    return Address("mapa", asked, Addresses(lang).indicator(indicator.id, **query))


def _part(view: View) -> dict[str, object]:
    return {"obszar": view.region, "jst": view.chosen}


def map_title(indicator: Indicator, level: Level, year: int, lang: Lang) -> str:
    return f"{getattr(indicator.name, lang)}: {level_name(level, lang)}, {year}"


def finding(release: Release, indicator: Indicator, level: Level, year: int, lang: Lang) -> str:
    """Where the ends are and how many units have a value."""
    return finding_of(release, indicator, cells_of(release, indicator.id, level, year), level, lang)


def finding_of(
    release: Release, indicator: Indicator, cells: Cells, level: Level, lang: Lang
) -> str:
    """The same of some units of a level."""
    known = [value for value, _ in cells.values() if value is not None]
    if not known:
        return ""
    measure = release.catalogue.measures[indicator.unit]
    top, low = max(known), min(known)
    ends = ends_sentence(
        _holders(release, cells, top, lang),
        _holders(release, cells, low, lang),
        value_text(top, indicator, measure, lang),
        value_text(low, indicator, measure, lang),
        lang,
    )
    return f"{ends} {shown_sentence(len(known), len(cells), level.value, lang)}"


def legend(
    release: Release, indicator: Indicator, view: View, lang: Lang
) -> tuple[LegendLine, ...]:
    """The lines of the legend with their samples."""
    assert view.year is not None
    palette = shading_of(release, indicator.id, view.level, view.year, lang, view.cut).palette
    return tuple(
        LegendLine(row.key, legend_swatch(row.key, palette), row.words, row.count)
        for row in shown_rows(release, indicator, view, lang)
    )


def shown_rows(
    release: Release, indicator: Indicator, view: View, lang: Lang
) -> tuple[LegendRow, ...]:
    """Classes with their limits and counts; for circles only zero and the gaps."""
    assert view.year is not None
    shading = shading_of(release, indicator.id, view.level, view.year, lang, view.cut)
    circles = view.form == CIRCLES
    return tuple(row for row in shading.legend if not (circles and row.key.isdigit()))


def map_values(release: Release, indicator: Indicator, view: View, lang: Lang) -> bytes:
    """Class and words of every unit in the order of the shape, for the script."""
    assert view.year is not None
    drawn = map_shape(release, view.level, view.form, lang)
    codes = drawn.codes if drawn else ()
    cells = cells_of(release, indicator.id, view.level, view.year)
    shading = shading_of(release, indicator.id, view.level, view.year, lang, view.cut)
    measure = release.catalogue.measures[indicator.unit]

    def words(code: str) -> str:
        value, status = cells.get(code, (None, Status.NOT_EXISTING))
        if value is None:
            return reason(status, lang)
        return value_text(value, indicator, measure, lang)

    told: dict[str, object] = {
        "year": view.year,
        "title": map_title(indicator, view.level, view.year, lang),
        "subtitle": subtitle(release, indicator, str(view.year), lang),
        "finding": finding(release, indicator, view.level, view.year, lang),
        "palette": shading.palette,
        "keys": "".join(shading.keys.get(code, "n") for code in codes),
        "words": [words(code) for code in codes],
        "counts": [line.count for line in legend(release, indicator, view, lang)],
    }
    if view.form == CIRCLES:
        bubbles = bubbles_of(release, indicator.id, view.level, view.year, view.form, lang)
        told["radii"] = [bubbles.radii.get(code, 0) for code in codes]
        told["key"] = bubbles.key
    return orjson.dumps(told)


def _holders(release: Release, cells: Cells, wanted: float, lang: Lang) -> list[str]:
    """Names of the units that have this value."""
    units = release.territory.units
    found = [title(units[code], lang) for code, (value, _) in cells.items() if value == wanted]
    return sorted(found, key=sort_key)


def _notes(release: Release, indicator: Indicator, view: View, lang: Lang) -> tuple[str, ...]:
    """What is to be known of this map, as sentences."""
    t, units = strings(lang), release.territory.units
    assert view.year is not None
    shape = map_shape(release, view.level, view.form, lang)
    cells = cells_of(release, indicator.id, view.level, view.year)
    missing = not_on_map(shape, cells)
    several = len(years_of_level(release, indicator, view.level)) > 1
    said = [
        t["map_chosen"].format(name=title(units[view.chosen], lang)) if view.chosen else "",
        t["map_region_named"].format(name=units[view.region].name) if view.region else "",
        t["not_on_map"].format(n=missing) if missing else "",
        _scale_note(release, indicator, view, lang) if several else "",
    ]
    if view.form == TILES:
        known = has_borders(release, view.level)
        said.append(t["map_tiles_hint" if known else "map_borders_hint"])
    return tuple(words for words in said if words)


def _scale_note(release: Release, indicator: Indicator, view: View, lang: Lang) -> str:
    t = strings(lang)
    if view.form == CIRCLES:
        return t["map_kola_hint"]
    if view.cut.method == "own":
        return t["map_scale_note_own"]
    years = years_of_level(release, indicator, view.level)
    year = release.default_year(indicator.id, view.level) or years[-1]
    return t["map_scale_note"].format(year=year)

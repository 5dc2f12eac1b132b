"""What of an indicator is looked at: level, year and the map, from the parameters of an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

from smup.catalogue import Indicator
from smup.language.numbers import MINUS
from smup.present.classes import MOST, Method
from smup.store.releases import Release
from smup.telling.maps.shapes import (
    BORDERS,
    CIRCLES,
    FORMS,
    LEVELS,
    TILES,
    USUAL_CUT,
    Cut,
    has_borders,
    has_data,
    is_count,
    known_counts,
)
from smup.telling.units.standing import columns_of_level
from smup.territory import Kind, Level, Unit
from smup.territory.search import search

METHODS: dict[str, Method] = {
    "kwantyle": "quantile",
    "jenks": "natural",
    "rowne": "equal",
    "wlasne": "own",
}
USUAL = "kwantyle"


@dataclass(frozen=True)
class View:
    """What of an indicator is looked at: decided from the parameters, always drawable.

    ``region`` is a województwo the map is zoomed to ("" for the country), ``chosen`` the unit
    marked on it, ``beside`` the indicator and the year of a second map.
    """

    level: Level
    year: int | None
    form: str
    cut: Cut = USUAL_CUT
    region: str = ""
    chosen: str = ""
    beside: tuple[str, int] | None = None
    beside_asked: str = ""

    def query(self, **other: object) -> dict[str, object]:
        """The parameters of an address with the same view; those as usual are left out."""
        asked: dict[str, object] = {"poziom": self.level.value, "rok": self.year, "mapa": self.form}
        if self.cut.method != METHODS[USUAL]:
            asked["klasy"] = next(k for k, m in METHODS.items() if m == self.cut.method)
        if self.cut.limits:
            asked["progi"] = ",".join(f"{limit:g}" for limit in self.cut.limits)
        asked |= {"obszar": self.region, "obok": self.beside_asked, "jst": self.chosen}
        return {key: value for key, value in (asked | other).items() if value not in (None, "")}


def chosen_view(query: Mapping[str, str], release: Release, indicator: Indicator) -> View:
    """Level, year and map asked for where they exist, else the best there is."""
    usable = levels_with_data(release, indicator)
    asked = query.get("poziom")
    level = next((lv for lv in usable if lv.value == asked), usable[0] if usable else Level.GMINA)
    year = _year(query.get("rok", ""), release, indicator, level)
    unit = asked_unit(query, release, level)
    view = View(
        level,
        year,
        _form(query.get("mapa", ""), release, indicator, level),
        _cut(query, indicator),
        _region(query.get("obszar", ""), release, level),
        unit.code if unit else "",
    )
    return _with_beside(view, query.get("obok", ""), release, indicator)


def levels_with_data(release: Release, indicator: Indicator) -> list[Level]:
    """Map levels at which more than one unit has a value in some year, finest first; a level that
    is only cities with powiat rights among gminas comes last."""
    found = []
    for level in LEVELS:
        most = max(known_counts(release, indicator.id, level).values(), default=0)
        if most > 1:
            found.append((most < 0.1 * len(columns_of_level(release, level)), level))
    return [level for _, level in sorted(found, key=lambda pair: pair[0])]


def years_of_level(release: Release, indicator: Indicator, level: Level) -> list[int]:
    return [y for y, n in known_counts(release, indicator.id, level).items() if n]


def forms_of(release: Release, indicator: Indicator, level: Level) -> list[str]:
    """The forms a map of this level can take here."""
    there = {
        BORDERS: has_borders(release, level),
        TILES: release.tiles(level) is not None,
        CIRCLES: is_count(release, indicator, level),
    }
    return [form for form in FORMS if there[form]]


def asked_unit(query: Mapping[str, str], release: Release, level: Level) -> Unit | None:
    """The unit of this level meant by ``?jst=``, a code or a name."""
    asked = query.get("jst", "").strip()[:100]
    if not asked:
        return None
    exact = release.territory.get(asked)
    if exact is not None and level in exact.levels:
        return exact
    return next((h.unit for h in search(release.territory, asked) if level in h.unit.levels), None)


def _year(asked: str, release: Release, indicator: Indicator, level: Level) -> int | None:
    years = years_of_level(release, indicator, level)
    if asked.isdecimal() and asked.isascii() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    return release.default_year(indicator.id, level) or (years[-1] if years else None)


def _form(asked: str, release: Release, indicator: Indicator, level: Level) -> str:
    usable = forms_of(release, indicator, level)
    return asked if asked in usable else next(iter(usable), TILES)


def _cut(query: Mapping[str, str], indicator: Indicator) -> Cut:
    """How values are cut into classes; own limits that cannot be read are as if none were given."""
    method = METHODS.get(query.get("klasy", ""), METHODS[USUAL])
    if method != "own":
        return Cut(method)
    limits = own_limits(query.get("progi", ""), indicator.decimals)
    return Cut("own", limits) if limits else USUAL_CUT


def own_limits(asked: str, decimals: int) -> tuple[float, ...]:
    """Up to four numbers, ``10,20,30`` or, with decimal commas, ``10,5; 20; 30,5``."""
    parts = asked[:100].split(";")
    if len(parts) == 1:
        parts = asked[:100].split(",")
    found = set()
    for part in parts:
        try:
            value = round(
                float("".join(part.split()).replace(",", ".").replace(MINUS, "-")), decimals
            )
        except ValueError:
            continue
        if isfinite(value) and abs(value) < 1e15:
            found.add(value + 0.0)
    return tuple(sorted(found)[: MOST - 1])


def _region(asked: str, release: Release, level: Level) -> str:
    unit = release.territory.get(asked) if len(asked) == 2 else None
    known = unit is not None and unit.kind is Kind.WOJEWODZTWO and level is not Level.WOJEWODZTWO
    return asked if known else ""


def _with_beside(view: View, asked: str, release: Release, indicator: Indicator) -> View:
    """The second map: another year of the same indicator, or another indicator the same year where
    it has it, else in the year best known."""
    if asked.isdecimal() and asked.isascii() and len(asked) == 4:
        known = int(asked) in years_of_level(release, indicator, view.level)
        if known and int(asked) != view.year:
            return replace(view, beside=(indicator.id, int(asked)), beside_asked=asked)
        return view
    other = release.catalogue.indicators.get(asked)
    if other is None or other.id == indicator.id or not has_data(release, other.id, view.level):
        return view
    year = _year(str(view.year), release, other, view.level)
    return replace(view, beside=(other.id, year), beside_asked=asked) if year else view

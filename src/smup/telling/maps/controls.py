"""What can be changed about the map of an indicator: links, and one form for the rarer choices."""

from dataclasses import dataclass

from smup.catalogue import Indicator
from smup.language import Lang, sort_key
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.maps.looking import (
    METHODS,
    View,
    forms_of,
    levels_with_data,
    years_of_level,
)
from smup.telling.maps.shapes import CIRCLES, has_data
from smup.telling.naming import level_name
from smup.telling.strings import strings
from smup.territory import Kind, Level


@dataclass(frozen=True)
class Choice:
    """One of several: a link (``href``) or an option of a form (``value``)."""

    name: str
    chosen: bool
    href: str = ""
    value: str = ""


@dataclass(frozen=True)
class MapControls:
    """``hidden`` keeps what the form does not ask for; ``open`` when one of its choices is not the
    usual one. Years are links for readers without script."""

    action: str
    levels: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    years: tuple[Choice, ...]
    methods: tuple[Choice, ...]
    limits: str
    regions: tuple[Choice, ...]
    beside_years: tuple[Choice, ...]
    beside_others: tuple[Choice, ...]
    hidden: dict[str, object]
    open: bool


def map_controls(release: Release, indicator: Indicator, view: View, lang: Lang) -> MapControls:
    """Everything that can be chosen, with what is."""
    asked = view.query()
    circles = view.form == CIRCLES
    return MapControls(
        action=Addresses(lang).indicator(indicator.id),
        levels=_levels(release, indicator, view, lang),
        forms=_forms(release, indicator, view, lang),
        years=_years(release, indicator, view, lang),
        methods=() if circles else _methods(view, lang),
        limits="; ".join(_written(limit, lang) for limit in view.cut.limits),
        regions=_regions(release, view),
        beside_years=_beside_years(release, indicator, view),
        beside_others=_beside_others(release, indicator, view, lang),
        hidden={key: asked[key] for key in ("poziom", "rok", "mapa", "jst") if key in asked},
        open=bool({"klasy", "obszar", "obok"} & asked.keys()),
    )


def _levels(release: Release, indicator: Indicator, view: View, lang: Lang) -> tuple[Choice, ...]:
    to = Addresses(lang)
    return tuple(
        Choice(
            level_name(level, lang),
            level is view.level,
            to.indicator(indicator.id, poziom=level.value, mapa=view.form),
        )
        for level in levels_with_data(release, indicator)
    )


def _forms(release: Release, indicator: Indicator, view: View, lang: Lang) -> tuple[Choice, ...]:
    """The forms as a switch; nothing to switch where there is but one."""
    usable = forms_of(release, indicator, view.level)
    to, t = Addresses(lang), strings(lang)
    return tuple(
        Choice(
            t[f"map_{form}"],
            form == view.form,
            to.indicator(indicator.id, **view.query(mapa=form)),
        )
        for form in (usable if len(usable) > 1 else [])
    )


def _years(release: Release, indicator: Indicator, view: View, lang: Lang) -> tuple[Choice, ...]:
    to = Addresses(lang)
    years = years_of_level(release, indicator, view.level)
    return tuple(
        Choice(
            str(year),
            year == view.year,
            to.indicator(indicator.id, **view.query(rok=year)),
        )
        for year in (years if len(years) > 1 else [])
    )


def _methods(view: View, lang: Lang) -> tuple[Choice, ...]:
    t = strings(lang)
    return tuple(
        Choice(t[f"map_classes_{name}"], method == view.cut.method, value=name)
        for name, method in METHODS.items()
    )


def _regions(release: Release, view: View) -> tuple[Choice, ...]:
    """Województwa in the order of their names; none to zoom to where they are the units."""
    if view.level is Level.WOJEWODZTWO:
        return ()
    found = [unit for unit in release.territory if unit.kind is Kind.WOJEWODZTWO]
    return tuple(
        Choice(unit.name, unit.code == view.region, value=unit.code)
        for unit in sorted(found, key=lambda unit: sort_key(unit.name))
    )


def _beside_years(release: Release, indicator: Indicator, view: View) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(year), str(year) == view.beside_asked, value=str(year))
        for year in reversed(years_of_level(release, indicator, view.level))
        if year != view.year
    )


def _beside_others(
    release: Release, indicator: Indicator, view: View, lang: Lang
) -> tuple[Choice, ...]:
    """What one would lay beside it: its context and the other indicators of its service or, where
    it has none, of its area; and what was asked for."""
    catalogue = release.catalogue
    near = [
        one
        for one in catalogue.indicators.values()
        if one.service == indicator.service and one.area == indicator.area
    ]
    wanted = {one.id: one for one in near} | {
        key: catalogue.indicators[key]
        for key in (*indicator.context, view.beside_asked)
        if key in catalogue.indicators
    }
    wanted.pop(indicator.id, None)
    found = [one for one in wanted.values() if has_data(release, one.id, view.level)]
    found.sort(key=lambda one: sort_key(getattr(one.name, lang)))
    return tuple(
        Choice(getattr(one.name, lang), one.id == view.beside_asked, value=one.id) for one in found
    )


def _written(limit: float, lang: Lang) -> str:
    """A limit as it is typed into the form."""
    text = f"{limit:.10g}"
    return text.replace(".", ",") if lang == "pl" else text

"""The strongest and weakest findings of a unit, from where it stands among the others."""

from collections.abc import Iterable

from smup.language import Lang
from smup.present.findings import Finding, Of, finding_sentence, strongest, weakest
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.units.chance import chance_of
from smup.telling.units.company import Basis
from smup.telling.units.standing import Standing
from smup.territory import Kind, Level, Unit

OLDEST = 3  # years before the newest looked at


def findings(
    release: Release,
    unit: Unit,
    found: Iterable[Standing],
    basis: Basis,
    asked: Level | None,
    lang: Lang,
    upto: int | None = None,
) -> dict[str, list[dict[str, str]]]:
    """``strong`` and ``weak``, each with a link and a sentence; none where nobody is compared.

    ``upto`` is the last year looked at, where it is not the newest of the release.
    """
    if basis == "nobody":
        return {"strong": [], "weak": []}
    since = (upto or release.indicators.years[-1]) - OLDEST
    told_of = (_finding(release, unit, standing, since) for standing in found)
    places = [one for one in told_of if one is not None]
    role = asked.value if asked else ""

    def told(one: Finding) -> dict[str, str]:
        indicator = one.indicator
        measure = release.catalogue.measures[indicator.unit]
        return {
            "name": getattr(indicator.name, lang),
            "href": Addresses(lang).unit_indicator(unit.code, indicator.id, rola=role),
            "words": finding_sentence(one, basis, called(unit), measure, lang),
        }

    return {
        "strong": [told(one) for one in strongest(places)],
        "weak": [told(one) for one in weakest(places)],
    }


def _finding(release: Release, unit: Unit, standing: Standing, since: int) -> Finding | None:
    """None for a gap, an old value, a small base, and a difference that may be chance."""
    one, summary = standing.beside, standing.summary
    if one is None or summary is None or standing.value is None or standing.year is None:
        return None
    percentile = one.rank.percentile
    if percentile is None or standing.year < since:
        return None
    chance = chance_of(release, standing.indicator.id, standing.year)
    column = release.indicators.unit_index[unit.code]
    if chance is not None and not chance.is_beyond(column, summary.median):
        return None
    return Finding(
        standing.indicator,
        standing.year,
        standing.value,
        summary.median,
        summary.q3 - summary.q1,
        percentile,
        (one.rank.position or 1) - 1,
        one.worse,
        one.compared,
    )


def called(unit: Unit) -> Of:
    """What the unit and those like it are called in a sentence."""
    if unit.kind is Kind.MIASTO:
        return "miasto"
    if unit.kind is Kind.WOJEWODZTWO:
        return "wojewodztwo"
    return "powiat" if unit.kind is Kind.POWIAT else "gmina"

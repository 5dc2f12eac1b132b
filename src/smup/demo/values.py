"""The invented figures themselves, before anything is hidden: an array [year, unit] a variable."""

import numpy as np

from smup.catalogue import Variable
from smup.demo.chance import generator
from smup.demo.country import YEARS, Country
from smup.demo.profiles import Profile
from smup.panel.panel import Values
from smup.territory import Kind

REFERENCE = 2024  # the year that rates speak of
_SHARPNESS = 6  # how suddenly figures that grow towards their bound are held back by it
_PERSISTENCE = 0.6  # how much of last year's deviation is left this year


def invent(
    profile: Profile, variable: Variable, country: Country, base: Values | None, seed: int
) -> Values:
    """The figures of ``variable``; ``base`` are those of ``profile.of``, None for a level.

    What lies in a territory and may be added up is, in a powiat, the sum of its gminas. What a
    powiat itself does or spends is its own.
    """
    rng = generator(seed, profile.id)
    ratio = _bounded(profile, _deviation(profile, variable, country, rng))
    ratio[_without(profile, country, rng)] = 0.0
    whole = np.ones(country.shape) if base is None else base
    return settle(profile, variable, country, ratio * whole, whole, rng)


def settle(
    profile: Profile,
    variable: Variable,
    country: Country,
    values: Values,
    whole: Values,
    rng: np.random.Generator,
) -> Values:
    """Rounded as the source would print them, and added up to powiats where they can be."""
    if profile.whole:
        values = np.floor(values + rng.random(len(country.units)))  # the mean stays what it was
        if profile.at_most is not None:
            values = np.minimum(values, np.floor(profile.at_most * whole + 1e-9))
    decimals = 0 if profile.whole else _decimals(values)
    if variable.additive and variable.scope == "territory":
        values = country.with_powiats(values)
    return np.asarray(np.round(values, decimals) + 0.0)  # no negative zeros


def drifting(profile: Profile, country: Country, rng: np.random.Generator) -> Values:
    """[year, unit] logarithms: trend, a slope of each unit's own, and noise with some memory."""
    years = np.array(YEARS, float)[:, None] - REFERENCE
    units = len(country.units)
    drift = years * (np.log1p(profile.trend) + 0.3 * profile.noise * rng.standard_normal(units))
    shocks = profile.noise * rng.standard_normal(country.shape)
    shocks[1:] *= np.sqrt(1 - _PERSISTENCE**2)
    for year in range(1, len(YEARS)):
        shocks[year] += _PERSISTENCE * shocks[year - 1]
    return np.asarray(drift + shocks)


def _deviation(
    profile: Profile, variable: Variable, country: Country, rng: np.random.Generator
) -> Values:
    """[year, unit] the logarithm of how far a figure is from the typical one."""
    kinds = np.where(country.of_kind(Kind.MIASTO), profile.cities, 1.0)
    kinds = np.where(country.of_kind(Kind.GMINA_WIEJSKA), profile.rural, kinds)
    with np.errstate(divide="ignore"):  # a multiplier of 0 is a figure of 0
        own = np.log(kinds) + profile.spread * _scores(country, rng)
    return own + drifting(profile, country, rng) + _steps(variable, rng)


def _scores(country: Country, rng: np.random.Generator) -> Values:
    """[unit] standard scores: partly wealth and urbanity, partly the powiat, partly the unit."""
    weights = np.array([*rng.normal(0.0, 0.45, 2), 0.5, 0.8])
    weights /= np.sqrt((weights**2).sum())
    region = rng.standard_normal(int(country.region.max()) + 1)[country.region]
    own = rng.standard_normal(len(country.units))
    return np.asarray(weights @ np.stack([country.wealth, country.urbanity, region, own]))


def _steps(variable: Variable, rng: np.random.Generator) -> Values:
    """[year, 1] the steps where a series breaks; the years before stand on another level."""
    steps = np.zeros((len(YEARS), 1))
    for each in variable.breaks:
        steps[np.array(YEARS) < each.year] += 0.06 * rng.standard_normal()
    return steps


def _bounded(profile: Profile, deviation: Values) -> Values:
    """The ratio itself: unbounded, or a smooth minimum of that and ``at_most``.

    The typical figure is ``rate`` in both cases; far below the bound they are the same.
    """
    factor = np.exp(deviation)
    if profile.at_most is None:
        return np.asarray(profile.rate * factor)
    share = min(profile.rate / profile.at_most, 0.98)  # at 1 every figure would be the bound
    free = share / (1 - share**_SHARPNESS) ** (1 / _SHARPNESS) * factor
    return np.asarray(profile.at_most * free / (1 + free**_SHARPNESS) ** (1 / _SHARPNESS))


def _without(profile: Profile, country: Country, rng: np.random.Generator) -> Values:
    """[year, unit] units that have none of it, rather the rural ones; a few change over time."""
    score = 0.7 * country.urbanity + rng.standard_normal(len(country.units))
    share = profile.zero * np.linspace(1.1, 0.95, len(YEARS)) if profile.zero else np.zeros(1)
    limits = np.quantile(score, np.clip(share, 0, 1))[:, None]
    return np.broadcast_to(score < limits, country.shape)


def _decimals(values: Values) -> int:
    """Two, or enough for four digits of the typical figure."""
    positive = np.abs(values[np.isfinite(values) & (values != 0)])
    if not len(positive):
        return 2
    return int(np.clip(3 - np.floor(np.log10(np.median(positive))), 2, 8))

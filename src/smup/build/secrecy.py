"""What a release keeps secret: taken out of the figures before anything is made of them."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np

from smup.build.figures import Figures
from smup.catalogue import Catalogue
from smup.catalogue.quality import Rules
from smup.compute.evaluate import Evaluation
from smup.compute.secrecy import Counted, Secret, suppress
from smup.compute.secrecy_lines import Sum
from smup.compute.secrecy_rows import told_totals
from smup.quality import Finding, finding
from smup.store.record import PARTS
from smup.territory import Territory

RULES_FILE = "catalogue/secrecy.yaml"
WITHHELD = "Treść uwagi pominięto, bo zmienna ma w tym roku wartości ukryte."


def keep_secrets(
    figures: Figures, catalogue: Catalogue, territory: Territory
) -> tuple[Figures, Secret]:
    """The figures as they may be told, with a finding on what was hidden."""
    secret = suppress(catalogue, figures.variables, territory, sums(catalogue.quality))
    years = _years_with_secrets(secret)
    findings = [*(_quiet(one, years) for one in figures.findings), *_summary(secret.counted)]
    return replace(figures, variables=secret.variables, findings=findings), secret


def sums(rules: Rules) -> tuple[Sum, ...]:
    """Which variables add up to which, as the rules of quality say."""
    totals = [Sum(rule.whole, rule.parts) for rule in rules.total.values()]
    return (*totals, *(Sum(r.plus, (r.net, r.minus)) for r in rules.balance.values()))


def tell_totals(
    evaluation: Evaluation, folder: Path, catalogue: Catalogue, territory: Territory, secret: Secret
) -> None:
    """Write the totals that may be told into the cubes of ``evaluation``, in ``folder``."""
    told = told_totals(catalogue, secret, territory, evaluation)
    at = [evaluation.panel.item_index[item] for item in told.panel.items]
    if not at:
        return
    cubes = {part: getattr(told.panel, part) for part in PARTS} | {"coverage": told.coverage}
    for name, cube in cubes.items():
        file = np.lib.format.open_memmap(folder / f"{name}.npy", mode="r+")
        file[at] = cube
        file.flush()


def _years_with_secrets(secret: Secret) -> dict[str, frozenset[int]]:
    """Variable -> the years in which a cell of it is hidden."""
    panel = secret.variables
    found: dict[str, frozenset[int]] = {}
    for name, where in (*secret.hidden.items(), *secret.closed.items()):
        years = frozenset(panel.years[at] for at in np.flatnonzero(where.any(axis=1)))
        found[name] = found.get(name, frozenset()) | years
    return found


def _quiet(one: Finding, years: Mapping[str, frozenset[int]]) -> Finding:
    """A finding prints figures; where it is about a variable with hidden ones, it must not."""
    for name, hides in years.items():
        about = one.variable == name or name in one.message
        if about and (one.year is None or one.year in hides):
            return replace(one, message=f"{name}: {WITHHELD}")
    return one


def _summary(counted: Counted) -> Iterable[Finding]:
    if any(astuple(counted)):
        yield finding(
            "tajemnica",
            "wydanie",
            RULES_FILE,
            f"Ukryto wartości zmiennych: {counted.primary} poniżej progu, {counted.together} o "
            f"tych samych osobach, {counted.lines} w sumach części i {counted.totals} w sumach "
            "obszarów.",
        )

"""Corrections of single figures, applied while the source still says what they expect."""

from dataclasses import replace

import numpy as np

from smup.build.figures import Figures
from smup.catalogue import Catalogue
from smup.catalogue.quality import Correction, Told
from smup.panel import STATUS_NAMES, Flag, Panel, Status
from smup.quality import Finding, finding
from smup.quality.breach import said

_STATUSES = {name: status for status, name in STATUS_NAMES.items()}


def mend(figures: Figures, catalogue: Catalogue) -> Figures:
    """The figures with the corrections of the catalogue, each of which is a finding.

    A corrected cell, of value or gap, carries the flag ``corrected``. Where the figures say
    something else than a correction expects, they stay as they are and an error says so. Invented
    figures have nothing to correct.
    """
    if figures.synthetic or not catalogue.corrections:
        return figures
    panel = figures.variables
    changed = Panel(
        panel.items,
        panel.years,
        panel.units,
        panel.values.copy(),
        panel.status.copy(),
        panel.flags.copy(),
    )
    findings, applied = [], []
    for one in catalogue.corrections.values():
        objection = outdated(one, panel)
        if not objection:
            _apply(one, changed)
            applied.append(one.id)
        findings.append(_finding(one, objection))
    return replace(
        figures,
        variables=changed,
        findings=[*figures.findings, *findings],
        corrected=tuple(applied),
    )


def outdated(one: Correction, panel: Panel) -> str:
    """Why the correction does not hold of what sources say; "" where it does."""
    try:
        value, status, _ = panel.cell(one.variable, one.year, one.unit)
    except KeyError as error:
        return f"w danych nie ma {error}"
    if one.expect == _told(value, status):
        return ""
    return f"źródło podaje {_words(_told(value, status))}, a poprawka zakłada {_words(one.expect)}"


def _told(value: float | None, status: Status) -> Told:
    if value is not None:
        return Told(value=value)
    return Told.model_validate({"status": STATUS_NAMES[status]})


def _apply(one: Correction, panel: Panel) -> None:
    """Into a panel that nobody has seen yet."""
    at = panel.item_index[one.variable], panel.year_index[one.year], panel.unit_index[one.unit]
    becomes = one.becomes
    if becomes.value is None:
        status = _STATUSES[str(becomes.status)]
        panel.values[at], panel.flags[at] = np.nan, 0
    else:
        status = Status.OBSERVED if becomes.value else Status.ZERO
        panel.values[at] = becomes.value
    panel.status[at] = status
    panel.flags[at] |= np.uint8(Flag.CORRECTED)


def _finding(one: Correction, objection: str) -> Finding:
    change = f"{_words(one.expect)} zastąpiono przez {_words(one.becomes)}; {one.reason.pl}"
    return finding(
        "poprawka-nieaktualna" if objection else "wartosc-poprawiona",
        "poprawki",
        f"catalogue/corrections/{one.id}.yaml",
        f"{one.variable}: {objection or change}",
        unit=one.unit,
        year=one.year,
        variable=one.variable,
    )


def _words(told: Told) -> str:
    return str(told.status) if told.value is None else said(told.value)

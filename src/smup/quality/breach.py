"""Where a rule does not hold."""

from dataclasses import dataclass

from smup.catalogue.quality import Severity


@dataclass(frozen=True, slots=True)
class Breach:
    """A finding code with the cell it is about and the particulars, in Polish.

    ``variable`` is None where several variables are concerned, ``unit`` where a whole column is,
    ``year`` where a whole series is.
    """

    code: str
    severity: Severity
    variable: str | None
    unit: str | None
    year: int | None
    detail: str


def said(value: float) -> str:
    """A number in a detail."""
    return f"{value:.15g}"

"""What was decided about findings, joined with them when they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smup.catalogue.quality import Decision, State
from smup.quality.findings import Finding, finding

FILE = "catalogue/decisions.csv"
_SOURCE = "decyzje"


@dataclass(frozen=True, slots=True)
class Stated:
    """A finding and what was decided about it; without a decision it is open."""

    finding: Finding
    decision: Decision | None

    @property
    def state(self) -> State:
        return "open" if self.decision is None else self.decision.state


def stated(findings: Iterable[Finding], decisions: Sequence[Decision]) -> list[Stated]:
    """Every finding with the decision about it."""
    by_key: Mapping[object, Decision] = {_key_of(one): one for one in decisions}
    return [Stated(one, by_key.get(_key(one))) for one in findings]


def undecided(findings: Sequence[Finding], decisions: Sequence[Decision]) -> list[Finding]:
    """A finding for every decision about a finding that is gone.

    What was mended by a correction is gone because of it.
    """
    there = {_key(one) for one in findings}
    return [
        finding(
            "decyzja-bez-uwagi",
            _SOURCE,
            FILE,
            f"{one.code}, {one.about}: {one.reason}",
            unit=one.unit,
            year=one.year,
        )
        for one in decisions
        if one.state != "corrected" and _key_of(one) not in there
    ]


def _key(one: Finding) -> tuple[str, str, str | None, int | None]:
    return one.code, one.about, one.unit, one.year


def _key_of(one: Decision) -> tuple[str, str, str | None, int | None]:
    return one.code, one.about, one.unit, one.year

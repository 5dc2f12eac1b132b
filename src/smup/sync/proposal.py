"""What a waiting release would change, for the person who decides about it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from smup.quality import Finding
from smup.quality.findings import read_findings
from smup.store import layout
from smup.store.pending import Pending
from smup.store.reasons import Reasons
from smup.store.release import Release
from smup.store.releases import ReleaseInfo, Releases
from smup.store.revisions import IndicatorRevisions, Revision, revisions

LARGEST = 20  # revisions shown


@dataclass(frozen=True)
class Proposal:
    """The release against the one that serves (None before the first).

    ``changed`` is in the order of the most cells first, ``largest`` the revisions largest beside
    their figures; ``causes`` counts changed cells by ``store.reasons.Reason``. ``sources`` are
    those whose files differ, ``new_findings`` what was not noticed before, ``gone_findings`` how
    much no longer is.
    """

    release: ReleaseInfo
    before: ReleaseInfo | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[IndicatorRevisions, ...]
    largest: tuple[Revision, ...]
    causes: Mapping[str, int]
    sources: tuple[str, ...]
    definitions: bool
    new_findings: tuple[Finding, ...]
    gone_findings: int

    @property
    def appeared(self) -> int:
        return sum(one.appeared for one in self.changed)

    @property
    def gone(self) -> int:
        return sum(one.gone for one in self.changed)

    @property
    def revised(self) -> int:
        return sum(one.revised for one in self.changed)

    @property
    def reasons(self) -> int:
        return sum(one.reasons for one in self.changed)

    @property
    def severities(self) -> Counter[str]:
        return Counter(one.severity for one in self.new_findings)


def proposal(home: Path, release: str) -> Proposal:
    """Remembered for a pair of releases; a country takes about a second.

    Raises NotPending, DamagedRelease.
    """
    Pending(home).info(release)
    return _compared(home, release, Releases(home).current_id())


@lru_cache(maxsize=2)
def _compared(home: Path, release: str, current: str | None) -> Proposal:
    pending, store = Pending(home), Releases(home)
    after, info = pending.open(release), pending.info(release)
    findings = _findings(after)
    if current is None:
        gravest = tuple(sorted(findings, key=_gravity))
        items = after.indicators.items
        return Proposal(info, None, items, (), (), (), {}, _files(after, None), True, gravest, 0)
    before = store.open(current)
    known = _findings(before)
    renamed = {today: once for once, today in after.catalogue.renamed.items()}
    changed = revisions(before.indicators, after.indicators, renamed)
    old, new = set(before.indicators.items), set(after.indicators.items)
    return Proposal(
        info,
        store.info(current),
        tuple(sorted(one for one in new - old if one not in renamed)),
        tuple(sorted(old - new - set(renamed.values()))),
        tuple(sorted(changed, key=lambda one: (-_cells(one), one.indicator))),
        _largest(changed),
        Reasons(before, after).counts(),
        _files(after, before),
        before.manifest["catalogue"] != after.manifest["catalogue"],
        tuple(sorted(findings - known, key=_gravity)),
        len(known - findings),
    )


def _cells(one: IndicatorRevisions) -> int:
    return one.revised + one.gone + one.appeared + one.reasons


def _largest(changed: tuple[IndicatorRevisions, ...]) -> tuple[Revision, ...]:
    found = [revision for one in changed for revision in one.largest]
    found.sort(key=lambda one: (-one.share, one.indicator, one.unit, one.year))
    return tuple(found[:LARGEST])


def _files(after: Release, before: Release | None) -> tuple[str, ...]:
    """Sources whose files are others than before, or that are new or gone."""
    known = {} if before is None else _digests(before)
    now = _digests(after)
    ids = dict.fromkeys((*now, *known))
    return tuple(one for one in ids if now.get(one) != known.get(one))


def _digests(release: Release) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source in release.sources:
        found.setdefault(source["id"], []).extend(file["sha256"] for file in source["files"])
    return found


def _findings(release: Release) -> set[Finding]:
    file = release.folder / layout.PUBLIC / "findings.csv"
    return set(read_findings(file.read_bytes())) if file.is_file() else set()


def _gravity(one: Finding) -> tuple[int, str, str, str, int, str]:
    order = ("error", "warning", "info").index(one.severity)
    return order, one.code, one.source, one.file, one.row or 0, one.message

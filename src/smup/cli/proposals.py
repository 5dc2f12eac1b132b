"""What a waiting release would change, as lines and as JSON."""

from collections.abc import Iterator
from typing import Any

from smup.language import format_number, plural
from smup.store.diff import REASONS
from smup.sync.proposal import Proposal

SHOWN = 10  # of each list


def lines(one: Proposal) -> Iterator[str]:
    """For a person at a terminal."""
    before = one.before.id if one.before else "brak"
    yield f"Wydanie {one.release.id} (bieżące: {before})"
    yield (
        f"  wartości nowe: {_n(one.appeared)}, zmienione: {_n(one.revised)}, "
        f"usunięte: {_n(one.gone)}; inne powody braku: {_n(one.reasons)}"
    )
    if one.causes:
        yield "  dlaczego: " + ", ".join(f"{REASONS[c]}: {_n(n)}" for c, n in one.causes.items())
    if one.sources:
        yield f"  źródła z nowymi plikami: {_some(one.sources)}"
    if one.added:
        yield f"  nowe wskaźniki: {_some(one.added)}"
    if one.removed:
        yield f"  usunięte wskaźniki: {_some(one.removed)}"
    if one.definitions:
        yield "  zmieniły się definicje"
    for revision in one.largest[:SHOWN]:
        yield (
            f"  {revision.indicator}, {revision.unit}, {revision.year}: "
            f"{revision.before:g} → {revision.after:g}"
        )
    count = len(one.new_findings)
    yield (
        f"  {_n(count)} {plural(count, 'nowe ustalenie', 'nowe ustalenia', 'nowych ustaleń')}, "
        f"w tym błędów: {one.severities['error']}; ustąpiło: {_n(one.gone_findings)}"
    )
    for found in one.new_findings[:SHOWN]:
        yield f"  [{found.code}] {found.message}"


def as_dict(one: Proposal) -> dict[str, Any]:
    """For a script; lists are whole."""
    return {
        "release": one.release.as_dict(),
        "before": one.before.id if one.before else None,
        "counts": {
            "appeared": one.appeared,
            "revised": one.revised,
            "gone": one.gone,
            "reasons": one.reasons,
        },
        "reasons": dict(one.causes),
        "indicators": {"added": one.added, "removed": one.removed},
        "sources": one.sources,
        "definitions": one.definitions,
        "changed": [
            {
                "indicator": each.indicator,
                "appeared": each.appeared,
                "revised": each.revised,
                "gone": each.gone,
                "reasons": each.reasons,
            }
            for each in one.changed
        ],
        "largest": [
            {
                "indicator": each.indicator,
                "unit": each.unit,
                "year": each.year,
                "before": each.before,
                "after": each.after,
            }
            for each in one.largest
        ],
        "findings": {
            "new": [
                {"code": each.code, "severity": each.severity, "message": each.message}
                for each in one.new_findings
            ],
            "gone": one.gone_findings,
        },
    }


def _n(count: int) -> str:
    return format_number(count, 0)


def _some(names: tuple[str, ...]) -> str:
    rest = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" i {rest} dalszych" if rest > 0 else "")

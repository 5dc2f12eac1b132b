"""What a report has no figure for, and why: in words, never as a zero."""

from collections.abc import Iterable

from smup.catalogue import Indicator
from smup.documents.blocks import Block, Items, Line, Paragraph, Section, Strong
from smup.present.values import reason
from smup.reports.matter import Matter
from smup.telling.feeding import is_fed, suppliers
from smup.telling.strings import strings
from smup.telling.units.standing import Standing

NAMES = "; "  # between names that may have commas of their own


def gap_blocks(matter: Matter, found: Iterable[Standing]) -> tuple[Block, ...]:
    """Indicators of which the unit has no value, under the reason; nothing where it has all."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        if one.value is None:
            name = getattr(one.indicator.name, matter.lang)
            by_reason.setdefault(reason(one.status, matter.lang), []).append(name)
    return _listed(strings(matter.lang)["report_gaps"], by_reason)


def waiting_blocks(matter: Matter, indicators: Iterable[Indicator]) -> tuple[Block, ...]:
    """Indicators of which nobody has a value, under who is to supply the data."""
    release, by_supplier = matter.release, dict[str, list[str]]()
    for one in indicators:
        if not is_fed(release, one):
            who = ", ".join(suppliers(release, one)) or strings(matter.lang)["report_nobody_known"]
            by_supplier.setdefault(who, []).append(getattr(one.name, matter.lang))
    return _listed(strings(matter.lang)["report_waiting"], by_supplier)


def waiting_section(matter: Matter, ident: str) -> tuple[Section, ...]:
    """The same of all indicators of the report, under a heading; nothing where none waits."""
    blocks = waiting_blocks(matter, matter.indicators)
    return (Section(ident, strings(matter.lang)["waiting"], blocks),) if blocks else ()


def _listed(lead: str, names: dict[str, list[str]]) -> tuple[Block, ...]:
    if not names:
        return ()
    lines: list[Line] = [
        (Strong(f"{why[:1].upper()}{why[1:]}:"), f" {NAMES.join(of)}.") for why, of in names.items()
    ]
    return (Paragraph((lead,), "quiet"), Items(tuple(lines)))

"""How sure the figures of a service are, what could be expected, and what they cost others."""

from collections.abc import Sequence
from typing import Any

from smup.compare import compare_unit
from smup.documents.blocks import Block, Items, Line, Paragraph, Section, Strong, Table
from smup.reports.matter import Matter
from smup.reports.sections.service import leaders
from smup.telling.strings import strings
from smup.telling.unit_indicator.insights import insights
from smup.telling.unit_indicator.uncertainty import chance_words
from smup.telling.units.frontier import frontier_section
from smup.telling.units.standing import Standing

_WARNINGS = ("frontier_warn_relative", "frontier_warn_errors", "frontier_warn_place")


def chance(matter: Matter, _: str) -> Section | None:
    """Intervals of the values that have them; None where none has, and for a sum row."""
    if not matter.unit.levels:
        return None
    lines = [
        line
        for one in matter.told
        if one.indicator.interval != "none" and one.value is not None
        for line in [_interval(matter, one)]
        if line
    ]
    if not lines:
        return None
    t = strings(matter.lang)
    lead = Paragraph((t["report_chance_lead"],))
    return Section("service-chance", t["report_chance"], (lead, Items(tuple(lines))))


def _interval(matter: Matter, one: Standing) -> Line:
    found = compare_unit(
        matter.release.frame, matter.unit.code, one.indicator.id, one.year, one.role
    )
    told = chance_words(matter.release, matter.unit, one.indicator, found.to_dict(), matter.lang)
    said = [told[key] for key in ("interval", "smoothed", "small_base") if told[key]]
    name = getattr(one.indicator.name, matter.lang)
    return (Strong(f"{name}, {one.year}."), f" {' '.join(said)}") if said else ()


def expected(matter: Matter, _: str) -> Section | None:
    """What could be expected of such a place and who improved from here, by dimension; None for a
    sum row, which stands beside nobody."""
    if not matter.unit.levels:
        return None
    found = [made for one in leaders(matter) if (made := _insight(matter, one)) is not None]
    if not found:
        return None
    t = strings(matter.lang)
    lead = Paragraph((t["report_expected_lead"],), "quiet")
    return Section("service-expected", t["report_expected"], (lead, *found))


def _insight(matter: Matter, one: Standing) -> Section | None:
    compared = compare_unit(
        matter.release.frame, matter.unit.code, one.indicator.id, one.year, one.role
    )
    told = insights(matter.release, matter.unit, one.indicator, compared, matter.lang)
    if not told:
        return None
    blocks = [*_expectation(told["expected"]), *_improved(matter, told["improvers"])]
    blocks += _needed(matter, told["needed"])
    refused = tuple((Strong(f"{each['what']}:"), f" {each['why']}") for each in told["not_said"])
    if refused:
        blocks += [Paragraph((strings(matter.lang)["insight_not_said"],), "quiet"), Items(refused)]
    name = getattr(one.indicator.name, matter.lang)
    return Section(f"expected-{one.indicator.id}", name, (*blocks,)) if blocks else None


def _expectation(told: dict[str, Any]) -> list[Block]:
    if not told:
        return []
    said = [Paragraph((told["sentence"],)), Paragraph((told["rule"],), "quiet")]
    return [*said, *(Paragraph((note,), "note") for note in told["notes"])]


def _improved(matter: Matter, told: dict[str, Any]) -> list[Block]:
    if not told:
        return []
    t, sentence = strings(matter.lang), Paragraph((told["sentence"],))
    if not told["units"]:
        return [sentence]
    head = (t["unit_word"], str(told["since"]), str(told["year"]), t["insight_gain"])
    own = told["own"]
    rows = [(own["name"], own["then"], own["now"], "–")]
    rows += [(each["name"], each["then"], each["now"], each["gain"]) for each in told["units"]]
    return [sentence, _table(head, rows, t["insight_improvers"])]


def _needed(matter: Matter, told: dict[str, Any]) -> list[Block]:
    if not told:
        return []
    t, keys = strings(matter.lang), ("goal", "variable", "before", "change", "after")
    head = tuple(t[f"insight_{key}"] for key in ("goal", "variable", "today", "change", "then"))
    rows = [tuple(each[key] for key in keys) for each in told["rows"]]
    return [_table(head, rows, told["title"]), Paragraph((told["note"],), "quiet")]


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], label: str) -> Table:
    return Table(head, tuple(tuple((cell,) for cell in row) for row in rows), label)


def efficiency(matter: Matter, _: str) -> Section | None:
    """The frontier of inputs and outcomes with everything that warns of it; None without a model
    for such a unit."""
    service = matter.definition.service
    told = frontier_section(matter.release, matter.unit, service, matter.lang)["frontier"]
    if told is None:
        return None
    t = strings(matter.lang)
    if "refused" in told:
        words: list[Block] = [Paragraph((f"{t['frontier_refused']} {told['refused']}",))]
    else:
        words = _frontier(matter, told)
    warned = [told["limits"], told["mixed"], *(t[key] for key in _WARNINGS)]
    words += [
        Paragraph((Strong(t["frontier_warn"]),)),
        Items(tuple((one,) for one in warned if one)),
    ]
    return Section("service-efficiency", t["frontier"], (*words,))


def _frontier(matter: Matter, told: dict[str, Any]) -> list[Block]:
    t = strings(matter.lang)
    keys = ("lead", "interval", "set", "scale", "alone", "without")
    said = [told[key] for key in keys if told[key]]
    head = (t["frontier_amount"], t["frontier_own"], t["frontier_mix"])
    rows = [
        (f"{each['name']} ({each['what']}), {each['symbol']}", each["value"], each["target"])
        for each in told["amounts"]
    ]
    blocks: list[Block] = [*(Paragraph((one,)) for one in said), _table(head, rows, t["frontier"])]
    if told["peers"]:
        peers = [(each["name"], each["weight"]) for each in told["peers"]]
        blocks.append(_table((t["unit_word"], t["frontier_weight"]), peers, t["frontier_peers"]))
    return blocks

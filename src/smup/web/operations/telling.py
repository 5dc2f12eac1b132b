"""Runs, sources and a waiting release as the page shows them."""

from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from smup.catalogue import Catalogue
from smup.catalogue.base import Text
from smup.language import Lang, format_number
from smup.quality import Finding
from smup.quality.findings import read_findings
from smup.quality.timetable import newest_years, timetable
from smup.store import layout
from smup.store.release import Release
from smup.store.revisions import Revision
from smup.sync.journal import Part, Run
from smup.sync.proposal import Proposal
from smup.sync.status import Source, Window
from smup.sync.words import local, window
from smup.telling.naming import title
from smup.territory import Territory
from smup.web.people.words import words

SHOWN = 10  # of each list of a proposal
LATE = 20  # variables that are late
_TONES = {"done": "good", "failed": "wrong", "broken": "wrong"}
_GRAVITIES = ("error", "warning", "info")
Shown = dict[str, Any]


def run_told(run: Run, alive: bool, lang: Lang) -> Shown:
    """A run: its state in words, how far it is, what went wrong."""
    t, state = words(lang), run.state(alive)
    return {
        "id": run.id,
        "state": t[f"operations_state_{state}"],
        "tone": _TONES.get(state, ""),
        "started": local(run.started),
        "ended": local(run.ended),
        "reason": t[f"operations_reason_{run.reason}"],
        "sources": ", ".join(run.sources),
        "asked": format_number(run.asked, 0, lang),
        "tables": format_number(sum(len(part.tables) for part in run.parts), 0, lang),
        "stage": run.stage,
        "done": run.done,
        "total": run.total,
        "rate": _rate(run, lang),
        "waits": local(run.waits),
        "ends": local(run.parts[-1].forecast) if run.parts else "",
        "source": run.parts[-1].provider if run.parts else "",
        "release": run.release,
        "failures": run.failures,
        "differences": run.differences,
        "unfinished": [part.unfinished for part in run.parts if part.unfinished],
    }


def _rate(run: Run, lang: Lang) -> str:
    """Requests a minute of the part under way; "" while nothing can be said."""
    if not run.parts or run.parts[-1].ended:
        return ""
    part = run.parts[-1]
    minutes = (datetime.now(UTC) - datetime.fromisoformat(part.started)).total_seconds() / 60
    return format_number(part.asked / minutes, 0, lang) if part.asked and minutes > 0.1 else ""


def source_told(one: Source, lang: Lang) -> Shown:
    """A source with its limits; ``failures`` are sentences with the request and what to do."""
    requests = one.plan.requests if one.plan else None
    return {
        "id": one.id,
        "name": _text(one.name, lang),
        "address": one.address,
        "has_key": one.has_key,
        "succeeded": local(one.succeeded),
        "tables": format_number(one.held.tables, 0, lang),
        "newest": one.held.newest,
        "requests": None if requests is None else format_number(requests, 0, lang),
        "idle": requests == 0,
        "ends": local(one.ends) if one.ends else "",
        "window": window(one.window, lang) if one.window else "",
        "quota": [_window(state, lang) for state in one.quota],
        "failures": _sentences(one.trouble, one.last),
        "errors": one.last.errors if one.last else (),
        "notes": one.plan.notes if one.plan else (),
        "retry": one.retry,
    }


def _sentences(trouble: str, last: Part | None) -> list[str]:
    told = (trouble, *((last.failure, last.unfinished) if last else ()))
    return [one for one in told if one]


def _window(state: Window, lang: Lang) -> Shown:
    return {
        "length": window(state.seconds, lang),
        "limit": state.limit,
        "left": format_number(state.left, 0, lang),
        "of": format_number(state.limit, 0, lang),
        "left_is": state.left,
        "few": state.limit // 10,
        "free": "" if state.left else local(state.free_at),
    }


def proposal_told(one: Proposal, catalogue: Catalogue, territory: Territory, lang: Lang) -> Shown:
    """A waiting release: counts, the largest changes, findings that are new."""
    new = one.new_findings
    return {
        "id": one.release.id,
        "built": local(one.release.created),
        "before": one.before.id if one.before else "",
        "facts": [
            (words(lang)[f"operations_{name}"], format_number(getattr(one, name), 0, lang))
            for name in ("appeared", "revised", "gone", "reasons")
        ],
        "causes": [
            (words(lang)[f"operations_cause_{name}"], format_number(count, 0, lang))
            for name, count in one.causes.items()
        ],
        "sources": one.sources,
        "added": one.added[:SHOWN],
        "added_more": max(len(one.added) - SHOWN, 0),
        "removed": one.removed,
        "definitions": one.definitions,
        "largest": [_revision(each, catalogue, territory, lang) for each in one.largest],
        "indicators": [
            {
                "name": _name(catalogue, each.indicator, lang),
                "cells": [
                    format_number(count, 0, lang)
                    for count in (each.appeared, each.revised, each.gone, each.reasons)
                ],
            }
            for each in one.changed[:SHOWN]
        ],
        "indicators_more": max(len(one.changed) - SHOWN, 0),
        "findings": [_finding(each, lang) for each in new[:SHOWN]],
        "findings_more": max(len(new) - SHOWN, 0),
        "counts": _counts(one.severities, lang),
        "findings_gone": format_number(one.gone_findings, 0, lang),
    }


def _revision(one: Revision, catalogue: Catalogue, territory: Territory, lang: Lang) -> Shown:
    unit = territory.get(one.unit)
    known = catalogue.indicators.get(one.indicator)
    decimals = 2 if known is None else known.decimals
    return {
        "indicator": _name(catalogue, one.indicator, lang),
        "unit": one.unit if unit is None else title(unit, lang),
        "year": one.year,
        "before": format_number(one.before, decimals, lang),
        "after": format_number(one.after, decimals, lang),
    }


def _name(catalogue: Catalogue, indicator: str, lang: Lang) -> str:
    known = catalogue.indicators.get(indicator)
    return indicator if known is None else _text(known.name, lang)


def _text(text: Text, lang: Lang) -> str:
    return text.pl if lang == "pl" else text.en


def _finding(one: Finding, lang: Lang) -> Shown:
    tone = "wrong" if one.severity == "error" else ""
    severity = words(lang)[f"operations_severity_{one.severity}"]
    place = " · ".join(str(part) for part in (one.source, one.unit, one.year) if part)
    return {"severity": severity, "tone": tone, "message": one.message, "place": place}


def timetable_told(release: Release, catalogue: Catalogue, today: date, lang: Lang) -> Shown:
    """What is late and what is due this month; how much of the rest is known."""
    found = timetable(catalogue.variables.values(), _newest(release), today)
    states = Counter(one.state for one in found)
    late = [one for one in found if one.state in ("late", "due")]
    return {
        "rows": [
            {
                "name": _text(catalogue.variables[one.variable].name, lang),
                "sources": ", ".join(one.sources),
                "year": one.year,
                "month": f"{one.month:%Y-%m}" if one.month else "",
                "late": one.late,
            }
            for one in late[:LATE]
        ],
        "more": max(len(late) - LATE, 0),
        "states": [
            (words(lang)[f"operations_awaited_{name}"], format_number(states[name], 0, lang))
            for name in ("late", "due", "current", "never", "ended", "unknown")
        ],
    }


@lru_cache(maxsize=2)
def _newest(release: Release) -> dict[str, int]:
    return newest_years(release.variables)


def severities(release: Release, lang: Lang) -> list[tuple[str, str]]:
    """How many findings of each gravity a release has, in words."""
    return _counts(_of_release(release), lang)


@lru_cache(maxsize=2)
def _of_release(release: Release) -> Counter[str]:
    file = release.folder / layout.PUBLIC / "findings.csv"
    content = file.read_bytes() if file.is_file() else b""
    return Counter(one.severity for one in read_findings(content))


def _counts(found: Counter[str], lang: Lang) -> list[tuple[str, str]]:
    t = words(lang)
    return [
        (t[f"operations_severity_{name}"], format_number(found[name], 0, lang))
        for name in _GRAVITIES
    ]

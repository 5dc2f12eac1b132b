"""What a run would ask, and what that costs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from smup.cli.context import places, print_json
from smup.language import format_number, plural
from smup.sync.words import local

if TYPE_CHECKING:
    from smup.sources.provider import Plan, Provider


def show_plans(chosen: "Sequence[Provider]", json_: bool) -> None:
    from smup.sync.desk import opened
    from smup.sync.status import planned

    with opened(places.root, places.home) as desk:
        found = []
        for provider in chosen:
            plan, trouble = planned(desk, provider)
            ends = datetime.fromtimestamp(
                desk.fetcher.forecast(provider.id, plan.requests if plan else 0).ends, UTC
            )
            found.append((provider.id, plan, trouble, ends))
    if json_:
        print_json({"plans": [_plan_told(*one) for one in found]})
        return
    for name, plan, trouble, ends in found:
        click.echo(f"{name}: {trouble}" if plan is None else _plan_words(plan, ends))


def _plan_told(name: str, plan: "Plan | None", trouble: str, ends: datetime) -> dict[str, Any]:
    steps = plan.steps if plan else ()
    return {
        "source": name,
        "requests": plan.requests if plan else None,
        "ends": ends.isoformat(timespec="seconds"),
        "steps": [
            {"what": one.what, "requests": one.requests, "detail": one.detail} for one in steps
        ],
        "notes": list(plan.notes) if plan else [],
        "trouble": trouble,
    }


def _plan_words(plan: "Plan", ends: datetime) -> str:
    lines = [f"{plan.provider}: {requests_told(plan.requests)}"]
    if plan.requests:
        lines[0] += f", koniec najwcześniej {local(ends)}"
    for step in plan.steps:
        detail = f" ({step.detail})" if step.detail else ""
        lines.append(f"  {format_number(step.requests, 0):>9}  {step.what}{detail}")
    return "\n".join([*lines, *(f"  {note}" for note in plan.notes)])


def requests_told(count: int) -> str:
    return f"{format_number(count, 0)} {plural(count, 'zapytanie', 'zapytania', 'zapytań')}"

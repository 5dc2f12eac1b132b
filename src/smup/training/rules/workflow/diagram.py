"""The tables as a page of the repository: a diagram, the statuses and the ways between them."""

from smup.documents.blocks import Code, Line, Table, line
from smup.documents.markdown import markdown
from smup.training.rules.workflow.table import SAME, START, Holds, Transition, Workflow, workflow
from smup.training.rules.workflow.table import names as table_names

PAGE = "docs/reference/workflows.md"
_HEAD = (
    "<!-- Made from src/smup/training/rules/workflow/*.yaml. Change those files and run `make fix`."
    " -->"
)
_INTRO = (
    "What may become of the things of recruitment and training, and whose turn it is. The owner of "
    "a status is who has to act next; a unit acts by its link, an organiser with the permission "
    "named, the system by itself. Every way is recorded under its verb; the letter, where there is "
    "one, goes out in the same transaction."
)


def pages() -> dict[str, str]:
    """Path below the repository -> text of the generated file."""
    parts = [_HEAD, "# Workflows", _INTRO, *(_section(name) for name in table_names())]
    return {PAGE: "\n\n".join(parts) + "\n"}


def mermaid(table: Workflow) -> str:
    """A state diagram. Ways that lead back to the same status are left to the list below it."""
    named = [f'    state "{one.name.en}" as {name}' for name, one in table.statuses.items()]
    ways: dict[tuple[str, str], list[str]] = {}
    for one in table.transitions:
        for source in one.sources if one.to != SAME else ():
            ways.setdefault((source, one.to), []).append(one.action)
    drawn = [
        f"    {_end(source)} --> {to}: {', '.join(actions)}"
        for (source, to), actions in ways.items()
    ]
    ends = [f"    {name} --> [*]" for name, one in table.statuses.items() if one.final]
    return "\n".join(["stateDiagram-v2", *named, *drawn, *ends])


def _end(status: str) -> str:
    return "[*]" if status == START else status


def _section(name: str) -> str:
    table = workflow(name)
    return "\n\n".join(
        [
            f"## {table.name.en} ({table.name.pl})",
            f"```mermaid\n{mermaid(table)}\n```",
            markdown((_statuses(table), _transitions(table)), 2, lambda to: ""),
        ]
    )


def _statuses(table: Workflow) -> Table:
    """With a column of places only where a status keeps any."""
    holds = bool(table.holding(Holds.PLACE, Holds.CLAIM))
    head = ("Status", "Polish", "English", "Owner", *(("Holds",) if holds else ()))
    rows = [
        (line(Code(name)), line(one.name.pl), line(one.name.en), line(one.owner))
        + ((line(one.holds),) if holds else ())
        for name, one in table.statuses.items()
    ]
    return Table(head, tuple(rows), "Statuses")


def _transitions(table: Workflow) -> Table:
    head = ("Action", "Button", "From", "To", "Who", "Permission", "Reason", "Letter", "Verb")
    return Table(head, tuple(_transition(one) for one in table.transitions), "Transitions")


def _transition(one: Transition) -> tuple[Line, ...]:
    return (
        line(Code(one.action)),
        line(one.name.pl),
        line(", ".join(one.sources)),
        line(one.to),
        line(", ".join(one.who)),
        line(one.permission or ""),
        line("needed" if one.needs_reason else ""),
        line(one.letter or ""),
        line(Code(one.verb)),
    )

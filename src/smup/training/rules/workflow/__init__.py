"""What may become of a thing, and whose turn it is: one table (YAML) for each kind of thing."""

from smup.training.rules.workflow.table import (
    START,
    Holds,
    NotPossible,
    Owner,
    Status,
    Transition,
    Workflow,
    names,
    workflow,
)

__all__ = [
    "START",
    "Holds",
    "NotPossible",
    "Owner",
    "Status",
    "Transition",
    "Workflow",
    "names",
    "workflow",
]

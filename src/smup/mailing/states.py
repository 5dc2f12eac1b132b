"""States of a message and what may become of each: one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal


class State(StrEnum):
    """Words for people are in the pages' words, under ``mail_state_…``."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # refused for good, or too often
    UNCERTAIN = "uncertain"  # handed over, perhaps; only a person can find out
    CANCELLED = "cancelled"


Step = Literal["again", "cancel", "delivered"]

# What a person may do: from which states, and to which.
STEPS: Mapping[Step, tuple[frozenset[State], State]] = MappingProxyType(
    {
        "again": (
            frozenset({State.FAILED, State.UNCERTAIN, State.CANCELLED, State.SENT}),
            State.WAITING,
        ),
        "cancel": (frozenset({State.WAITING, State.FAILED}), State.CANCELLED),
        "delivered": (frozenset({State.UNCERTAIN}), State.SENT),
    }
)
RESTING = frozenset({State.SENT, State.FAILED, State.UNCERTAIN, State.CANCELLED})
# The first a person has to look at.
ORDER = (
    State.UNCERTAIN,
    State.FAILED,
    State.SENDING,
    State.WAITING,
    State.CANCELLED,
    State.SENT,
)

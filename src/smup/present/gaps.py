"""Kinds of gap that pictures draw differently, each with a sign and a word."""

from collections.abc import Iterable

from smup.language import Lang
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.shading import CONFIDENTIAL, NO_DATA, NOT_APPLICABLE, PATTERN, WORDS

SIGNS = {NO_DATA: "○", NOT_APPLICABLE: "×", CONFIDENTIAL: "◆"}


def gap_kind(status: Status) -> str:
    """Which kind of gap a status is; "" for a value, and where there was no unit to have one."""
    if status < FIRST_GAP or status is Status.NOT_EXISTING:
        return ""
    return PATTERN.get(status, NO_DATA)


def key_words(kinds: Iterable[str], lang: Lang = "pl") -> str:
    """The signs that occur, with their meaning: "○ brak danych, × nie dotyczy"."""
    present = set(kinds)
    return ", ".join(
        f"{sign} {WORDS[kind][lang]}" for kind, sign in SIGNS.items() if kind in present
    )

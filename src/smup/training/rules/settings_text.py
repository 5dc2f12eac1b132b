"""Single values of settings put into their YAML, whose comments and order stay."""

import re
from collections.abc import Mapping

# Settings that are one number or one choice; the others are lists and are written as YAML.
SINGLE = (
    "target_units",
    "min_stage_days",
    "all_in_person_up_to",
    "max_in_person_per_unit",
    "in_person_min_units",
    "in_person_window",
    "pool_in_person_over_organisers",
    "keeps_turn",
    "confirmation_days",
    "offer_days",
    "agreement_days",
    "agreement_least_days",
    "days_before_training",
    "reminder_days",
    "draft_days",
    "retention_days",
    "ask_sex",
    "min_attendance",
)
Value = int | float | bool | str


def with_values(text: str, values: Mapping[str, Value]) -> str:
    """``text`` with these of SINGLE; one that is not in it yet is added at the end."""
    for name, value in values.items():
        text = _with(text, name, _written(value))
    return text


def _with(text: str, name: str, value: str) -> str:
    line = re.compile(rf"^({re.escape(name)}:[ \t]*)([^#\n]*?)([ \t]*(?:#[^\n]*)?)$", re.MULTILINE)
    if not line.search(text):
        return f"{text.rstrip()}\n{name}: {value}\n"
    return line.sub(lambda found: f"{name}: {value}{found[3]}", text, count=1)


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

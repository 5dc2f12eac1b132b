"""Questions people ask, with answers from the settings of the edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from smup.language import Lang
from smup.training.rules.settings import EditionSettings
from smup.training.rules.words import Words

TEXTS = Path(__file__).with_name("faq.yaml")


@dataclass(frozen=True)
class Question:
    """``id`` is its anchor on the page."""

    id: str
    question: str
    answer: str


def questions(rules: EditionSettings, lang: Lang) -> list[Question]:
    """In the order of the file. Raises KeyError for a field the settings do not have."""
    fields = {
        "target": rules.target_units,
        "in_person_units": rules.in_person_min_units,
        "hours": rules.courses.online.hours or "",
        "meetings": rules.courses.in_person.meetings,
        "days": rules.courses.in_person.days,
        "offer_days": rules.offer_days,
        "agreement_days": rules.agreement_days,
        "draft_days": rules.draft_days,
        "attendance": round(100 * rules.min_attendance),
    }
    return [
        Question(name, of["question"].of(lang), of["answer"].of(lang).format_map(fields))
        for name, of in _texts().items()
    ]


@cache
def _texts() -> Mapping[str, Mapping[str, Words]]:
    read = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return {
        name: {part: Words.model_validate(words) for part, words in one.items()}
        for name, one in read.items()
    }

"""The people of a form as a page shows them: fields for each, how many there have to be."""

from collections.abc import Sequence
from typing import Any

from smup.language import Lang, plural
from smup.training.rules.headcount import Consent, required
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import EditionSettings
from smup.training.rules.stages import StageRules
from smup.web.people.words import words
from smup.web.training.form import showing
from smup.web.training.form.fields import Typed, headcount_of


def people_context(
    typed: Typed,
    rules: EditionSettings,
    stage: StageRules | None,
    consent: Consent | None,
    refusals: Sequence[Refusal],
    lang: Lang,
) -> dict[str, Any]:
    """What ``form/people.html`` wants, with the sentences of ``refusals`` beside their fields."""
    return {
        "people": showing.people(typed, rules, stage, consent, refusals, lang),
        "people_trouble": showing.wrong_by_name(refusals, lang).get("participants", ""),
        **needed_context(headcount_of(typed), rules, lang),
        "kinds_told": _kinds_told(showing.asked_for(typed, rules, consent), rules, lang),
        "consented": consent.persons if consent else None,
    }


def needed_context(headcount: int | None, rules: EditionSettings, lang: Lang) -> dict[str, Any]:
    """How many people an office of this size sends, as a number and as a sentence."""
    if not headcount:
        return {"needed": None, "needed_told": ""}
    needed, t = required(headcount, rules), words(lang)
    forms = (t["form_needed_one"], t["form_needed_few"], t["form_needed_many"])
    return {"needed": needed, "needed_told": plural(needed, *forms).format(n=needed)}


def _kinds_told(people: int, rules: EditionSettings, lang: Lang) -> str:
    """What may be chosen by a unit that sends so many."""
    t = words(lang)
    if people <= rules.all_in_person_up_to:
        return t["form_kinds_few"]
    return t["form_kinds_more"].format(most=rules.max_in_person_per_unit)

"""What a step of the form shows: its fields with what was typed and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smup.language import Lang
from smup.training.naming import area_name
from smup.training.rules.headcount import Consent, required
from smup.training.rules.kinds import SEXES
from smup.training.rules.queues import Kind
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import EditionSettings
from smup.training.rules.stages import StageRules
from smup.web.people.words import words
from smup.web.training.form.fields import (
    KINDS,
    NAMES,
    Typed,
    headcount_of,
    page_name,
    people_typed,
    person_field,
)

# Name in the page -> how browsers fill it in, and the keyboard of a phone.
_HELP = {
    "nip": ("off", "numeric"),
    "urzad": ("organization", ""),
    "adres": ("street-address", ""),
    "zatrudnienie": ("off", "numeric"),
    "kontakt_imie_nazwisko": ("name", ""),
    "kontakt_telefon": ("tel", "tel"),
    "kontakt_email": ("email", "email"),
}


@dataclass(frozen=True)
class Field:
    """A text field; its words are ``form_<name>`` and ``form_<name>_help``."""

    name: str
    label: str
    help: str
    value: str
    trouble: str
    autocomplete: str
    keyboard: str


@dataclass(frozen=True)
class Choice:
    """One of several to choose from."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Person:
    """The fields of one participant."""

    number: int
    name: Field
    surname: Field
    sex: str
    sexes: Sequence[Choice]  # none where the edition does not ask
    sex_trouble: str
    kind: str
    kinds: Sequence[Choice]
    kind_trouble: str
    area: str
    areas: Sequence[Choice]
    area_trouble: str
    beyond: bool  # more than the rule asks for


@dataclass(frozen=True)
class Trouble:
    """A sentence, and the control it is about; ``anchor`` is "" for one about the form."""

    anchor: str
    sentence: str


def troubles(refusals: Sequence[Refusal], lang: Lang) -> list[Trouble]:
    """Sentences in their order."""
    return [Trouble(_anchor(one), one.sentence(lang)) for one in refusals]


def text_fields(
    fields: Sequence[str], typed: Typed, wrong: Mapping[str, str], lang: Lang
) -> list[Field]:
    """The fields of a step; ``fields`` of the form of the rules."""
    return [text_field(NAMES[one], NAMES[one], typed, wrong, lang) for one in fields]


def text_field(name: str, word: str, typed: Typed, wrong: Mapping[str, str], lang: Lang) -> Field:
    t = words(lang)
    autocomplete, keyboard = _HELP.get(word, ("off", ""))
    return Field(
        name,
        t[f"form_{word}"],
        t.get(f"form_{word}_help", ""),
        typed.get(name, ""),
        wrong.get(name, ""),
        autocomplete,
        keyboard,
    )


def wrong_by_name(refusals: Sequence[Refusal], lang: Lang) -> dict[str, str]:
    """Name of a control -> what is wrong with it, in one text."""
    found: dict[str, str] = {}
    for one in refusals:
        name = page_name(one.field) or one.field
        found[name] = " ".join((found.get(name, ""), one.sentence(lang))).strip()
    return found


def people(
    typed: Typed,
    settings: EditionSettings,
    stage: StageRules | None,
    consent: Consent | None,
    refusals: Sequence[Refusal],
    lang: Lang,
) -> list[Person]:
    """As many as the unit sends, and all that were typed."""
    needed = asked_for(typed, settings, consent)
    wrong = wrong_by_name(refusals, lang)
    kinds = stage.kinds if stage else tuple(Kind)
    areas = stage.areas if stage else settings.areas
    sexes = sex_choices(settings, lang)
    return [
        _person(n, typed, sexes, kinds, areas, wrong, n > needed, lang)
        for n in range(1, max(needed, people_typed(typed), 1) + 1)
    ]


def sex_choices(settings: EditionSettings, lang: Lang) -> list[tuple[str, str]]:
    """Value and label of each answer; none in an edition that does not ask."""
    return [(one, words(lang)[f"form_sex_{one}"]) for one in SEXES if settings.ask_sex]


def asked_for(typed: Typed, settings: EditionSettings, consent: Consent | None) -> int:
    """People the unit may send at most: what the headcount gives, or was consented to."""
    headcount = headcount_of(typed)
    by_rule = required(headcount, settings) if headcount else 0
    return max(by_rule, consent.persons if consent else 0)


def _person(
    number: int,
    typed: Typed,
    sexes: Sequence[tuple[str, str]],
    kinds: Sequence[Kind],
    areas: Sequence[str],
    wrong: Mapping[str, str],
    beyond: bool,
    lang: Lang,
) -> Person:
    sex, kind, area = (person_field(number, one) for one in ("sex", "kind", "area"))
    t = words(lang)
    offered = [name for name, one in KINDS.items() if one in kinds]
    return Person(
        number,
        text_field(person_field(number, "name"), "imie", typed, wrong, lang),
        text_field(person_field(number, "surname"), "nazwisko", typed, wrong, lang),
        sex,
        [Choice(one, label, typed.get(sex) == one) for one, label in sexes],
        wrong.get(sex, ""),
        kind,
        [Choice(name, t[f"form_kind_{name}"], typed.get(kind) == name) for name in offered],
        wrong.get(kind, ""),
        area,
        [Choice(one, area_name(one, lang), typed.get(area) == one) for one in areas],
        wrong.get(area, ""),
        beyond,
    )


def told(person: Person) -> dict[str, str]:
    """One line of the summary."""
    return {
        "name": f"{person.name.value} {person.surname.value}".strip(),
        "sex": next((one.label for one in person.sexes if one.chosen), ""),
        "kind": next((one.label for one in person.kinds if one.chosen), ""),
        "area": next((one.label for one in person.areas if one.chosen), ""),
    }


def _anchor(refusal: Refusal) -> str:
    return page_name(refusal.field) or {"participants": "uczestnicy"}.get(refusal.field, "")

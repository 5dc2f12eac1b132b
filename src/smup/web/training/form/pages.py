"""A step of the form as a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.language.dates import day_in_words
from smup.telling.addresses import Addresses
from smup.telling.naming import kind_name
from smup.training import register
from smup.training.actions.admitting import availability
from smup.training.actions.judging import ALONE, Circumstances, alike, circumstances, judged
from smup.training.models import Draft, Edition
from smup.training.moments import last_day, today
from smup.training.naming import queue_name
from smup.training.rules.form import Form
from smup.training.rules.queues import free
from smup.training.rules.refusal import Refusal
from smup.training.rules.routing import organiser_for
from smup.training.rules.settings import UNIT_KINDS, EditionSettings
from smup.training.rules.stages import check_open
from smup.web.people.words import words
from smup.web.training.form import showing
from smup.web.training.form.choosing import Choice, as_typed, choice
from smup.web.training.form.fields import (
    ACCEPTS,
    DECLARES,
    NAMES,
    UNIT,
    Typed,
    form_of,
    headcount_of,
)
from smup.web.training.form.people import needed_context, people_context
from smup.web.training.form.steps import LAST, STEPS, Step, place_of
from smup.web.training.page import show_training

PATH = "/szkolenia/zgloszenie"
Wrong = Mapping[str, str]  # name of a control -> what is wrong with it


@dataclass(frozen=True)
class Filling:
    """One form at one moment: whose draft, what was typed so far, what the address says."""

    request: HttpRequest
    lang: Lang
    secret: str
    draft: Draft
    typed: Typed
    now: datetime

    @property
    def edition(self) -> Edition:
        edition: Edition = self.draft.edition
        return edition

    @property
    def rules(self) -> EditionSettings:
        return self.edition.rules

    @cached_property
    def chosen(self) -> Choice:
        """Which unit was meant."""
        return choice(self.typed, today(self.now))

    @cached_property
    def form(self) -> Form:
        """As the rules see it. Where several units have the name typed, none was chosen yet."""
        chosen = self.chosen
        return form_of(
            self.typed, chosen.code or ("" if chosen.among else self.typed.get(UNIT, ""))
        )

    @cached_property
    def around(self) -> Circumstances:
        unit = self.chosen.unit
        others = alike(self.edition, self.form, unit)
        return circumstances(self.edition, self.form, unit, self.now, others)

    def refusals(self) -> tuple[Refusal, ...]:
        """Every rule the form breaks as it stands."""
        return judged(self.edition, self.form, self.chosen.unit, self.now, self.around)

    def refusals_of(self, step: Step) -> list[Refusal]:
        """Those about what stands on one step."""
        unit = self.chosen.unit
        around = self.around if step.asks_others else ALONE
        found = judged(self.edition, self.form, unit, self.now, around)
        return [one for one in found if step.owns(one)]

    def address(self, step: Step) -> str:
        return Addresses(self.lang).page(PATH, szkic=self.secret, krok=step.number)


def page(
    filling: Filling,
    step: Step,
    refusals: Sequence[Refusal] = (),
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The step, with the sentences of ``refusals`` beside what they are about."""
    lang, chosen = filling.lang, filling.chosen
    context: dict[str, Any] = {
        "step": step,
        "step_name": words(lang)[step.word],
        "steps": _steps(filling, step),
        "secret": filling.secret,
        "action": Addresses(lang).page(PATH),
        "until": day_in_words(last_day(filling.draft.expires_at), lang),
        "unit_told": register.told(chosen.unit, lang) if chosen.unit else "",
        "link_email": filling.typed.get(NAMES["contact_email"], ""),
        "said": said,
        "troubles": _troubles(filling, step, refusals),
    }
    wrong = showing.wrong_by_name(refusals, lang)
    context |= _SHOWN[step.number](filling, wrong, refusals)
    template = f"form/step_{step.number}.html"
    return show_training(filling.request, template, context, lang, filling.rules, status)


def unit_context(edition: Edition, chosen: Choice, trouble: str, lang: Lang) -> dict[str, Any]:
    """What is said beside the field of the unit: the unit found, or those it may be."""
    unit = chosen.unit
    context: dict[str, Any] = {
        "among": [
            {"code": one.code, "told": register.told(one, lang), "chosen": one == unit}
            for one in chosen.among
        ],
        "unit_trouble": trouble,
        "look": Addresses(lang).page(f"{PATH}/jednostka"),
    }
    if unit is not None and unit.kind in UNIT_KINDS:
        context["unit"] = {
            "told": register.told(unit, lang),
            "kind": kind_name(unit.kind, lang),
            "powiat": register.powiat_of(unit),
            "organiser": edition.rules.organisers[organiser_for(unit.kind, edition.rules)].name,
        }
    return context


def _steps(filling: Filling, here: Step) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "name": words(filling.lang)[one.word],
            "href": filling.address(one) if one.number <= filling.draft.step else "",
            "here": one is here,
        }
        for one in STEPS
    ]


def _troubles(filling: Filling, step: Step, refusals: Sequence[Refusal]) -> list[dict[str, str]]:
    """Those of this step lead to their control, others to their step."""
    found = []
    for refusal, trouble in zip(refusals, showing.troubles(refusals, filling.lang), strict=True):
        place = place_of(refusal)
        anchor = f"#{trouble.anchor}" if trouble.anchor else ""
        href = anchor if place is step else filling.address(place) + anchor
        found.append({"href": href, "sentence": trouble.sentence})
    return found


def _unit(filling: Filling, wrong: Wrong, _: Sequence[Refusal]) -> dict[str, Any]:
    known, chosen = filling.typed, filling.chosen
    if chosen.unit and not chosen.among:
        known = {**known, UNIT: as_typed(chosen.unit, filling.lang)}
    fields = showing.text_fields(("unit", "nip"), known, wrong, filling.lang)
    return {
        "unit_field": fields[0],
        "fields": fields[1:],
        **unit_context(filling.edition, chosen, wrong.get(UNIT, ""), filling.lang),
    }


def _office(filling: Filling, wrong: Wrong, _: Sequence[Refusal]) -> dict[str, Any]:
    fields = ("office_name", "office_address", "headcount")
    headcount = headcount_of(filling.typed)
    return {
        "fields": showing.text_fields(fields, filling.typed, wrong, filling.lang),
        **needed_context(headcount, filling.rules, filling.lang),
    }


def _contact(filling: Filling, wrong: Wrong, _: Sequence[Refusal]) -> dict[str, Any]:
    fields = ("contact_name", "contact_phone", "contact_email")
    return {"fields": showing.text_fields(fields, filling.typed, wrong, filling.lang)}


def _people(filling: Filling, _: Wrong, refusals: Sequence[Refusal]) -> dict[str, Any]:
    around, rules = filling.around, filling.rules
    return {
        **people_context(
            filling.typed, rules, around.stage, around.consent, refusals, filling.lang
        ),
        "places": _places(filling),
    }


def _sending(filling: Filling, wrong: Wrong, refusals: Sequence[Refusal]) -> dict[str, Any]:
    before = () if refusals else filling.refusals()
    return {
        **_summary(filling),
        "before": _troubles(filling, LAST, [one for one in before if place_of(one) is not LAST]),
        "accepts": bool(filling.typed.get(ACCEPTS)),
        "declares": bool(filling.typed.get(DECLARES)),
        "accepts_trouble": wrong.get(ACCEPTS, ""),
        "declares_trouble": wrong.get(DECLARES, ""),
        "closed": "" if refusals else _closed(filling),
    }


def _summary(filling: Filling) -> dict[str, Any]:
    """Everything typed, to be read once more before it is sent."""
    typed, lang, t = filling.typed, filling.lang, words(filling.lang)
    unit = filling.chosen.unit
    told = {UNIT: register.told(unit, lang)} if unit else {}
    parts = [
        {
            "name": t[step.word],
            "href": filling.address(step),
            "lines": [
                (t[f"form_{name}"], told.get(name, typed.get(name, "").strip()))
                for name in (NAMES[field] for field in step.fields)
            ],
        }
        for step in STEPS[:3]
    ]
    around = filling.around
    people = showing.people(typed, filling.rules, around.stage, around.consent, (), lang)
    place = STEPS[3]
    return {
        "parts": parts,
        "people_part": {"name": t[place.word], "href": filling.address(place)},
        "people": [showing.told(one) for one in people],
    }


def _closed(filling: Filling) -> str:
    """Why the form cannot be sent at this moment; "" when it can."""
    refusal = check_open(filling.around.stage, filling.now)
    return refusal.sentence(filling.lang) if refusal else ""


def _places(filling: Filling) -> list[dict[str, Any]]:
    """Places of the stage and how many nobody has or waits for."""
    stage = filling.around.meant
    if stage is None:
        return []
    now = availability(stage)
    left = free(now.capacity, now.taken, now.claimed if filling.rules.keeps_turn else {})
    return [
        {"name": queue_name(queue, filling.lang), "places": places, "left": max(left[queue], 0)}
        for queue, places in sorted(now.capacity.items(), reverse=True)
    ]


_SHOWN = {1: _unit, 2: _office, 3: _contact, 4: _people, 5: _sending}

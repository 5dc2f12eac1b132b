"""People of a case: what each is sent to, which declarations came, which trainings they are in."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Prefetch, Q

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.enrolling import HOLDING
from smup.training.models import Enrolment, Participant, Registration
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.settings import EditionSettings
from smup.training.rules.workflow import Holds, workflow
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.forms import DeskForm, Replacing
from smup.web.training.desk.guard import HOME
from smup.web.training.desk.seeing import DECIDE, Sight
from smup.web.training.form.showing import sex_choices

Shown = dict[str, Any]


def people_of(
    case: Registration, sight: Sight, lang: Lang, sent: Mapping[str, DeskForm]
) -> list[Shown]:
    """Those taking part in the order of the form, then those who were replaced or resigned."""
    enrolments = Enrolment.objects.select_related("training").annotate(
        days=Count("training__meetings", distinct=True),
        attended=Count("attendance", filter=Q(attendance__present=True), distinct=True),
    )
    found = case.participants.prefetch_related(
        "declarations", Prefetch("enrolments", enrolments.order_by("pk"))
    )
    people = sorted(found, key=lambda one: (one.state != "active", one.order, one.pk))
    return [_person(one, case, sight, lang, sent) for one in people]


def _keeps(case: Registration) -> bool:
    """Does the case still hold or claim its places, so that its people matter?"""
    held = workflow("registration").holding(Holds.PLACE, Holds.CLAIM)
    return case.status in held and case.status != "completed"


def slot_of(one: Participant) -> str:
    """The place of the form of a replacement on the page."""
    return f"osoba-{one.pk}"


def replacing_form(
    one: Participant, settings: EditionSettings, lang: Lang, *sent: Any
) -> Replacing:
    return Replacing(lang, *sent, sexes=sex_choices(settings, lang), auto_id=f"{slot_of(one)}-%s")


def _person(
    one: Participant, case: Registration, sight: Sight, lang: Lang, sent: Mapping[str, DeskForm]
) -> Shown:
    may_change = one.state == "active" and sight.may(DECIDE, case.organiser_id)
    holds = case.status in HOLDING
    came = {declaration.kind: declaration for declaration in one.declarations.all()}
    wanted = case.edition.rules.documents.declarations
    return {
        "person": one,
        "key": str(one.pk),
        "sex": words(lang)[f"form_sex_{one.sex}"] if one.sex else "",
        "kind": kind_name(Kind(one.kind), lang),
        "area": area_name(one.area, lang),
        "state": naming.status_name("participant", one.state, lang),
        "declarations": [
            {"id": paper.id, "name": paper.name.of(lang), "came": came.get(paper.id)}
            for paper in wanted
        ]
        if holds
        else [],
        "enrolments": [
            {
                "enrolment": each,
                "state": naming.status_name("enrolment", each.state, lang),
                "href": Addresses(lang).page(f"{HOME}/szkolenie/{each.training_id}"),
            }
            for each in one.enrolments.all()
        ],
        "may_change": may_change,
        "replacing": {
            "id": slot_of(one),
            "name": words(lang)["desk_replace"],
            "note": words(lang)["desk_replace_note"],
            "form": sent.get(slot_of(one)) or replacing_form(one, case.edition.rules, lang),
            "open": slot_of(one) in sent,
        }
        if may_change and _keeps(case)
        else None,
    }

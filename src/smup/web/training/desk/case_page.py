"""What the page of a case shows, section by section."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from smup.language import Lang
from smup.mailing.models import Message
from smup.telling.addresses import Addresses
from smup.training.actions.admitting import availability, reserve_positions
from smup.training.actions.letters import number_of, subject
from smup.training.models import Registration
from smup.training.moments import last_day
from smup.training.naming import queue_name
from smup.training.rules.headcount import required
from smup.training.rules.queues import total
from smup.training.rules.workflow import Holds, workflow
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.checks import checks_of
from smup.web.training.desk.forms import DeskForm
from smup.web.training.desk.guard import HOME
from smup.web.training.desk.history import events_of, told_event
from smup.web.training.desk.meanwhile import seen_of
from smup.web.training.desk.papers import agreements_of, documents_of
from smup.web.training.desk.people import people_of
from smup.web.training.desk.seeing import Sight
from smup.web.training.desk.steps import form_of, possible

Forms = Mapping[str, DeskForm]
Shown = dict[str, Any]


def case_context(case: Registration, sight: Sight, lang: Lang, sent: Forms | None = None) -> Shown:
    """``sent`` are forms that came back with something wrong, by their step."""
    sent, status = sent or {}, workflow("registration").statuses[case.status]
    late = case.deadline is not None and case.deadline < timezone.now()
    return {
        "case": case,
        "number": number_of(case),
        "kind": naming.unit_kind(case.unit_kind, lang),
        "unit_href": Addresses(lang).unit(case.unit),
        "status": status.name.of(lang),
        "turn": words(lang)[f"desk_turn_{status.owner.value}"],
        "deadline": last_day(case.deadline) if case.deadline else None,
        "late": late,
        "seen": seen_of([subject(case)])[subject(case)],
        "steps": _steps(case, sight, lang, sent),
        "sent": next(iter(sent.values()), None),
        "place": _place(case, lang),
        "required": naming.counted(
            required(case.headcount, sight.edition.rules), "desk_forms_people", lang
        ),
        "people": people_of(case, sight, lang, sent),
        "checks": checks_of(case, sight, lang, sent),
        "agreements": agreements_of(case, lang),
        "documents": documents_of(case, lang),
        "letters": _letters(case, sight, lang),
        "events": [told_event(one, lang) for one in events_of(case)],
        "here": Addresses(lang).page(f"{HOME}/zgloszenie/{case.pk}"),
        "audit": sight.may("audit.read"),
    }


def _steps(case: Registration, sight: Sight, lang: Lang, sent: Forms) -> list[Shown]:
    """What can be done now; the form that came back is open."""
    t = words(lang)
    return [
        {
            "id": step,
            "name": way.name.of(lang),
            "note": t[f"desk_step_{step}"],
            "form": sent.get(step) or form_of(step, case, lang),
            "open": step in sent,
        }
        for step, way in possible(case, sight).items()
    ]


def _place(case: Registration, lang: Lang) -> Shown:
    """Where the case stands in its queues; for one that waits also what it waits for."""
    holds = workflow("registration").statuses[case.status].holds
    active = case.participants.filter(state="active")
    return {
        "holds": holds.value,
        "position": reserve_positions(case.stage).get(case.pk) if holds is Holds.CLAIM else None,
        "short": _short(case, lang) if holds is Holds.CLAIM else [],
        "asked": naming.request_lines(list(active), lang),
    }


def _short(case: Registration, lang: Lang) -> list[str]:
    """A sentence for each queue in which the people of the case do not fit now."""
    places = availability(case.stage)
    own = next(one for one in places.waiting if one.number == case.number)
    ahead = total(one.request for one in places.waiting if one.number < case.number)
    result = places.admit(own.request, case.number, case.edition.rules)
    return [
        words(lang)["desk_short"].format(
            queue=queue_name(queue, lang),
            asked=own.request[queue],
            capacity=places.capacity.get(queue, 0),
            taken=places.taken.get(queue, 0),
            ahead=ahead.get(queue, 0),
        )
        for queue in result.short
    ]


def _letters(case: Registration, sight: Sight, lang: Lang) -> list[Shown]:
    """Letters about the case, newest first."""
    t = words(lang)
    found = Message.objects.filter(about=subject(case)).order_by("-pk")
    return [
        {
            "subject": one.subject,
            "to": one.to,
            "at": one.ended or one.created,
            "state": t[f"mail_state_{one.state}"],
            "trouble": one.state in ("failed", "uncertain"),
            "href": Addresses(lang).page(f"/konto/poczta/{one.pk}")
            if sight.may("mail.read")
            else "",
        }
        for one in found
    ]

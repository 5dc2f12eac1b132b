"""People of a training with what is known of each: declarations, days, certificate."""

from typing import Any

from django.db.models import prefetch_related_objects

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import notices
from smup.training.actions.declaring import delivered
from smup.training.models import Certificate, Training
from smup.training.moments import today
from smup.training.rules.attendance import may_confirm
from smup.training.rules.refusal import Refusal
from smup.web.training.desk.guard import HOME

Shown = dict[str, Any]


def people_of(training: Training, lang: Lang) -> list[Shown]:
    """Those enrolled, by arrival of their units. ``days`` are True, False, or None where nothing
    was noted; ``why_not`` is why presence cannot be confirmed. A few queries for all."""
    meetings = list(training.meetings.all())
    rows = notices.enrolled(training)
    prefetch_related_objects(rows, "participant__declarations", "attendance")
    settings, found = training.edition.rules, []
    certificates = {
        one.enrolment_id: one for one in Certificate.objects.filter(enrolment__training=training)
    }
    for one in rows:
        there = {each.meeting_id: each.present for each in one.attendance.all()}
        person, refusal = one.participant, None
        if meetings:
            refusal = may_confirm(delivered(person), today(meetings[0].starts), settings)
        found.append(
            {
                "enrolment": one,
                "person": person,
                "case": person.registration,
                "href": Addresses(lang).page(f"{HOME}/zgloszenie/{person.registration_id}"),
                "days": [there.get(meeting.pk) for meeting in meetings],
                "there": sum(there.values()),
                "of": len(meetings),
                "why_not": _sentence(refusal, lang),
                "certificate": certificates.get(one.pk),
            }
        )
    return found


def _sentence(refusal: Refusal | None, lang: Lang) -> str:
    return refusal.sentence(lang) if refusal else ""

"""Who was there: a day at a time, with one tick for each person; and the list to be signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions import attending
from smup.training.models import Meeting, Training
from smup.training.rules.refusal import Refused
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.desk.attendance_page import people_of
from smup.web.training.desk.guard import desk, show_desk
from smup.web.training.desk.seeing import ATTEND, READ, Sight
from smup.web.training.desk.training import address, may_attend, training_of

Shown = dict[str, Any]


@desk(READ, ATTEND)
def attendance(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """The grid of all days; the one asked for by ``?dzien=`` can be filled in."""
    found = training_of(sight, key)
    meetings = list(found.meetings.all())
    day = _day(meetings, request.GET.get("dzien", ""))
    people, troubles = people_of(found, lang), []
    may = may_attend(sight, found)
    if request.method == "POST":
        if not may:
            return forbidden(request, ATTEND)
        troubles = _note(request, people, day, lang) if day else []
        if not troubles:
            messages.success(request, words(lang)["desk_attendance_saved"])
            return HttpResponseRedirect(request.get_full_path())
        people = people_of(found, lang)
    at = meetings.index(day) if day else None
    context = {
        "training": found,
        "here": address(found, lang),
        "days": [_told(one, day, found, lang) for one in meetings],
        "day": day,
        "begun": day is not None and day.starts <= timezone.now(),
        "people": [one | {"today": None if at is None else one["days"][at]} for one in people],
        "may_note": may and day is not None and found.state not in ("cancelled", "closed"),
        "troubles": troubles,
    }
    return show_desk(request, "attendance.html", context, lang, sight, 422 if troubles else 200)


@desk(READ, ATTEND)
def attendance_list(request: HttpRequest, lang: Lang, sight: Sight, key: int) -> HttpResponse:
    """The list to be printed and signed."""
    found = training_of(sight, key)
    content = attending.attendance_list(found, now=timezone.now())
    name = words(lang)["desk_list_file"].format(key=found.pk)
    told = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=told)


def _day(meetings: list[Meeting], asked: str) -> Meeting | None:
    """The day asked for, else the last that has begun, else the first."""
    chosen = [one for one in meetings if str(one.pk) == asked]
    begun = [one for one in meetings if one.starts <= timezone.now()]
    return next(iter(chosen or begun[-1:] or meetings[:1]), None)


def _note(request: HttpRequest, people: list[Shown], day: Meeting, lang: Lang) -> list[str]:
    """Note the day for all whose presence may be confirmed; sentences of what was refused. Nobody
    is absent for a paper that is missing: those are left as they are."""
    there = set(request.POST.getlist("obecny"))
    everybody, actor, now = "wszyscy" in request.POST, actor_of(request), timezone.now()
    troubles: dict[str, None] = {}
    for one in people:
        if one["why_not"]:
            continue
        enrolment = one["enrolment"]
        present = everybody or str(enrolment.pk) in there
        try:
            attending.note(enrolment, day, present, actor=actor, now=now)
        except Refused as refused:
            troubles[refused.sentence(lang)] = None
    return list(troubles)


def _told(one: Meeting, day: Meeting | None, found: Training, lang: Lang) -> Shown:
    href = Addresses(lang).page(f"/szkolenia/biuro/szkolenie/{found.pk}/obecnosc", dzien=one.pk)
    return {"day": one, "href": href, "here": one == day}

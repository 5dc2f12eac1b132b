"""What the page of a registration shows: how it stands, what to do, papers, people, history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from smup.accounts.models import Event
from smup.language import Lang
from smup.language.dates import day_in_words, moment_in_words
from smup.telling.addresses import Addresses
from smup.telling.naming import file_size
from smup.training import calendars
from smup.training.actions.admitting import reserve_positions
from smup.training.actions.calling import where
from smup.training.actions.correcting import may_correct
from smup.training.actions.declaring import missing
from smup.training.actions.enrolling import HOLDING
from smup.training.actions.letters import number_of, subject
from smup.training.actions.preparing import full_name
from smup.training.actions.replacing import first_day
from smup.training.actions.testing import is_open
from smup.training.models import Document, Enrolment, Material, Participant, Registration
from smup.training.moments import last_day, today
from smup.training.naming import area_name, kind_name
from smup.training.rules.attendance import may_replace
from smup.training.rules.queues import Kind
from smup.training.rules.workflow import Holds, Owner, workflow
from smup.web.people.words import words
from smup.web.training.form.showing import sex_choices
from smup.web.training.page import show_training
from smup.web.training.panel.doing import Failed
from smup.web.training.panel.entering import PATH

TABLE = workflow("registration")
# Papers a contact person sees, in the order in which they come about.
PAPERS = ("agreement", "agreement_signed", "declaration", "certificate")


def show_case(
    request: HttpRequest,
    lang: Lang,
    case: Registration,
    now: datetime,
    *,
    failed: Failed | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a registration; ``failed`` is what was tried and could not be done."""
    people, rules = _people(case), case.edition.rules
    context: dict[str, Any] = {
        "case": case,
        "number": number_of(case),
        "action": Addresses(lang).page(PATH),
        "state": _state(case, lang),
        "may": {way.action for way in TABLE.actions(case.status, Owner.UNIT)},
        "correct": Addresses(lang).page(f"{PATH}/osoby") if may_correct(case) else "",
        "asked_area": _asked_area(case, people, lang),
        "papers": _papers(case, lang),
        "people": [_person(one, case, lang, now) for one in people],
        "materials": _materials(case, lang),
        "history": _history(case, lang),
        "questions": case.questions.order_by("-asked_at"),
        "failed": failed,
        "said": said,
        "sexes": sex_choices(rules, lang),
    }
    return show_training(request, "panel/case.html", context, lang, rules, status)


def _state(case: Registration, lang: Lang) -> dict[str, Any]:
    """The status in words, and what to do next and by when."""
    t, status = words(lang), TABLE.statuses[case.status]
    position = reserve_positions(case.stage).get(case.pk) if status.holds is Holds.CLAIM else None
    return {
        "name": status.name.of(lang),
        "good": status.holds is Holds.PLACE,
        "next": t[f"panel_next_{case.status}"],
        "ours": status.owner is Owner.UNIT,
        "deadline": day_in_words(last_day(case.deadline), lang) if case.deadline else "",
        "position": position,
        "since": moment_in_words(case.status_since, lang),
        "arrived": moment_in_words(case.arrived_at, lang),
        "reason": case.reason if case.status in _WITH_REASON else "",
    }


_WITH_REASON = ("refused", "withdrawn_by_organiser")


def _asked_area(case: Registration, people: Sequence[Participant], lang: Lang) -> str:
    """The in-person area in which a unit is asked to wait or to go online; "" where it is not."""
    in_person = next((one for one in people if one.kind == Kind.IN_PERSON), None)
    holds = TABLE.statuses[case.status].holds
    if in_person is None or case.area_answer or holds is Holds.NOTHING:
        return ""
    told = Event.objects.filter(what="training.area.told", about=subject(case)).exists()
    return area_name(in_person.area, lang) if told else ""


def _papers(case: Registration, lang: Lang) -> list[dict[str, str]]:
    t = words(lang)
    rows = Document.objects.filter(registration=case, kind__in=PAPERS).order_by("at", "pk")
    return [
        {
            "kind": one.kind,
            "href": Addresses(lang).page(f"{PATH}/dokument/{one.pk}"),
            "name": t[f"panel_paper_{one.kind}"],
            "file": one.name,
            "size": file_size(one.size, lang),
            "at": day_in_words(today(one.at), lang),
        }
        for one in rows
    ]


def _people(case: Registration) -> list[Participant]:
    """The people who go, each with declarations and trainings. Few queries for all of them."""
    seats = Enrolment.objects.filter(state="enrolled").select_related("training", "certificate")
    found = case.participants.filter(state="active").prefetch_related(
        "declarations",
        Prefetch(
            "enrolments",
            seats.prefetch_related("training__meetings", "test_results"),
            to_attr="seats",
        ),
    )
    people = list(found.order_by("order"))
    for one in people:
        one.registration = case
        for seat in one.seats:
            seat.participant = one
    return people


def _person(one: Participant, case: Registration, lang: Lang, now: datetime) -> dict[str, Any]:
    lacking = missing(one)
    begun = may_replace(today(now), first_day(one)) if one.seats else None
    return {
        "pk": one.pk,
        "key": str(one.pk),
        "name": full_name(one),
        "email": one.email,
        "sex": words(lang)[f"form_sex_{one.sex}"] if one.sex else "",
        "kind": kind_name(Kind(one.kind), lang),
        "area": area_name(one.area, lang),
        "lacking": [{"id": each.id, "name": each.name.of(lang)} for each in lacking],
        "to_sign": Addresses(lang).page(f"{PATH}/oswiadczenia/{one.pk}.pdf"),
        "may_declare": case.status in HOLDING,
        "may_change": TABLE.statuses[case.status].holds is not Holds.NOTHING and begun is None,
        "seats": [_seat(seat, lang, now) for seat in one.seats],
    }


def _seat(seat: Enrolment, lang: Lang, now: datetime) -> dict[str, Any]:
    """One training of one person."""
    training, page = seat.training, Addresses(lang).page
    given = {one.moment for one in seat.test_results.all()}
    certificate = getattr(seat, "certificate", None)
    return {
        "title": training.title,
        "days": [calendars.in_words(one.starts, one.ends, lang) for one in training.meetings.all()],
        "place": where(training),
        "link": training.link if training.kind == Kind.ONLINE else "",
        "calendar": page(f"{PATH}/kalendarz/{training.pk}.ics"),
        "tests": [
            {"moment": moment, "href": page(f"{PATH}/test/{seat.pk}/{moment}")}
            for moment in ("pre", "post")
            if moment not in given and is_open(seat, moment, now)
        ],
        "survey": ""
        if seat.survey_given or not is_open(seat, "post", now)
        else page(f"{PATH}/ankieta/{seat.pk}"),
        "certificate": page(f"{PATH}/dokument/{certificate.document_id}") if certificate else "",
        "certificate_number": certificate.number if certificate else "",
    }


def _materials(case: Registration, lang: Lang) -> list[dict[str, str]]:
    """Files for the people's trainings and for everybody who takes part."""
    page = Addresses(lang).page
    return [
        {"href": page(f"{PATH}/material/{one.pk}"), "title": one.title, "file": one.document.name}
        for one in materials_of(case)
    ]


def materials_of(case: Registration) -> Sequence[Material]:
    """Those the people of a registration may have; none for a unit without a place."""
    if TABLE.statuses[case.status].holds is not Holds.PLACE:
        return []
    theirs = Enrolment.objects.filter(participant__registration=case, state="enrolled")
    trainings = set(theirs.values_list("training", flat=True))
    found = Material.objects.filter(edition=case.edition_id).select_related("document")
    return [one for one in found.order_by("title") if one.training_id in {None, *trainings}]


def _history(case: Registration, lang: Lang) -> list[dict[str, str]]:
    """What became of the registration; reasons where its letters told them."""
    verbs = {way.verb: way for way in TABLE.transitions}
    rows = Event.objects.filter(about=subject(case), what__in=verbs).order_by("-pk")
    found = []
    for one in rows:
        way = verbs[one.what]
        status = one.after.get("status")
        reached = status in TABLE.statuses and way.action != "correct_people"  # stays where it is
        name = TABLE.statuses[status].name if reached else way.name
        why = one.why if way.needs_reason and way.letter else ""
        found.append({"at": moment_in_words(one.at, lang), "what": name.of(lang), "why": why})
    return found

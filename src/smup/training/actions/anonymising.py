"""Forgetting people: one of them when asked to, all of them when an edition has been over for as
long as its settings say. What is counted stays: units, persons, kinds, areas, days, points."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from smup.accounts import audit, files
from smup.accounts.actor import SYSTEM, Actor
from smup.mailing.models import Attachment
from smup.training.actions.advancing import advance, may
from smup.training.actions.letters import subject
from smup.training.actions.locking import alone
from smup.training.models import (
    Agreement,
    Attendance,
    Consent,
    Declaration,
    Document,
    Draft,
    Edition,
    FormalCheck,
    FreeListener,
    Invitation,
    Participant,
    Question,
    Registration,
    SurveyAnswer,
    TestResult,
)
from smup.training.moments import today
from smup.training.papers.questions import survey
from smup.training.rules.workflow import workflow

CONTACT = "training.registration.contact_erased"
PARTICIPANT = "training.participant.erased"
QUESTION, LISTENER = "training.question.erased", "training.listener.erased"
INVITATION, DRAFT = "training.invitation.erased", "training.draft.erased"
_NO_CONTACT = {"contact_name": "", "contact_phone": "", "contact_email": ""}
_NO_PERSON = {"name": "", "surname": "", "email": ""}
_ASKED = workflow("question")


def contacts(email: str) -> QuerySet[Registration]:
    """Cases whose contact person this is and has nothing more to do: letters of a case that goes on
    need somebody to go to."""
    over = {
        name for name, one in workflow("registration").statuses.items() if one.owner == "nobody"
    }
    of_person = Registration.objects.filter(contact_email__iexact=email)
    return (
        of_person.filter(status__in=over) | of_person.exclude(edition__state="published")
    ).order_by("pk")


def erase_contact(email: str, actor: Actor, why: str) -> int:
    """Name, phone and e-mail of the contact person of cases that are over; how many cases."""
    with transaction.atomic():
        found = list(contacts(email))
        for one in found:
            Registration.objects.filter(pk=one.pk).update(**_NO_CONTACT)
            _note(actor, CONTACT, subject(one), one.edition_id, why)
    return len(found)


def erase_participant(email: str, actor: Actor, why: str) -> int:
    """Name and e-mail of the person wherever they take part, and the answers of their tests; their
    papers are evidence of the programme and stay until its time is over."""
    with transaction.atomic():
        found = list(Participant.objects.filter(email__iexact=email).select_related("registration"))
        for one in found:
            _forget_people([one.pk])
            _note(actor, PARTICIPANT, f"participant:{one.pk}", one.registration.edition_id, why)
    return len(found)


def erase_asker(email: str, actor: Actor, why: str) -> int:
    """Questions of a person, with what they say; one nobody has answered is closed."""
    with transaction.atomic():
        found = list(Question.objects.filter(email__iexact=email))
        for one in found:
            _forget_questions(Question.objects.filter(pk=one.pk))
            _note(actor, QUESTION, f"question:{one.pk}", one.edition_id, why)
    return len(found)


def erase_listener(email: str, actor: Actor, why: str) -> int:
    """A free listener is taken off all lists."""
    with transaction.atomic():
        found = list(FreeListener.objects.filter(email__iexact=email).select_related("training"))
        for one in found:
            _note(actor, LISTENER, f"training:{one.training_id}", one.training.edition_id, why)
            one.delete()
    return len(found)


def erase_invited(email: str, actor: Actor, why: str) -> int:
    """The address of an office is forgotten; that it was invited stays."""
    with transaction.atomic():
        found = list(Invitation.objects.filter(email__iexact=email).select_related("wave"))
        for one in found:
            Invitation.objects.filter(pk=one.pk).update(email="")
            _note(actor, INVITATION, f"invitation:{one.pk}", one.wave.edition_id, why)
    return len(found)


def drafts(email: str) -> list[Draft]:
    """Forms begun in which this e-mail was typed."""
    return [one for one in Draft.objects.order_by("pk") if _names(one.data, email.lower())]


def erase_drafts(email: str, actor: Actor, why: str) -> int:
    """Forms that were begun and not sent."""
    with transaction.atomic():
        found = drafts(email)
        for one in found:
            _note(actor, DRAFT, f"draft:{one.pk}", one.edition_id, why)
            one.delete()
    return len(found)


def anonymise_due(now: datetime) -> int:
    """Forget the people of every edition whose retention is over; how many registrations."""
    done = 0
    for edition in Edition.objects.filter(state="ended").order_by("pk"):
        if is_due(edition, now):
            done += anonymise(edition, now)
    return done


def is_due(edition: Edition, now: datetime) -> bool:
    """Has it been over for as long as its personal data may be kept?"""
    if edition.ended_on is None:
        return False
    last: date = edition.ended_on + timedelta(days=edition.rules.retention_days)
    return today(now) > last


def anonymise(edition: Edition, now: datetime) -> int:
    """Forget everybody of an ended edition, with their papers; how many registrations.

    Raises NotPossible for one that has not ended.
    """
    with alone(edition.pk) as locked:
        may(locked, "anonymise")
        cases = locked.registrations.filter(anonymised_at=None)
        people = Participant.objects.filter(registration__edition=locked)
        _forget_people(list(people.values_list("pk", flat=True)))
        _forget_questions(locked.questions.all())
        FreeListener.objects.filter(training__edition=locked).delete()
        Invitation.objects.filter(wave__edition=locked).update(email="")
        locked.drafts.all().delete()
        _forget_notes(locked)
        papers = _forget_papers(locked)
        done = cases.update(**_NO_CONTACT, reason="", anonymised_at=now)
        noted = {"registrations": done, "papers": papers}
        advance(locked, "anonymise", actor=SYSTEM, edition=locked.pk, noted=noted)
    return int(done)


def _forget_people(keys: Iterable[int]) -> None:
    Participant.objects.filter(pk__in=keys).update(**_NO_PERSON)
    TestResult.objects.filter(enrolment__participant__in=keys).update(answers={})


def _forget_questions(questions: QuerySet[Question]) -> None:
    closed = _ASKED.may("new", "close").to
    questions.filter(state="new").update(state=closed)
    questions.update(name="", email="", text="", answer="")


def _forget_notes(edition: Edition) -> None:
    """What people wrote in their own words, and who of the staff noted it."""
    of_case = {"registration__edition": edition}
    FormalCheck.objects.filter(**of_case).update(note="", by="")
    Agreement.objects.filter(**of_case).update(note="")
    Consent.objects.filter(edition=edition).update(reason="", by="")
    Declaration.objects.filter(participant__registration__edition=edition).update(by="")
    Attendance.objects.filter(enrolment__training__edition=edition).update(by="")
    free = survey().free.id
    for one in SurveyAnswer.objects.filter(training__edition=edition):
        if one.answers.pop(free, ""):
            one.save(update_fields=("answers",))


def _forget_papers(edition: Edition) -> int:
    """Files that name people; the rows stay, so that it is known what there was."""
    of_people = Document.objects.filter(registration__edition=edition) | Document.objects.filter(
        certificate__enrolment__training__edition=edition
    )
    found = list(of_people.exclude(sha256="").distinct().values_list("pk", "sha256"))
    Document.objects.filter(pk__in=[pk for pk, _ in found]).update(sha256="", size=0, by="")
    for sha256 in {sha256 for _, sha256 in found}:
        named = Document.objects.filter(sha256=sha256).exists()
        if not named and not Attachment.objects.filter(file=sha256).exists():
            files.remove(sha256)
    return len(found)


def _names(value: object, email: str) -> bool:
    """Does the e-mail stand anywhere in what was typed?"""
    if isinstance(value, str):
        return value.strip().lower() == email
    inside = value.values() if isinstance(value, dict) else value
    return isinstance(inside, Iterable) and any(_names(one, email) for one in inside)


def _note(actor: Actor, what: str, about: str, edition: int, why: str) -> None:
    after = {"person": audit.PRIVATE}
    audit.record(actor, what, about, after=after, why=why, edition=edition)

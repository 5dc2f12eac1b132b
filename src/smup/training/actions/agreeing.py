"""Agreements: prepared, sent, returned, checked, asked for again (rule 11)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from smup.accounts.actor import SYSTEM, Actor
from smup.documents.docx import docx
from smup.documents.pdf import paper_pdf
from smup.mailing.models import Message
from smup.training.actions import advancing, checking
from smup.training.actions.keeping import DOCX, check_signed, enclosed, kept_document
from smup.training.actions.letters import write
from smup.training.actions.locking import case
from smup.training.actions.preparing import numbered, terms_of
from smup.training.actions.stepping import TABLE, step
from smup.training.models import Agreement, Document, Registration
from smup.training.moments import end_of, today
from smup.training.papers.agreement import Terms, agreement
from smup.training.rules.agreement import least_until, remind_on
from smup.training.rules.refusal import Refused
from smup.training.rules.typed import LONG, check_text

_OPEN = ("sent", "overdue", "returned")


@dataclass(frozen=True)
class _Made:
    """An agreement as files."""

    terms: Terms
    pdf: bytes
    docx: bytes


def send(registration: Registration, *, actor: Actor, now: datetime) -> Agreement:
    """Number the agreement, make it and send it to the contact person. Sent already, it is the one
    that is there.

    Raises NotPossible, Refused where the first training is too near to leave time for signing.
    """
    made = _made(terms_of(registration, now))
    with case(registration) as held:
        if held.status == "agreement_sent":
            return current(held)
        TABLE.may(held.status, "send_agreement")
        terms = terms_of(held, now)
        if terms != made.terms:  # somebody was quicker, or changed what stands in it
            made = _made(terms)
        return _send(held, made, actor, now)


def _made(terms: Terms) -> _Made:
    """Typesetting takes longer than all the rest, so it is done before the lock is taken."""
    document = agreement(terms)
    return _Made(terms, paper_pdf(document), docx(document))


def _send(held: Registration, made: _Made, actor: Actor, now: datetime) -> Agreement:
    terms, edition = made.terms, held.edition
    edition.last_agreement += 1
    edition.save(update_fields=("last_agreement",))
    sent = Agreement(
        registration=held,
        number=terms.number,
        versions=dict(terms.versions),
        sent_at=now,
        deadline=terms.deadline,
    )
    noted = {"number": terms.number, "deadline": terms.deadline}
    advancing.advance(sent, "send", actor=actor, edition=edition.pk, noted=noted)
    files = _kept(held, made, actor, now)
    step(
        held,
        "send_agreement",
        actor=actor,
        now=now,
        changes={"deadline": end_of(terms.deadline)},
        attachments=[enclosed(one) for one in files],
    )
    return sent


def _kept(held: Registration, made: _Made, actor: Actor, now: datetime) -> list[Document]:
    name = f"umowa-{numbered(made.terms.number)}"
    version = made.terms.versions["agreement"]
    return [
        kept_document(
            "agreement",
            f"{name}.{ending}",
            content,
            media=media,
            actor=actor,
            now=now,
            registration=held,
            version=version,
        )
        for ending, content, media in (
            ("pdf", made.pdf, "application/pdf"),
            ("docx", made.docx, DOCX),
        )
    ]


def return_signed(
    registration: Registration, content: bytes, filename: str, *, actor: Actor, now: datetime
) -> Agreement:
    """Take the signed copy in; whether it is signed well is for a person to check. The same file
    sent twice is taken once.

    Raises NotPossible, Refused for a file that is not kept.
    """
    check_signed(content)
    with case(registration) as held:
        paper = current(held)
        if held.status == "agreement_returned" and _is_signed_by(paper, content):
            return paper
        TABLE.may(held.status, "return_agreement")
        signed = kept_document(
            "agreement_signed", filename, content, actor=actor, now=now, registration=held
        )
        advancing.advance(
            paper,
            "return",
            actor=actor,
            edition=held.edition_id,
            changes={"signed": signed, "returned_at": now},
        )
        step(held, "return_agreement", actor=actor, now=now)
        return paper


def check(paper: Agreement, good: bool, note: str, *, actor: Actor, now: datetime) -> Agreement:
    """Accept the signed copy, or send it back: ``note`` then says what to mend and there is time
    for it. The result is one of the three formal checks.

    Raises NotPossible, Refused without a note where one is needed.
    """
    if wrong := check_text(note, "note", LONG, "" if good else "reason_missing", lines=True):
        raise Refused(wrong)
    with case(paper.registration) as held:
        paper = held.agreements.get(pk=paper.pk)
        if good and paper.status == "checked":
            return paper
        if good:
            _accept(held, paper, note.strip(), actor, now)
        else:
            _send_back(held, paper, note.strip(), actor, now)
        checking.note(held, "agreement", good, note, actor=actor, now=now)
        return paper


def _accept(held: Registration, paper: Agreement, note: str, actor: Actor, now: datetime) -> None:
    changes = {"checked_at": now, "note": note}
    edition = held.edition_id
    advancing.advance(paper, "accept", actor=actor, edition=edition, why=note, changes=changes)
    step(held, "accept_agreement", actor=actor, now=now, why=note)


def _send_back(
    held: Registration, paper: Agreement, note: str, actor: Actor, now: datetime
) -> None:
    until = max(paper.deadline, least_until(today(now), held.edition.rules))
    changes = {"checked_at": now, "note": note, "deadline": until}
    edition = held.edition_id
    advancing.advance(paper, "send_back", actor=actor, edition=edition, why=note, changes=changes)
    step(
        held,
        "send_back_agreement",
        actor=actor,
        now=now,
        why=note,
        changes={"deadline": end_of(until)},
        told={"mend": note},
    )


def remind(paper: Agreement, *, actor: Actor, now: datetime) -> Agreement:
    """Ask for the signed copy once more; on one day only once. Raises NotPossible."""
    with case(paper.registration) as held:
        paper = held.agreements.get(pk=paper.pk)
        key = f"agreement:{paper.pk}:reminder:{today(now)}"
        if not Message.objects.filter(key=key).exists():
            advancing.advance(paper, "remind", actor=actor, edition=held.edition_id)
            write("agreement-reminder", held, key=key, now=now)
        return paper


def remind_due(now: datetime) -> int:
    """Reminders before the deadline, one for each deadline; how many were written."""
    day, count = today(now), 0
    for paper in _with_registration("sent"):
        when = remind_on(paper.deadline, paper.registration.edition.rules)
        key = f"agreement:{paper.pk}:before:{paper.deadline}"
        early = today(paper.sent_at) >= when  # the letter with the agreement says it already
        if early or not when <= day <= paper.deadline or Message.objects.filter(key=key).exists():
            continue
        with case(paper.registration) as held:
            fresh = held.agreements.get(pk=paper.pk)
            if fresh.status == "sent" and fresh.deadline == paper.deadline:
                advancing.advance(fresh, "remind", actor=SYSTEM, edition=held.edition_id)
                write("agreement-reminder", held, key=key, now=now)
                count += 1
    return count


def expire_due(now: datetime) -> int:
    """Notes agreements whose last day has passed; what follows is a person's decision."""
    count = 0
    for paper in _with_registration("sent").filter(deadline__lt=today(now)):
        with case(paper.registration) as held:
            count += note_overdue(held, now)
    return count


def note_overdue(held: Registration, now: datetime) -> int:
    """Note that the last day of its agreement has passed, in the caller's transaction; how many."""
    late = list(held.agreements.filter(status="sent", deadline__lt=today(now)))
    for paper in late:
        advancing.advance(paper, "expire", actor=SYSTEM, edition=held.edition_id)
    return len(late)


def current(registration: Registration) -> Agreement:
    """The agreement that is on its way. Raises Agreement.DoesNotExist where none is."""
    found: Agreement = registration.agreements.filter(status__in=_OPEN).latest("pk")
    return found


def _with_registration(status: str) -> QuerySet[Agreement]:
    return Agreement.objects.filter(status=status).select_related("registration__edition")


def _is_signed_by(paper: Agreement, content: bytes) -> bool:
    return paper.signed is not None and paper.signed.sha256 == sha256(content).hexdigest()

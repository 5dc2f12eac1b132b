"""Certificates: numbered, checked by anybody by their code, withdrawn with a reason (rule 13)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.documents.pdf import certificate_pdf
from smup.language import plural
from smup.language.dates import day_in_words
from smup.training import addresses
from smup.training.actions import notices
from smup.training.actions.attending import attended, fresh, why_not
from smup.training.actions.keeping import enclosed, kept_document
from smup.training.actions.locking import alone
from smup.training.actions.planning import course_of
from smup.training.actions.preparing import full_name, kind_and_area, numbered
from smup.training.models import Certificate, Edition, Enrolment
from smup.training.moments import today
from smup.training.papers.agreement import funding
from smup.training.papers.certificate import Completed, certificate
from smup.training.rules.attendance import may_certify
from smup.training.rules.refusal import Refusal, Refused

ISSUED, WITHDRAWN = "training.certificate.issued", "training.certificate.withdrawn"
CHECK = "certyfikat"  # the page on which codes are checked
SIGNED = frozenset({"in_training", "completed"})  # units whose agreement was accepted
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another
_LENGTH, _GROUP = 16, 4  # 80 bits: nobody finds a code by trying
_MEANT = str.maketrans("OIL", "011", " -–")


@dataclass(frozen=True)
class Verified:
    """What a code tells: what stands on the certificate, and whether it still counts. ``person``
    is "" where the data of the participant were erased."""

    number: str
    person: str
    unit: str
    training: str
    area: str
    kind: str
    issued: date
    withdrawn: bool


def issue(enrolment: Enrolment, *, actor: Actor, now: datetime) -> Certificate:
    """Give the certificate and send it; given already, it is the one there is.

    Raises Refused where attendance, declarations or the agreement are not enough.
    """
    known: Certificate | None = Certificate.objects.filter(enrolment=enrolment).first()
    if known is not None:
        return known
    one = fresh(enrolment)
    words = _words(one, _number(one.training.edition), _code(), today(now))
    pdf = _pdf(words, one.training.edition)
    with alone(one.training.edition_id) as edition:
        known = Certificate.objects.filter(enrolment=enrolment).first()
        if known is not None:
            return known
        one = fresh(enrolment)
        if refusals := refusals_of(one):
            raise Refused(*refusals)
        as_it_stands = _words(one, _number(edition), words.code, words.issued)
        if as_it_stands != words:  # somebody was quicker, or changed what stands on it
            words, pdf = as_it_stands, _pdf(as_it_stands, edition)
        return _issue(one, edition, words, pdf, actor, now)


def refusals_of(enrolment: Enrolment) -> tuple[Refusal, ...]:
    """Why somebody gets no certificate; empty for those who are entitled to one."""
    found: list[Refusal] = []
    there, days = attended(enrolment)
    settings = enrolment.training.edition.rules
    if enrolment.state != "enrolled" or not may_certify(there, days, settings):
        fields = {"attended": there, "of": days}
        found.append(Refusal(13, "not_enough_attendance", "attendance", fields))
    if refusal := why_not(enrolment):
        found.append(refusal)
    if enrolment.participant.registration.status not in SIGNED:
        found.append(Refusal(11, "no_agreement", "agreement"))
    return tuple(found)


def withdraw(certificate: Certificate, *, why: str, actor: Actor, now: datetime) -> Certificate:
    """Say that a certificate no longer counts; its code says so from now on. Raises Refused
    without a reason."""
    if not why.strip():
        raise Refused(Refusal(0, "reason_missing", "why"))
    with alone(certificate.enrolment.training.edition_id) as edition:
        one: Certificate = Certificate.objects.get(pk=certificate.pk)
        if one.withdrawn_reason:
            return one
        one.withdrawn_reason = why.strip()
        one.save(update_fields=("withdrawn_reason",))
        about = f"certificate:{one.pk}"
        audit.record(actor, WITHDRAWN, about, why=why.strip(), edition=edition.pk)
        return one


def verify(code: str) -> Verified | None:
    """What a code tells, however it was typed; None for a code nobody was given."""
    typed = code.strip().upper().translate(_MEANT)
    if len(typed) != _LENGTH or set(typed) - set(_LETTERS):
        return None
    rows = Certificate.objects.select_related(
        "enrolment__training", "enrolment__participant__registration"
    )
    found: Certificate | None = rows.filter(code=typed).first()
    if found is None:
        return None
    training, person = found.enrolment.training, found.enrolment.participant
    return Verified(
        number=found.number,
        person=full_name(person).strip(),
        unit=person.registration.unit_name,
        training=training.title,
        area=training.area,
        kind=training.kind,
        issued=found.issued_on,
        withdrawn=bool(found.withdrawn_reason),
    )


def in_groups(code: str) -> str:
    """A code as people read it: ``7K3M-9QX4-TN2W-B8RJ``."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _issue(
    one: Enrolment, edition: Edition, words: Completed, pdf: bytes, actor: Actor, now: datetime
) -> Certificate:
    edition.last_certificate += 1
    edition.save(update_fields=("last_certificate",))
    document = kept_document(
        "certificate",
        f"zaswiadczenie-{numbered(words.number)}.pdf",
        pdf,
        actor=actor,
        now=now,
        registration=one.participant.registration,
    )
    made: Certificate = Certificate.objects.create(
        enrolment=one,
        number=words.number,
        code=words.code.replace("-", ""),
        issued_on=words.issued,
        document=document,
    )
    about, after = f"certificate:{made.pk}", {"number": made.number, "enrolment": one.pk}
    event = audit.record(actor, ISSUED, about, after=after, edition=edition.pk)
    notices.tell(
        "certificate-ready",
        one.training,
        notices.of_enrolments([one]),
        event,
        lambda _: {"training": one.training.title, "certificate": made.number},
        now=now,
        attachments=(enclosed(document),),
    )
    return made


def _words(one: Enrolment, number: str, code: str, issued: date) -> Completed:
    training, person = one.training, one.participant
    hours = course_of(training.kind, training.edition.rules).hours
    extent = f"{hours} {plural(hours, 'godzina', 'godziny', 'godzin')}" if hours else ""
    about = (kind_and_area(training.kind, training.area, "pl"), extent)
    days = training.meetings.all()
    return Completed(
        person=full_name(person),
        unit=person.registration.unit_name,
        training=training.title,
        about=" · ".join(each for each in about if each),
        days=", ".join(day_in_words(today(each.starts), "pl") for each in days),
        number=number,
        code=code,
        check=addresses.page(CHECK, "pl"),
        organiser=training.organiser.name,
        issued=issued,
    )


def _pdf(words: Completed, edition: Edition) -> bytes:
    """Made before the lock is taken, which others wait for."""
    return certificate_pdf(certificate(words, funding(edition.rules)))


def _number(edition: Edition) -> str:
    """The number that is free."""
    return f"{edition.slug}/Z/{edition.last_certificate + 1:04d}"


def _code() -> str:
    return in_groups("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)))

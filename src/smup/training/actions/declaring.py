"""The three declarations of a participant (rule 12)."""

from collections import defaultdict
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Min

from smup.accounts import audit
from smup.accounts.actor import SYSTEM, Actor
from smup.accounts.models import normalised
from smup.documents.pdf import paper_pdf
from smup.language.dates import day_in_words
from smup.mailing.models import Message
from smup.training.actions.enrolling import HOLDING, fresh_participant
from smup.training.actions.keeping import check_signed, kept_document
from smup.training.actions.letters import lang_of, write
from smup.training.actions.locking import alone, case
from smup.training.actions.preparing import full_name, kind_and_area, party_of
from smup.training.models import Declaration, Enrolment, Participant, Registration, Training
from smup.training.moments import today
from smup.training.papers.declarations import Signing, papers
from smup.training.rules.agreement import remind_on
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.settings import Declaration as Wanted
from smup.training.rules.typed import check_email
from smup.training.rules.workflow import workflow

DELIVERED = "training.declaration.delivered"
MAILED = "training.declaration.reminded"


def deliver(
    participant: Participant,
    kind: str,
    content: bytes | None,
    *,
    filename: str = "",
    email: str = "",
    actor: Actor,
    now: datetime,
) -> Declaration:
    """Take a declaration in: a signed PDF, or None where a person saw it on paper. ``email`` is
    the participant's own, which comes with the declarations.

    Delivered again, the file is replaced and the day stays. Raises Refused for an unknown kind, a
    file or an e-mail that is not taken, a participant who left, a unit without a place.
    """
    if content is not None:
        check_signed(content)
    with alone(participant.registration.edition_id):
        person = fresh_participant(participant)
        wanted = _check(person, kind, email)
        _keep_email(person, email, actor)
        given = person.declarations.filter(kind=kind).select_related("document")
        known: Declaration | None = given.first()
        if known is not None and _adds_nothing(known, content):
            return known
        return _deliver(person, known, wanted, content, filename, actor, now)


def missing(participant: Participant) -> tuple[Wanted, ...]:
    """Declarations the participant has not given yet, as the edition names them."""
    given = {one.kind for one in participant.declarations.all()}
    wanted = participant.registration.edition.rules.documents.declarations
    return tuple(one for one in wanted if one.id not in given)


def delivered(participant: Participant) -> dict[str, date]:
    """Kind -> the day it was delivered."""
    return {one.kind: today(one.delivered_at) for one in participant.declarations.all()}


def paper(participant: Participant, *, now: datetime) -> bytes:
    """All declarations of a participant, filled in and ready to be signed: a PDF."""
    registration = participant.registration
    organiser = party_of(registration.organiser)
    asked = kind_and_area(participant.kind, participant.area, "pl")
    who = Signing(full_name(participant), registration.unit_name, asked)
    settings = registration.edition.rules
    return paper_pdf(papers(who, organiser.name, organiser.lines, settings, today(now)))


def remind_due(now: datetime) -> int:
    """Reminders to units whose people start soon without all declarations, one for each training
    and unit; how many were written."""
    day, count = today(now), 0
    for training in Training.objects.filter(state="announced").select_related("edition"):
        starts = training.meetings.aggregate(first=Min("starts"))["first"]
        first = None if starts is None else today(starts)
        if first is None or not remind_on(first, training.edition.rules) <= day <= first:
            continue
        for registration, people in _without(training).items():
            count += _remind(registration, training, people, first, now)
    return count


def _check(person: Participant, kind: str, email: str) -> Wanted:
    registration, found = person.registration, []
    wanted: tuple[Wanted, ...] = registration.edition.rules.documents.declarations
    named = {one.id: one for one in wanted}
    if kind not in named:
        found.append(Refusal(12, "declaration_unknown", "kind"))
    if email and (wrong := check_email(email)):
        found.append(wrong)
    if person.state != "active":
        found.append(Refusal(9, "participant_left", "participant"))
    if registration.status not in HOLDING:
        status = workflow("registration").statuses[registration.status].name
        found.append(Refusal(1, "without_place", "participant", {"status": status}))
    if found:
        raise Refused(*found)
    return named[kind]


def _keep_email(person: Participant, email: str, actor: Actor) -> None:
    if email and normalised(email) != person.email:
        person.email = normalised(email)
        person.save(update_fields=("email",))
        audit.record(
            actor,
            "training.participant.email",
            f"participant:{person.pk}",
            after={"email": audit.PRIVATE},
            edition=person.registration.edition_id,
        )


def _adds_nothing(known: Declaration, content: bytes | None) -> bool:
    if content is None:
        return True
    kept = None if known.document is None else str(known.document.sha256)
    return kept == sha256(content).hexdigest()


def _deliver(
    person: Participant,
    known: Declaration | None,
    wanted: Wanted,
    content: bytes | None,
    filename: str,
    actor: Actor,
    now: datetime,
) -> Declaration:
    document = None
    if content is not None:
        document = kept_document(
            "declaration",
            filename,
            content,
            actor=actor,
            now=now,
            registration=person.registration,
            version=wanted.version,
        )
    given = known
    if given is None:
        given = Declaration(participant=person, kind=wanted.id, delivered_at=now)
    given.version, given.document, given.by = wanted.version, document, actor.label
    given.save()
    audit.record(
        actor,
        DELIVERED,
        f"participant:{person.pk}",
        after={"kind": wanted.id, "version": wanted.version, "file": document is not None},
        edition=person.registration.edition_id,
    )
    return given


def _without(training: Training) -> dict[Registration, list[Participant]]:
    """Units of the training's people, with those of them who lack a declaration."""
    rows = Enrolment.objects.filter(training=training, state="enrolled")
    rows = rows.select_related("participant__registration__edition")
    found: dict[Registration, list[Participant]] = defaultdict(list)
    for one in rows.prefetch_related("participant__declarations").order_by("participant__order"):
        if missing(one.participant):
            found[one.participant.registration].append(one.participant)
    return found


def _remind(
    registration: Registration,
    training: Training,
    people: list[Participant],
    until: date,
    now: datetime,
) -> bool:
    """False where the unit was reminded before."""
    key = f"declarations:{registration.pk}:{training.pk}"
    if Message.objects.filter(key=key).exists():
        return False
    lang = lang_of(registration)
    names = {one: ", ".join(each.name.of(lang) for each in missing(one)) for one in people}
    told = {
        "training": training.title,
        "missing": "\n".join(f"{full_name(one)}: {said}" for one, said in names.items()),
        "deadline": day_in_words(until, lang),
    }
    with case(registration) as held:
        about, after = f"registration:{held.pk}", {"training": training.pk, "people": len(people)}
        audit.record(SYSTEM, MAILED, about, after=after, edition=held.edition_id)
        write("declarations-reminder", held, key=key, now=now, told=told)
    return True

"""Accepting a form: the moment in which a unit gets its arrival number, and its place or none."""

from collections.abc import Sequence
from datetime import datetime

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Organisation
from smup.language import Lang
from smup.present.places import title
from smup.territory import Unit
from smup.training.actions.admitting import decide
from smup.training.actions.drafting import DraftGone, digest, find
from smup.training.actions.judging import alike, circumstances, digits, judged
from smup.training.actions.letters import of_people, subject
from smup.training.actions.locking import alone
from smup.training.actions.programme import arrive
from smup.training.actions.stepping import TABLE, notify
from smup.training.models import Draft, Edition, Participant, Registration, Stage
from smup.training.moments import today
from smup.training.register import powiat_of, unit_of
from smup.training.rules.form import Form
from smup.training.rules.kinds import request
from smup.training.rules.refusal import Refused
from smup.training.rules.routing import organiser_for
from smup.training.rules.workflow import START


def submit(
    secret: str,
    form: Form,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    draft: Draft | None = None,
) -> Registration:
    """Accept the form of a draft; ``now`` is when the request came. ``draft`` is that of the secret
    where the caller has just read it.

    However often it is called with a secret, and wherever an earlier call broke off, there is one
    registration. Whoever asked before the end of a stage is in time, also if the others in front
    take until after it; among those in time the order is that of the numbers.

    Raises Refused with everything that is wrong, drafting.DraftGone.
    """
    key = digest(secret)
    try:
        edition = (draft or find(secret, now)).edition
    except DraftGone as gone:
        try:
            return _of(key)
        except Registration.DoesNotExist:
            raise gone from None
    unit = unit_of(form.unit, today(now))
    stage = _check(form, unit, edition, alike(edition, form, unit, key), now)
    assert unit is not None  # the rules refuse a form without one
    organiser = Organisation.objects.get(pk=organiser_for(unit.kind, edition.rules))
    with alone(edition.pk) as stage.edition:
        # All else stays as it was checked: a stage that is open stays open until its end.
        if others := alike(stage.edition, form, unit, key):
            if key in (one.draft_key for one in others):
                return _of(key)
            _check(form, unit, stage.edition, others, now)
        return _accept(key, form, unit, organiser, stage, lang, actor, now)


def _of(key: str) -> Registration:
    """The registration that came of a form. Raises Registration.DoesNotExist."""
    whole = Registration.objects.select_related("edition", "stage", "organiser")
    found: Registration = whole.get(draft_key=key)
    return found


def _check(
    form: Form, unit: Unit | None, edition: Edition, others: Sequence[Registration], now: datetime
) -> Stage:
    """The stage the form is for. Raises Refused."""
    around = circumstances(edition, form, unit, now, others)
    refusals = judged(edition, form, unit, now, around)
    if refusals or around.meant is None:
        raise Refused(*refusals)
    return around.meant


def _accept(
    key: str,
    form: Form,
    unit: Unit,
    organiser: Organisation,
    stage: Stage,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Registration:
    """Number, place or reserve list, record, letter: all of it or nothing."""
    edition = stage.edition
    admission = decide(stage, request(form.participants), edition.rules)
    number, arrived = arrive(edition, now)
    status = "qualified" if admission.qualified else "reserve"
    transition = TABLE.may(START, "submit", status)
    registration = Registration(
        edition=edition,
        stage=stage,
        number=number,
        arrived_at=arrived,
        status=status,
        status_since=now,
        draft_key=key,
        lang=lang,
        organiser=organiser,
        **_of_unit(unit),
        **_of_form(form, edition),
    )
    registration.save(force_insert=True)
    people = Participant.objects.bulk_create(_people(form, registration))
    Draft.objects.filter(key=key).delete()
    event = audit.record(
        actor,
        transition.verb,
        subject(registration),
        after={
            "unit": unit.code,
            "number": number,
            "stage": stage.number,
            "status": status,
            "short": [str(queue) for queue in admission.short],
            "participants": audit.PRIVATE,
        },
        edition=edition.pk,
    )
    told = {"position": str(admission.position)} if admission.position else {}
    told |= of_people(people, lang)
    notify(transition, registration, event, now=now, told=told)
    return registration


def _of_unit(unit: Unit) -> dict[str, object]:
    return {
        "unit": unit.code,
        "unit_kind": unit.kind.value,
        "unit_name": title(unit),
        "powiat": powiat_of(unit),
    }


def _of_form(form: Form, edition: Edition) -> dict[str, object]:
    return {
        "nip": digits(form.nip),
        "office_name": form.office_name.strip(),
        "office_address": form.office_address.strip(),
        "headcount": form.headcount,
        "contact_name": form.contact_name.strip(),
        "contact_phone": form.contact_phone.strip(),
        "contact_email": form.contact_email.strip().lower(),
        "rules_version": edition.rules.documents.rules,
    }


def _people(form: Form, registration: Registration) -> list[Participant]:
    return [
        Participant(
            registration=registration,
            order=order,
            name=one.name.strip(),
            surname=one.surname.strip(),
            kind=one.kind,
            area=one.area,
            sex=one.sex if registration.edition.rules.ask_sex else "",
        )
        for order, one in enumerate(form.participants, start=1)
    ]

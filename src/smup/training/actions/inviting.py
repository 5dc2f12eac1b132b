"""Letters that invite offices to register, in waves by kind of unit (rule 14)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Organisation
from smup.language.dates import moment_in_words
from smup.mailing.outbox import put
from smup.present.places import title
from smup.training import addresses
from smup.training.actions.letters import STAGE, of_organiser
from smup.training.actions.locking import alone
from smup.training.actions.programme import meant
from smup.training.models import Edition, Invitation, Stage, Wave
from smup.training.moments import today
from smup.training.naming import area_name
from smup.training.register import unit_of
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.typed import check_email, check_text
from smup.training.rules.workflow import START, workflow

TABLE = workflow("invitation")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Made:
    """A wave, and the units (codes) left out of it, by reason."""

    wave: Wave
    other_kind: tuple[str, ...]
    pilot: tuple[str, ...]
    registered: tuple[str, ...]


def create_wave(
    edition: Edition,
    organiser: Organisation,
    name: str,
    kinds: Collection[str],
    emails: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> Made:
    """Prepare letters to the offices of units (code -> e-mail), of these kinds alone.

    Units of the pilot and those that have registered are left out. Raises Refused.
    """
    _check_wave(name, kinds, emails)
    with alone(edition.pk) as locked:
        here = {code: unit_of(code, today(now)) for code in emails}
        fitting = {code for code, unit in here.items() if unit and unit.kind.value in kinds}
        pilot = set(locked.pilot_units.filter(unit__in=fitting).values_list("unit", flat=True))
        known = set(locked.registrations.filter(unit__in=fitting).values_list("unit", flat=True))
        invited = sorted(fitting - pilot - known)
        if not invited:
            raise Refused(Refusal(14, "wave_empty", "emails"))
        wave: Wave = Wave.objects.create(
            edition=locked,
            organiser=organiser,
            name=name.strip(),
            kinds=sorted(kinds),
            created_at=now,
        )
        Invitation.objects.bulk_create(
            Invitation(wave=wave, unit=code, email=emails[code].strip().lower()) for code in invited
        )
        _note(wave, "prepare", START, len(invited), actor)
    others = tuple(sorted(set(emails) - fitting))
    return Made(wave, others, tuple(sorted(pilot)), tuple(sorted(known - pilot)))


def send(wave: Wave, *, actor: Actor, now: datetime) -> int:
    """Write to all offices of the wave that were not written to; how many letters.

    Raises Refused while there is no stage that takes new forms.
    """
    with alone(wave.edition_id) as edition:
        stage, held = _stage(edition, now), _held(wave)
        done = 0
        for one in held.invitations.filter(sent_at=None).exclude(email="").order_by("pk"):
            told = {"period": _period(stage), "areas": _areas(stage)}
            _write("send", one, held, stage, told, now)
            Invitation.objects.filter(pk=one.pk).update(sent_at=now)
            done += 1
        if done:
            Wave.objects.filter(pk=held.pk).update(sent_at=held.sent_at or now)
            _note(held, "send", "prepared", done, actor)
        return done


def remind(wave: Wave, *, actor: Actor, now: datetime) -> int:
    """Write once more to those who were invited and have not registered; how many letters."""
    with alone(wave.edition_id) as edition:
        stage, held = _stage(edition, now), _held(wave)
        done = 0
        for one in silent(held).filter(reminded_at=None).exclude(email="").order_by("pk"):
            told = {"deadline": moment_in_words(stage.closes, "pl")}
            _write("remind", one, held, stage, told, now)
            Invitation.objects.filter(pk=one.pk).update(reminded_at=now)
            done += 1
        if done:
            Wave.objects.filter(pk=held.pk).update(reminded_at=held.reminded_at or now)
            _note(held, "remind", "sent", done, actor)
        return done


def silent(wave: Wave) -> QuerySet[Invitation]:
    """Invitations sent to units that have not registered."""
    came = wave.edition.registrations.values("unit")
    return wave.invitations.exclude(sent_at=None).exclude(unit__in=came)


def _check_wave(name: str, kinds: Collection[str], emails: Mapping[str, str]) -> None:
    found = [
        check_text(name, "name", _LONGEST_NAME, "wave_name_missing"),
        None if kinds else Refusal(14, "wave_kinds_missing", "kinds"),
        None if emails else Refusal(14, "wave_empty", "emails"),
        next((bad for one in emails.values() if (bad := check_email(one, "emails"))), None),
    ]
    if refusals := [one for one in found if one is not None]:
        raise Refused(*refusals)


def _stage(edition: Edition, now: datetime) -> Stage:
    """The stage an office is invited to."""
    stage = meant(edition, now)
    if stage is None or stage.closes <= now or stage.only_reserve:
        raise Refused(Refusal(14, "wave_no_stage", "stage"))
    return stage


def _held(wave: Wave) -> Wave:
    found: Wave = Wave.objects.select_related("organiser", "edition").get(pk=wave.pk)
    return found


def _write(
    action: str,
    one: Invitation,
    wave: Wave,
    stage: Stage,
    told: Mapping[str, str],
    now: datetime,
) -> None:
    way = TABLE.may("prepared" if action == "send" else "sent", action)
    assert way.letter is not None
    unit = unit_of(one.unit, today(now))
    fields = {
        "unit": title(unit) if unit else one.unit,
        "stage": STAGE.pl.format(number=stage.number),
        "link": addresses.page("", "pl"),
        **told,
    }
    put(
        way.letter,
        one.email,
        "pl",
        of_organiser(wave.edition.rules, wave.organiser, "pl") | fields,
        key=f"invitation:{one.pk}:{action}",
        about=f"invitation:{one.pk}",
        now=now,
    )


def _period(stage: Stage) -> str:
    return f"{moment_in_words(stage.opens, 'pl')} – {moment_in_words(stage.closes, 'pl')}"


def _areas(stage: Stage) -> str:
    return ", ".join(area_name(area, "pl") for area in stage.areas)


def _note(wave: Wave, action: str, status: str, letters: int, actor: Actor) -> None:
    """One entry for the whole wave; each letter stands in the outbox."""
    verb = TABLE.may(status, action).verb
    after = {"name": wave.name, "letters": letters}
    audit.record(actor, verb, f"wave:{wave.pk}", after=after, edition=wave.edition_id)

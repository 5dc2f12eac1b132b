"""Editions: begun, changed, published, ended; their organisers and pilot list."""

import re
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Organisation
from smup.training.actions.advancing import advance, may, note
from smup.training.actions.locking import alone
from smup.training.actions.stage_plans import StagePlan, change_stage, create_stage, set_capacity
from smup.training.actions.stepping import check_reason
from smup.training.models import Edition, PilotUnit
from smup.training.rules.changing import Used, check_change
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.settings import EditionSettings, parse

__all__ = [
    "StagePlan",
    "change_organiser",
    "change_settings",
    "change_stage",
    "create_edition",
    "create_stage",
    "end",
    "load_pilot_list",
    "publish",
    "set_capacity",
]

PILOT, ORGANISER = "training.pilot.changed", "training.organiser.changed"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 20
_OF_ORGANISER = ("email", "phone", "address", "contact_pl", "contact_en")


def create_edition(slug: str, settings: str, *, actor: Actor, now: datetime) -> Edition:
    """A draft that nobody sees yet, with the organisers its settings name.

    Raises Refused for its short name, SettingsError for its settings (YAML).
    """
    read = parse(settings)
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        raise Refused(Refusal(0, "slug_invalid", "slug"))
    with transaction.atomic():
        if Edition.objects.filter(slug=slug).exists():
            raise Refused(Refusal(0, "slug_taken", "slug"))
        edition = Edition(slug=slug, settings=settings)
        way = may(edition, "draft")
        edition.state = way.to
        edition.save(force_insert=True)
        _have_organisers(read)
        after = {"slug": slug, "settings": settings}
        note(edition, way, actor=actor, edition=edition.pk, after=after)
    return edition


def change_settings(
    edition: Edition, settings: str, *, why: str, actor: Actor, now: datetime
) -> Edition:
    """Put these settings (YAML) in place of the present ones.

    Raises SettingsError, and Refused for what registrations or stages already rest on.
    """
    read = parse(settings)
    with alone(edition.pk) as locked:
        if locked.settings == settings:
            return locked
        way = may(locked, "change_settings")
        check_reason(way, why)
        if refusals := check_change(locked.rules, read, _used(locked)):
            raise Refused(*refusals)
        before, locked.settings = locked.settings, settings
        locked.save(update_fields=("settings",))
        _have_organisers(read)
        was, becomes = {"settings": before}, {"settings": settings}
        note(locked, way, actor=actor, edition=locked.pk, before=was, after=becomes, why=why)
        return locked


def publish(edition: Edition, *, actor: Actor, now: datetime) -> Edition:
    """Show the edition to everybody; its stages can then be announced."""
    return _go_on(edition, "publish", actor)


def end(edition: Edition, on: date, *, actor: Actor, now: datetime) -> Edition:
    """The programme ended ``on`` this day: from then its personal data are kept for so long."""
    return _go_on(edition, "end", actor, ended_on=on)


def load_pilot_list(
    edition: Edition, units: Collection[str], *, why: str = "", actor: Actor, now: datetime
) -> int:
    """Let exactly these units (codes) be the public list of those that took part in the pilot.

    How many there are. Raises Refused for one that has registered: its case is decided first.
    """
    wanted = set(units)
    with alone(edition.pk) as locked:
        had = set(locked.pilot_units.values_list("unit", flat=True))
        registered = locked.registrations.filter(unit__in=wanted - had).order_by("unit_name")
        if registered:
            raise Refused(
                *(
                    Refusal(1, "pilot_registered", "units", {"unit": one.unit_name})
                    for one in registered
                )
            )
        if wanted == had:
            return len(had)
        locked.pilot_units.filter(unit__in=had - wanted).delete()
        PilotUnit.objects.bulk_create(
            PilotUnit(edition=locked, unit=code) for code in sorted(wanted - had)
        )
        changed = {"added": sorted(wanted - had), "removed": sorted(had - wanted)}
        about = f"edition:{locked.pk}"
        audit.record(actor, PILOT, about, after=changed, why=why.strip(), edition=locked.pk)
    return len(wanted)


def change_organiser(
    organiser: Organisation, values: dict[str, str], *, actor: Actor, now: datetime
) -> Organisation:
    """Contact page of an organiser: ``email``, ``phone``, ``address``, ``contact_pl`` and
    ``contact_en``. Raises KeyError when one is missing."""
    with transaction.atomic():
        locked: Organisation = Organisation.objects.select_for_update().get(pk=organiser.pk)
        before = {name: getattr(locked, name) for name in _OF_ORGANISER}
        after = {name: values[name].strip() for name in _OF_ORGANISER}
        if before != after:
            for name, value in after.items():
                setattr(locked, name, value)
            locked.save(update_fields=_OF_ORGANISER)
            audit.record(actor, ORGANISER, f"organisation:{locked.pk}", before=before, after=after)
    return locked


def _go_on(edition: Edition, action: str, actor: Actor, **values: date) -> Edition:
    with alone(edition.pk) as locked:
        advance(locked, action, actor=actor, edition=locked.pk, changes=values)
        return locked


def _used(edition: Edition) -> Used:
    stages = edition.stages.exclude(state="planned").values_list("areas", flat=True)
    holders = edition.registrations.values_list("organiser", flat=True)
    trainings = edition.trainings.values_list("organiser", flat=True)
    return Used(
        registrations=edition.registrations.count(),
        areas=frozenset(area for areas in stages for area in areas),
        organisers=frozenset(holders) | frozenset(trainings),
    )


def _have_organisers(settings: EditionSettings) -> None:
    """A row for each organiser; contact pages of those that are there stay."""
    for name, one in settings.organisers.items():
        named = {"name": one.name, "short": one.short}
        Organisation.objects.update_or_create(id=name, defaults=named)

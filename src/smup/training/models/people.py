"""Registrations of units and the people they send."""

from django.db import models
from django.db.models import Q

from smup.accounts.models import Organisation
from smup.training.models.programme import Edition, Stage


class Registration(models.Model):
    """The one case of a unit in an edition.

    ``number`` is the arrival number, given under the lock of the edition; reopening gives a new
    one. It orders every list: queue, reserve and the next stage alike. What holds a place and what
    waits for one is said by ``status`` (rules/workflow/registration.yaml); the request itself is
    counted from the participants.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="registrations")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="registrations")
    number = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()  # of the number above
    status = models.CharField(max_length=24)
    status_since = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)  # of the step the unit has to take
    reason = models.TextField(blank=True)  # of the last decision that needed one
    rule = models.CharField(max_length=40, blank=True)  # of a refusal
    fault = models.BooleanField(null=True, blank=True)  # was the agreement unsigned through it?

    unit = models.CharField(max_length=6)  # stable code of the territory register
    unit_kind = models.CharField(max_length=30)
    unit_name = models.CharField(max_length=120)
    powiat = models.CharField(max_length=120)  # from the register, as the form shows it
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations")
    nip = models.CharField(max_length=10)
    office_name = models.CharField(max_length=200)
    office_address = models.CharField(max_length=300)
    headcount = models.PositiveIntegerField()
    contact_name = models.CharField(max_length=120)
    contact_phone = models.CharField(max_length=30)
    contact_email = models.EmailField()
    lang = models.CharField(max_length=2, default="pl")
    rules_version = models.CharField(max_length=40)  # accepted by sending

    area_answer = models.CharField(max_length=10, blank=True)  # wait | online, below five units
    draft_key = models.CharField(max_length=64, unique=True)  # of the form: sent twice, kept once
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("edition", "number")
        constraints = (
            models.UniqueConstraint(fields=("edition", "unit"), name="registration_once"),
            models.UniqueConstraint(fields=("edition", "number"), name="arrival_once"),
        )
        indexes = (models.Index(fields=("stage", "status", "number"), name="queue_order"),)


class Participant(models.Model):
    """A person a unit sends. A replaced one stays, without a place, and points to nobody."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="participants")
    order = models.PositiveSmallIntegerField()  # as typed, from 1
    name = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    area = models.CharField(max_length=60)
    email = models.EmailField(blank=True)  # comes with the declarations
    sex = models.CharField(max_length=1, blank=True)  # only where the edition asks for it
    state = models.CharField(max_length=20, default="active")  # active | replaced | resigned
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ("registration", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("registration", "order"),
                condition=Q(state="active"),
                name="participant_once",
            ),
        )


class Consent(models.Model):
    """An organiser's consent that a unit sends more people than its headcount gives (rule 6)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="consents")
    unit = models.CharField(max_length=6)
    persons = models.PositiveSmallIntegerField()  # at most
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("edition", "unit"), name="consent_once"),)


class FormalCheck(models.Model):
    """One of the three recorded results: in_time, number, agreement."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="checks")
    what = models.CharField(max_length=12)
    passed = models.BooleanField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("registration", "what"), name="check_once"),)


class Draft(models.Model):
    """A form somebody is filling in, under a key only they know (its digest is kept).

    The key is also what makes sending safe to repeat: it becomes ``Registration.draft_key``.
    """

    key = models.CharField(max_length=64, unique=True)  # sha256 of the secret, in hex
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="drafts")
    data = models.JSONField(default=dict)  # what was typed, as typed
    step = models.PositiveSmallIntegerField(default=1)
    lang = models.CharField(max_length=2, default="pl")
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

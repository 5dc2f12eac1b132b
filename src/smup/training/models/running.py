"""Trainings: dates, people, attendance and what follows."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from smup.accounts.models import Organisation
from smup.training.models.paperwork import Document
from smup.training.models.people import Participant
from smup.training.models.programme import Edition


class Training(models.Model):
    """A group: online for one day, or an exchange group that meets several times in person."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="trainings")
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=10)
    area = models.CharField(max_length=60)
    quarter = models.CharField(max_length=7)  # "2022-Q1"
    title = models.CharField(max_length=200)
    capacity = models.PositiveIntegerField()
    listener_places = models.PositiveIntegerField(default=0)  # beyond capacity; 0: none may listen
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField(blank=True)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="trainings"
    )
    state = models.CharField(max_length=20, default="planned")  # rules/workflow/training.yaml
    revision = models.PositiveIntegerField(default=0)  # SEQUENCE of the calendar file

    class Meta:
        ordering = ("edition", "id")


class Meeting(models.Model):
    """One day of a training."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="meetings")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        ordering = ("training", "starts")


class Enrolment(models.Model):
    """A participant in a training."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=20, default="enrolled")  # enrolled | moved | resigned
    survey_given = models.BooleanField(default=False)  # that, not what: surveys are anonymous

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("training", "participant"),
                condition=Q(state="enrolled"),
                name="enrolment_once",
            ),
        )


class FreeListener(models.Model):
    """Somebody beyond the programme who listens: counted in no queue and in no account of it."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="free_listeners")
    name = models.CharField(max_length=160)
    email = models.EmailField()
    unit = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("training", "email"), name="listener_once"),)


class Attendance(models.Model):
    """Was this person there on this day?"""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendance")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    present = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "meeting"), name="attendance_once"),
        )


class Material(models.Model):
    """A file for those who take part; without a training for all of the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="materials")
    training = models.ForeignKey(
        Training, models.CASCADE, null=True, blank=True, related_name="materials"
    )
    title = models.CharField(max_length=200)
    document = models.ForeignKey(Document, models.PROTECT)
    public = models.BooleanField(default=False)


class TestResult(models.Model):
    """Points of the test before or after a training."""

    __test__ = False  # no test of pytest

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="test_results")
    moment = models.CharField(max_length=4)  # pre | post
    answers = models.JSONField()
    points = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enrolment", "moment"), name="test_once"),)


class SurveyAnswer(models.Model):
    """One filled survey; nobody knows whose: no time, and an id without an order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    training = models.ForeignKey(Training, models.CASCADE, related_name="survey_answers")
    answers = models.JSONField()


class Certificate(models.Model):
    """Numbered; ``code`` lets anybody check it without learning more than it says."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=26, unique=True)
    issued_on = models.DateField()
    document = models.ForeignKey(Document, models.PROTECT)
    withdrawn_reason = models.TextField(blank=True)

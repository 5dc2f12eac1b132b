"""Reaching units: invitations in waves, and what they ask."""

from django.db import models

from smup.accounts.models import Organisation
from smup.training.models.people import Registration
from smup.training.models.programme import Edition


class Wave(models.Model):
    """Letters to offices of some kinds of units."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="waves")
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="waves")
    name = models.CharField(max_length=120)
    kinds = models.JSONField(default=list)  # territory.Kind
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)


class Invitation(models.Model):
    """A letter to one office. Registered or silent is seen from the registrations, not stored."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    unit = models.CharField(max_length=6)
    email = models.EmailField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("wave", "unit"), name="invitation_once"),)


class Question(models.Model):
    """A question sent to an organiser becomes a case."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="questions")
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    lang = models.CharField(max_length=2, default="pl")
    text = models.TextField()
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="new")  # rules/workflow/question.yaml
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

"""Papers between a unit and an organiser."""

from django.db import models

from smup.training.models.people import Participant, Registration


class Document(models.Model):
    """A kept file (``accounts.files``) and what it is."""

    # agreement | agreement_signed | declaration | attendance_list | certificate | material | public
    kind = models.CharField(max_length=20)
    registration = models.ForeignKey(
        Registration, models.CASCADE, null=True, blank=True, related_name="documents"
    )
    name = models.CharField(max_length=120)  # under which it is saved
    media = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    version = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)


class Agreement(models.Model):
    """An agreement sent to a unit. A new deadline changes ``deadline``; a new case is a new row."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="agreements")
    number = models.CharField(max_length=40, unique=True)
    versions = models.JSONField(default=dict)  # of the agreement and its annexes
    status = models.CharField(max_length=20)  # rules/workflow/agreement.yaml
    sent_at = models.DateTimeField()
    deadline = models.DateField()
    returned_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    signed = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")


class Declaration(models.Model):
    """One of the three declarations of a participant."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="declarations")
    kind = models.CharField(max_length=40)  # ids of the edition's settings
    version = models.CharField(max_length=40)
    delivered_at = models.DateTimeField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True)
    by = models.CharField(max_length=120)  # who gave it or noted it

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("participant", "kind"), name="declaration_once"),
        )

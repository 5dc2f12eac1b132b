"""An edition of the programme: its settings, stages of recruitment and their places."""

from django.db import models
from django.db.models import F, Q

from smup.training.rules.settings import EditionSettings, parse


class Edition(models.Model):
    """One programme from its announcement to the end of its accounts.

    ``settings`` is the YAML that ``rules.settings`` parses: what was decided stays readable as it
    was written. Whoever takes a place locks this row first. Nothing that a rush of forms changes is
    kept in it: PostgreSQL queues those who wait for a row only as long as the row stays the same.
    """

    slug = models.SlugField(max_length=20, unique=True)
    settings = models.TextField()
    state = models.CharField(max_length=20, default="draft")  # rules/workflow/edition.yaml
    last_agreement = models.PositiveIntegerField(default=0)
    last_certificate = models.PositiveIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)  # retention counts from here

    @property
    def rules(self) -> EditionSettings:
        return parse(self.settings)

    def __str__(self) -> str:
        return str(self.slug)


class Stage(models.Model):
    """A stage of recruitment: open from ``opens`` to its announced end ``closes``, exclusive."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="stages")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default="planned")  # rules/workflow/stage.yaml
    announced_at = models.DateTimeField(null=True, blank=True)
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    quarters = models.JSONField(default=list)  # ["2022-Q1", …]
    areas = models.JSONField(default=list)  # ids of catalogue/areas.yaml on offer
    only_reserve = models.BooleanField(default=False)

    class Meta:
        ordering = ("edition", "number")
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="stage_number"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="stage_lasts"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.number}"


class Capacity(models.Model):
    """Places in persons of a stage: by kind and, in person, by area ("" online)."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="capacities")
    kind = models.CharField(max_length=10)  # rules.kinds.Kind
    area = models.CharField(max_length=60, blank=True)
    persons = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("stage", "kind", "area"), name="capacity_once"),
        )


class PilotUnit(models.Model):
    """A unit that took part in the pilot, so that it cannot register; the list is public."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="pilot_units")
    unit = models.CharField(max_length=6)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("edition", "unit"), name="pilot_once"),)

"""The edition and the stage that public pages and the form speak of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from smup.training.models import Edition, Stage
from smup.training.rules.settings import EditionSettings


@dataclass(frozen=True)
class Recruitment:
    """An edition with its announced stages in their order, at one moment."""

    edition: Edition
    rules: EditionSettings
    stages: tuple[Stage, ...]
    now: datetime

    @property
    def open_stage(self) -> Stage | None:
        return next((one for one in self.stages if one.opens <= self.now < one.closes), None)

    @property
    def next_stage(self) -> Stage | None:
        """The first that has yet to open."""
        return next((one for one in self.stages if self.now < one.opens), None)

    @property
    def stage(self) -> Stage | None:
        """The one a form is for: open, else to open next, else the last that was."""
        return self.open_stage or self.next_stage or (self.stages[-1] if self.stages else None)

    @property
    def takes_forms(self) -> bool:
        """May a new unit send its form now?"""
        stage = self.open_stage
        return stage is not None and not stage.only_reserve


def recruitment(now: datetime | None = None) -> Recruitment | None:
    """The newest edition that was made public; None where there is none. Two queries."""
    edition = Edition.objects.exclude(state="draft").order_by("-id").first()
    if edition is None:
        return None
    stages = tuple(edition.stages.exclude(state="planned").order_by("number"))
    return Recruitment(edition, edition.rules, stages, now or timezone.now())

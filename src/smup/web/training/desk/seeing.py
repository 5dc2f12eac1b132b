"""What a member of staff sees: the edition looked at and the rows of the own organisation."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from smup.accounts.models import Organisation, Person
from smup.accounts.roles import may, reach
from smup.training.models import Edition, Question, Registration, Stage, Training

READ, DECIDE, AGREE = "training.read", "training.decide", "training.agreements"
SCHEDULE, ATTEND, ANSWER = "training.schedule", "training.attendance", "training.questions"


@dataclass(frozen=True)
class Sight:
    """One person looking at one edition."""

    person: Person
    edition: Edition

    def may(self, permission: str, organisation: str | None = None) -> bool:
        """May the person do that there, or anywhere at all?"""
        return may(self.person, permission, organisation)

    def registrations(self, permission: str = READ) -> QuerySet[Registration]:
        """Cases of the edition for which the person has the permission."""
        found = Registration.objects.filter(edition=self.edition)
        return found.filter(self._reached(permission))

    def questions(self) -> QuerySet[Question]:
        found = Question.objects.filter(edition=self.edition)
        return found.filter(self._reached(ANSWER) | self._reached(READ))

    def trainings(self) -> QuerySet[Training]:
        """Those of the own organisation; a trainer sees the own ones alone."""
        whose = self._reached(READ)
        if reach(self.person, ATTEND):
            whose |= Q(trainer=self.person)
        return Training.objects.filter(whose, edition=self.edition)

    def organisers(self) -> QuerySet[Organisation]:
        """Organisations whose cases the person sees."""
        where = reach(self.person, READ)
        every = Organisation.objects.all()
        return every if where.everywhere else every.filter(pk__in=where.organisations)

    def stages(self) -> QuerySet[Stage]:
        return Stage.objects.filter(edition=self.edition)

    def _reached(self, permission: str) -> Q:
        where = reach(self.person, permission)
        everything = Q(pk__isnull=False)  # an empty Q would vanish beside another condition
        return everything if where.everywhere else Q(organiser__in=where.organisations)


def sight_of(request: HttpRequest, person: Person) -> Sight | None:
    """The edition asked for by ``?edycja=``, or the newest; None where there is none yet."""
    asked = request.GET.get("edycja", "")
    editions = Edition.objects.order_by("-id")
    found = editions.filter(slug=asked).first() if asked else None
    edition = found or editions.first()
    return Sight(person, edition) if edition else None

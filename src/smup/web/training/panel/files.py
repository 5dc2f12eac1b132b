"""Files of a registration: only those that belong to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from smup.language import Lang
from smup.training.actions import declaring
from smup.training.actions.calling import calendar
from smup.training.calendars import MEDIA
from smup.training.models import Document, Enrolment, Registration
from smup.web.training.kept import kept_file, saved
from smup.web.training.panel.entering import of_contact
from smup.web.training.panel.showing import PAPERS, materials_of

PDF = "application/pdf"


@of_contact
def document(request: HttpRequest, lang: Lang, case: Registration, number: int) -> HttpResponse:
    """An agreement, a signed copy, a declaration or a certificate."""
    found = Document.objects.filter(registration=case, kind__in=PAPERS, pk=number).first()
    return kept_file(found)


@of_contact
def material(request: HttpRequest, lang: Lang, case: Registration, number: int) -> HttpResponse:
    """A file for those who take part."""
    found = next((one for one in materials_of(case) if one.pk == number), None)
    return kept_file(found.document if found else None)


@of_contact
def declarations(request: HttpRequest, lang: Lang, case: Registration, number: int) -> HttpResponse:
    """The declarations of a participant, filled in and ready to be signed."""
    found = case.participants.filter(pk=number, state="active").first()
    if found is None:
        raise Http404
    found.registration = case
    return saved(declaring.paper(found, now=timezone.now()), PDF, f"oswiadczenia-{number}.pdf")


@of_contact
def calendar_file(
    request: HttpRequest, lang: Lang, case: Registration, number: int
) -> HttpResponse:
    """A training of one of the people, for a calendar program."""
    seats = Enrolment.objects.filter(participant__registration=case, state="enrolled")
    seat = seats.filter(training=number).select_related("training").first()
    if seat is None:
        raise Http404
    return saved(calendar(seat.training, now=timezone.now()), MEDIA, f"szkolenie-{number}.ics")

"""Addresses of these pages, in Polish and below ``/en/``."""

from django.urls import URLPattern, path

from smup.web.portal.errors import View, guarded
from smup.web.training.setup import (
    contents,
    editions,
    invitations,
    pilot,
    reports,
    settings,
    stages,
)

_ROOT = "szkolenia/ustawienia"
_SETUP: dict[str, tuple[View, str]] = {
    "": (editions.editions, "training_setup"),
    "/edycja/nowa": (editions.new, "training_edition_new"),
    "/edycja/<int:key>": (editions.edition, "training_edition"),
    "/edycja/<int:key>/krok/<str:action>": (editions.step, "training_edition_step"),
    "/edycja/<int:key>/liczby": (settings.numbers, "training_numbers"),
    "/edycja/<int:key>/zasady": (settings.whole, "training_settings"),
    "/edycja/<int:key>/pilotaz": (pilot.pilot, "training_pilot"),
    "/edycja/<int:key>/dokumenty": (contents.documents, "training_documents"),
    "/dokument/<int:key>/usun": (contents.remove_document, "training_document_remove"),
    "/edycja/<int:key>/etap": (stages.new, "training_stage_new"),
    "/etap/<int:key>": (stages.stage, "training_stage"),
    "/etap/<int:key>/krok/<str:action>": (stages.step, "training_stage_step"),
    "/organizator/<slug:name>": (contents.organiser, "training_organiser_setup"),
}
_BESIDE: dict[str, tuple[View, str]] = {
    "szkolenia/zaproszenia": (invitations.waves, "training_invitations"),
    "szkolenia/zaproszenia/nowe": (invitations.new, "training_wave_new"),
    "szkolenia/zaproszenia/<int:key>": (invitations.wave, "training_wave"),
    "szkolenia/zaproszenia/<int:key>/krok/<str:action>": (invitations.step, "training_wave_step"),
    "szkolenia/sprawozdania": (reports.reports, "training_reports"),
    "szkolenia/sprawozdania/<str:name>.<str:form>": (reports.file, "training_report_file"),
}


def _page(address: str, view: View, name: str) -> URLPattern:
    return path(address, guarded(view, "POST"), name=name)


urlpatterns = [
    *(_page(f"{_ROOT}{address}", *told) for address, told in _SETUP.items()),
    *(_page(address, *told) for address, told in _BESIDE.items()),
]

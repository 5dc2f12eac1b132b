"""Addresses of the organisers' desk, below ``/szkolenia/biuro`` and ``/en/szkolenia/biuro``."""

from django.urls import URLPattern, path

from smup.web.portal.errors import View, guarded
from smup.web.training.desk import (
    after,
    area_letters,
    attendance,
    bulk,
    case,
    cases,
    cases_file,
    consents,
    enrolment,
    papers,
    planning,
    questions,
    start,
    training,
    trainings,
)

_ROOT = "szkolenia/biuro"
_READ: dict[str, View] = {
    "": start.start,
    "/zgloszenia": cases.cases,
    "/zgloszenie/<int:key>": case.case,
    "/dokument/<int:key>": papers.document,
    "/etap/<int:number>/obszary": area_letters.areas,
    "/zgody": consents.consents,
    "/szkolenia": trainings.trainings,
    "/szkolenia/nowe": planning.create,
    "/szkolenie/<int:key>": training.training,
    "/szkolenie/<int:key>/zmiana": planning.change,
    "/szkolenie/<int:key>/osoby": enrolment.people,
    "/szkolenie/<int:key>/obecnosc": attendance.attendance,
    "/szkolenie/<int:key>/lista-obecnosci.pdf": attendance.attendance_list,
    "/szkolenie/<int:key>/certyfikaty": after.certificates,
    "/szkolenie/<int:key>/materialy": after.materials,
    "/pytania": questions.questions,
    "/pytanie/<int:key>": questions.question,
}
_WRITE: dict[str, View] = {
    "/zgloszenia/zbiorczo": bulk.bulk,
    "/zgloszenie/<int:key>/krok/<str:step>": case.decide,
    "/zgloszenie/<int:key>/sprawdzenie/<str:what>": case.check,
    "/zgloszenie/<int:key>/osoba/<int:person>/oswiadczenie": case.declaration,
    "/zgloszenie/<int:key>/osoba/<int:person>/zastepstwo": case.replacement,
    "/szkolenie/<int:key>/krok/<str:step>": training.decide,
    "/szkolenie/<int:key>/osoby/<int:enrolment>/wypisz": enrolment.resign,
    "/szkolenie/<int:key>/certyfikaty/<int:certificate>/wycofaj": after.withdraw_certificate,
    "/szkolenie/<int:key>/sluchacz/<int:listener>/usun": after.forget_listener,
    "/pytanie/<int:key>/krok/<str:step>": questions.decide,
}


_NAMES = {  # by which the menu and the record of writes find pages
    "": "training_desk",
    "/zgloszenie/<int:key>": "training_case",
    "/szkolenie/<int:key>": "training_training",
}


def _page(address: str, view: View) -> URLPattern:
    return path(f"{_ROOT}{address}", guarded(view, "POST"), name=_NAMES.get(address))


urlpatterns = [
    *(_page(address, view) for address, view in (_READ | _WRITE).items()),
    *(
        path(f"{_ROOT}/zgloszenia.{form}", guarded(cases_file.file), {"form": form})
        for form in ("csv", "xlsx")
    ),
]

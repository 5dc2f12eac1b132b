"""The 13 paths. Each reads its parameters, asks for the records and pages them."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from smup.catalogue import Area, Service
from smup.formats.extract import Extract
from smup.formats.gus import ids, records
from smup.formats.gus.data import data_rows
from smup.store.releases import Release
from smup.web.gus.answering import PAGING, card, lang_of, listed
from smup.web.open.parameters import only, required, the_unit, whole_number
from smup.web.open.problems import Problem, face
from smup.web.open.releasing import current

_DATE = re.compile(r"(\d{4})1231", re.ASCII)


@face()
@only(*PAGING)
def areas_list(request: HttpRequest) -> HttpResponse:
    release, lang = _numbered(request), lang_of(request)
    areas = release.catalogue.areas.values()
    return listed(
        request, release, [records.area_record(release.catalogue, a, lang) for a in areas]
    )


@face()
@only("id", "lang")
def area_flashcard(request: HttpRequest) -> HttpResponse:
    release = _numbered(request)
    area = _area(release, _id(request))
    return card(release, records.area_card(release.catalogue, area, lang_of(request)))


@face()
@only("id", *PAGING)
def public_services(request: HttpRequest) -> HttpResponse:
    """Services of an area; all where none is named."""
    release, lang = _numbered(request), lang_of(request)
    catalogue = release.catalogue
    area = _area(release, _id(request)) if request.GET.get("id") else None
    services = catalogue.services_of(area.id) if area else catalogue.services.values()
    return listed(request, release, [records.service_record(catalogue, s, lang) for s in services])


@face()
@only("id", "lang")
def public_services_flashcard(request: HttpRequest) -> HttpResponse:
    release = _numbered(request)
    service = _service(release, _id(request))
    return card(release, records.service_card(release.catalogue, service, lang_of(request)))


@face()
@only("id", *PAGING)
def indicators_list(request: HttpRequest) -> HttpResponse:
    """Indicators of a service, or of an area: some users ask for the one, some for the other."""
    release = _numbered(request)
    shown = release.catalogue.shown
    asked = _id(request)
    if asked < ids.OWN:
        area = _area(release, asked)
        chosen = [one for one in shown if one.area == area.id]
    else:
        service = _service(release, asked)
        chosen = [one for one in shown if one.service == service.id]
    found = records.indicator_records(release.catalogue, chosen, lang_of(request))
    return listed(request, release, found)


@face()
@only(*PAGING)
def indicator_list(request: HttpRequest) -> HttpResponse:
    release = _numbered(request)
    chosen = list(release.catalogue.shown)
    found = records.indicator_records(release.catalogue, chosen, lang_of(request))
    return listed(request, release, found)


@face()
@only("id", "lang")
def indicator_flashcard(request: HttpRequest) -> HttpResponse:
    release = _numbered(request)
    one = _meant(release, _id(request)).indicator
    years = release.years_of(one.id)
    told = records.indicator_card(release.catalogue, one, years, lang_of(request))
    return card(release, told)


@face()
@only("id", "id-daty", "teryt", *PAGING)
def indicator_date_data(request: HttpRequest) -> HttpResponse:
    """Values of an indicator; of all years without ``id-daty``, of all units without ``teryt``.

    No values in a year: an empty list, or 404 as the official interface gave it where this copy is
    set so (SMUP_GUS_EMPTY_AS_404).
    """
    release, asked = _numbered(request), _id(request)
    meant = _meant(release, asked)
    item = meant.indicator.id
    lang_of(request)
    known = release.years_of(item)
    asked_years = _years(request, known)
    years = [year for year in known if year in asked_years]
    rows = data_rows(Extract.of(release, [item], years=years), item, asked, meant.kinds)
    rows = _of_unit(request, release, rows)
    if not rows and settings.SMUP_GUS_EMPTY_AS_404:
        raise Problem(404, "Wskaźnik nie ma danych za ten rok.", "id-daty")
    return listed(request, release, rows, wrapped=True)


@face()
@only(*PAGING)
def variables_list(request: HttpRequest) -> HttpResponse:
    release = _numbered(request)
    variables = list(release.catalogue.variables.values())
    found = records.variable_records(release.catalogue, variables, lang_of(request))
    return listed(request, release, found)


@face()
@only("teryt", *PAGING)
def teryt_dictionary(request: HttpRequest) -> HttpResponse:
    release = _numbered(request)
    found = records.unit_records(release.territory, lang_of(request))
    return listed(request, release, _of_unit(request, release, found))


@face()
@only(*PAGING)
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """The days for which anything has a value."""
    release = _numbered(request)
    lang_of(request)
    years = {y for one in release.catalogue.shown for y in release.years_of(one.id)}
    return listed(request, release, records.date_records(sorted(years)))


@face()
@only(*PAGING)
def flag_dictionary(request: HttpRequest) -> HttpResponse:
    return listed(request, _numbered(request), records.flag_records(lang_of(request)))


@face()
@only("lang")
def version(request: HttpRequest) -> HttpResponse:
    release = current(request)
    lang_of(request)
    told = {"wersja": "1.0.0", "wydanie": release.id, "synthetic": release.synthetic}
    return card(release, told)


@face()
def unknown(request: HttpRequest, name: str) -> HttpResponse:
    detail = f"Interfejs 1.0.0 nie ma ścieżki „{name[:80]}”."
    raise Problem(404, detail, suggestions=list(PATHS))


def _numbered(request: HttpRequest) -> Release:
    """The release that serves. Raises Problem 503 for one built before there were numbers."""
    release = current(request)
    if not release.catalogue.numbers or not release.territory.numbers:
        detail = (
            f"Wydanie {release.id} zbudowano, zanim nadano numery, których używa ten interfejs."
        )
        raise Problem(503, detail)
    return release


def _id(request: HttpRequest) -> int:
    return whole_number(required(request.GET.get("id"), "id"), "id", least=0)


def _area(release: Release, id_: int) -> Area:
    numbers = ids.of_areas(release.catalogue)
    found = next((name for name, number in numbers.items() if number == id_), None)
    if found is None:
        known = [str(number) for number in numbers.values()]
        raise Problem(404, f"Nie ma obszaru o numerze {id_} (areas-list).", "id", known)
    return release.catalogue.areas[found]


def _service(release: Release, id_: int) -> Service:
    numbers = ids.of_services(release.catalogue)
    found = next((name for name, number in numbers.items() if number == id_), None)
    if found is None:
        raise Problem(404, f"Nie ma usługi o numerze {id_} (public-services).", "id")
    return release.catalogue.services[found]


def _meant(release: Release, id_: int) -> ids.Meant:
    found = ids.meant_by(release.catalogue, id_)
    if found is None:
        raise Problem(404, f"Nie ma wskaźnika o numerze {id_} (indicator-list).", "id")
    return found


def _of_unit(
    request: HttpRequest, release: Release, rows: list[records.Record]
) -> list[records.Record]:
    """The rows of the unit of ``teryt``; all where it is left out."""
    code = request.GET.get("teryt")
    if not code:
        return rows
    place = ids.of_units(release.territory).get(the_unit(release, code, "teryt").code)
    return [row for row in rows if row["id-teryt"] == place]


def _years(request: HttpRequest, known: list[int]) -> list[int]:
    """The year of ``id-daty``; all known ones where it is left out."""
    text = request.GET.get("id-daty", "")
    if not text:
        return known
    match = _DATE.fullmatch(text)
    if match is None:
        detail = f"„{text[:20]}” – podaj ostatni dzień roku, np. 20241231 (data-dictionary)."
        raise Problem(400, detail, "id-daty")
    return [int(match[1])]


PATHS = {
    "areas-list": areas_list,
    "area-flashcard": area_flashcard,
    "public-services": public_services,
    "public-services-flashcard": public_services_flashcard,
    "indicators-list": indicators_list,
    "indicator-list": indicator_list,
    "indicator-flashcard": indicator_flashcard,
    "indicator-date-data": indicator_date_data,
    "variables-list": variables_list,
    "teryt-dictionary": teryt_dictionary,
    "data-dictionary": data_dictionary,
    "flag-dictionary": flag_dictionary,
    "version": version,
}

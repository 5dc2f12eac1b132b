"""Addresses of recruitment and training. Registered once: Polish or, below /en/, English, as the
address says; a view is given its language."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from smup.web.people.where import lang_of
from smup.web.portal.errors import View, guarded
from smup.web.training.desk import urls as desk
from smup.web.training.form import fragments
from smup.web.training.form import views as form
from smup.web.training.panel import answers, correcting, entering, files, held
from smup.web.training.panel import views as panel
from smup.web.training.public import asking, schedule
from smup.web.training.public import views as public
from smup.web.training.setup import urls as setup

_PUBLIC: dict[str, View] = {
    "": public.moved,
    "/": public.start,
    "/zasady": public.rules,
    "/dokumenty": public.documents,
    "/organizator/<slug:slug>": public.organiser,
    "/pilotaz": public.pilot,
    "/dokumenty/<int:number>": public.document,
    "/harmonogram": schedule.schedule,
    "/harmonogram.ics": schedule.calendar,
    "/certyfikat": asking.certificate,
}
# Forms on pages that set no cookie; they are told by ``own_page`` from those of strangers.
_WITHOUT_COOKIE: dict[str, View] = {
    "/pytania": asking.faq,
    "/wolny-sluchacz": asking.listen,
}
_FORM: dict[str, View] = {
    "/zgloszenie": form.form,
    "/zgloszenie/jednostka": fragments.unit,
    "/zgloszenie/liczba": fragments.people,
}
_PANEL: dict[str, View] = {
    "/moje": panel.mine,
    "/moje/koniec": entering.leave,
    "/moje/osoby": correcting.people,
    "/moje/dane": held.data,
    "/moje/dane.json": held.data_file,
    "/moje/dokument/<int:number>": files.document,
    "/moje/material/<int:number>": files.material,
    "/moje/oswiadczenia/<int:number>.pdf": files.declarations,
    "/moje/kalendarz/<int:number>.ics": files.calendar_file,
    "/moje/test/<int:number>/<str:moment>": answers.test,
    "/moje/ankieta/<int:number>": answers.survey,
}


def _told(view: View) -> View:
    """The view with the language of the address."""

    @wraps(view)
    def telling(request: HttpRequest, **more: Any) -> HttpResponseBase:
        return view(request, lang_of(request), **more)

    return guarded(telling, "POST")


def _pages(views: dict[str, View]) -> list[URLPattern]:
    return [_page(address, _told(view)) for address, view in views.items()]


def _page(address: str, view: View) -> URLPattern:
    return path(f"szkolenia{address}", view)


urlpatterns = [
    *_pages(_PUBLIC),
    *_pages(_FORM),
    *_pages(_PANEL),
    *(_page(address, csrf_exempt(_told(view))) for address, view in _WITHOUT_COOKIE.items()),
    *desk.urlpatterns,
    *setup.urlpatterns,
]

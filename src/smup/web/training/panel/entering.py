"""The way into the contact person's pages: a link from a letter, and how to get a new one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from smup.accounts.links import LinkRefused
from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.contacting import send_links
from smup.training.actions.finding import by_link, whole
from smup.training.models import Registration
from smup.training.rules.typed import check_email
from smup.web.people.acting import let_contact_in, let_contact_out, person_of, registration_of
from smup.web.people.words import words
from smup.web.training.current import recruitment
from smup.web.training.page import show_training
from smup.web.training.rate import may_write

PATH = "/szkolenia/moje"
KEY, EMAIL = "klucz", "adres"
_SESSION = 2 * 3600  # seconds without a change after which the link is needed again

View = Callable[..., HttpResponse]


def of_contact(view: View) -> View:
    """For the contact person of a registration, which the view is given; others are told how to
    get a link."""

    @wraps(view)
    def guarded(request: HttpRequest, lang: Lang, **more: Any) -> HttpResponse:
        number = registration_of(request)
        found = whole(Registration.objects.filter(pk=number, anonymised_at=None)).first()
        if found is None:
            return ask(request, lang, status=200 if request.method == "GET" else 403)
        return view(request, lang, found, **more)

    return guarded


def enter(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Turn the key of a link into a session, and lead on to an address without it."""
    try:
        registration = by_link(request.GET.get(KEY, ""))
    except LinkRefused as refused:
        return ask(request, lang, refused.sentence(lang), status=410)
    let_contact_in(request, registration.pk)
    if person_of(request) is None:
        request.session.set_expiry(_SESSION)
    return see(Addresses(lang).page(PATH))


def leave(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Forget the registration in this browser."""
    if request.method == "POST":
        let_contact_out(request)
    return see(Addresses(lang).page(PATH))


def ask(
    request: HttpRequest, lang: Lang, trouble: str = "", *, typed: str = "", status: int = 200
) -> HttpResponse:
    """The page on which a new link is asked for."""
    found = recruitment()
    context = {"trouble": trouble, "typed": typed, "action": Addresses(lang).page(PATH)}
    rules = found.rules if found else None
    return show_training(request, "panel/ask.html", context, lang, rules, status)


def asked(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The same answer whether or not anybody has that address."""
    email = request.POST.get(EMAIL, "").strip()
    if wrong := check_email(email):
        return ask(request, lang, wrong.sentence(lang), typed=email, status=400)
    if not may_write(request):
        return ask(request, lang, words(lang)["panel_too_often"], typed=email, status=429)
    send_links(email, now=timezone.now())
    found = recruitment()
    rules = found.rules if found else None
    return show_training(request, "panel/asked.html", {"email": email}, lang, rules)


def see(address: str) -> HttpResponse:
    """Show another page, by GET."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response

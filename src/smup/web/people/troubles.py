"""What went wrong with a form, said on a page."""

from django.http import HttpRequest, HttpResponse

from smup.web.people.page import lang_of, show


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent without the mark this browser was given with it: after signing in or out
    elsewhere, without cookies, or from another site."""
    return show(request, "people/stale_form.html", {}, lang_of(request), status=403)

"""The first page after signing in: who one is, what one may, where to go."""

from django.http import HttpRequest, HttpResponse

from smup.accounts.roles import table
from smup.web.people.acting import person_of
from smup.web.people.allowing import signed_in
from smup.web.people.page import lang_of, show


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The own account, and what belongs to the own roles."""
    person, lang = person_of(request), lang_of(request)
    held = () if person is None else person.memberships.select_related("organisation")
    roles = [
        {"name": found.name[lang], "note": found.note[lang], "organisation": one.organisation}
        for one in held
        if (found := table().roles.get(one.role)) is not None
    ]
    return show(request, "accounts/home.html", {"roles": roles}, lang)

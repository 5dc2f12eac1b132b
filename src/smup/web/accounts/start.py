"""Setting a password by a link: of an invitation, or of somebody who forgot theirs.

The key is a parameter, never a part of the path: the access log keeps paths.
"""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from smup.accounts import people
from smup.accounts.links import LinkRefused
from smup.web.accounts.forms import PasswordForm
from smup.web.people.page import lang_of, show
from smup.web.people.words import words

KEY = "klucz"


def start(request: HttpRequest) -> HttpResponse:
    """The form for a password; sent, it uses the link up. Mail programs that open links ahead of
    people use nothing up."""
    lang, token = lang_of(request), request.GET.get(KEY, "")
    try:
        who, purpose = people.of_link(token)
        form = PasswordForm(who, lang, request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = {"form": form, "who": who, "starts": purpose == people.START}
            return show(
                request, "accounts/start.html", context, lang, 422 if form.is_bound else 200
            )
        who = people.set_password(token, form.cleaned_data["password1"])
    except LinkRefused as refused:
        context = {"sentence": refused.sentence(lang)}
        return show(request, "accounts/link_refused.html", context, lang, status=410)
    if purpose == people.START:
        return perform_login(request, Login(user=who, email=who.email))
    messages.success(request, words(lang)["accounts_password_is_set"])
    return HttpResponseRedirect(reverse("account_login"))

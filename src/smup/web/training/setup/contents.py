"""What the public pages show of an organiser and of an edition: contact page, documents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from smup.accounts.models import Organisation
from smup.language import Lang
from smup.training.actions import handing_out, setting_up
from smup.training.models import Edition, Material
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.setup.forms import DocumentForm, OrganiserForm, Refusing
from smup.web.training.setup.guard import SETUP, UNPROCESSABLE, setup, show_setup

_SHOWN = ("email", "phone", "address", "contact_pl", "contact_en")


@setup(SETUP)
def organiser(request: HttpRequest, lang: Lang, name: str) -> HttpResponse:
    """The contact page of an organiser."""
    one = get_object_or_404(Organisation, pk=name)
    initial = {field: getattr(one, field) for field in _SHOWN}
    form = OrganiserForm(lang, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        now = timezone.now()
        setting_up.change_organiser(one, form.cleaned_data, actor=actor_of(request), now=now)
        messages.success(request, words(lang)["setup_saved"])
        return HttpResponseRedirect(reverse("training_setup"))
    status = UNPROCESSABLE if form.errors else 200
    return show_setup(request, "organiser.html", {"organiser": one, "form": form}, lang, status)


@setup(SETUP)
def documents(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """Files everybody can download from the page of the trainings."""
    one = get_object_or_404(Edition, pk=key)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(lang, *sent)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            handing_out.add(
                one,
                None,
                form.cleaned_data["title"],
                file.read(),
                file.name,
                public=True,
                actor=actor_of(request),
                now=timezone.now(),
            )
        except Refusing as error:
            form.say(error)
        else:
            messages.success(request, words(lang)["setup_saved"])
            return HttpResponseRedirect(request.path)
    rows = Material.objects.filter(edition=one, training=None, public=True)
    context = {"edition": one, "form": form, "rows": rows.select_related("document").order_by("pk")}
    return show_setup(
        request, "documents.html", context, lang, UNPROCESSABLE if form.errors else 200
    )


@setup(SETUP)
def remove_document(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    one = get_object_or_404(Material, pk=key, training=None)
    if request.method == "POST":
        handing_out.remove(one, actor=actor_of(request), now=timezone.now())
        messages.success(request, words(lang)["setup_saved"])
    return HttpResponseRedirect(reverse("training_documents", args=[one.edition_id]))

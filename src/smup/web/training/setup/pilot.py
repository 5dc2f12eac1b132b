"""The list of units that took part in the pilot: pasted or sent, what is unclear is asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from smup.language import Lang
from smup.training.actions import setting_up
from smup.training.models import Edition
from smup.training.moments import today
from smup.training.recognising import MOST_LINES, Meant, meant
from smup.training.register import told, unit_of
from smup.web.people.acting import actor_of
from smup.web.people.words import words
from smup.web.training.setup.editions import address
from smup.web.training.setup.forms import PilotForm, Refusing, file_text
from smup.web.training.setup.guard import SETUP, UNPROCESSABLE, setup, show_setup


@setup(SETUP)
def pilot(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """The whole list takes the place of the present one."""
    one = get_object_or_404(Edition, pk=key)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PilotForm(lang, *sent, initial={"units": _present(one, lang)})
    found: Meant | None = None
    if form.is_bound and form.is_valid():
        found = _read(request, form)
        good = found is not None and found.clear and not form.errors
        if found and good and (done := _saved(request, lang, one, form, found)) is not None:
            return done
    status = UNPROCESSABLE if form.errors or (found and not found.clear) else 200
    context = {
        "edition": one,
        "form": form,
        "asked": _asked(found, lang) if found else [],
        "unknown": found.unknown if found else [],
        "count": one.pilot_units.count(),
    }
    return show_setup(request, "pilot.html", context, lang, status)


def _read(request: HttpRequest, form: PilotForm) -> Meant | None:
    """The units of the list, with what was chosen for unclear lines; the field then holds them."""
    lines = [line.partition("#")[0].strip() for line in file_text(form, "units").splitlines()]
    if len(lines) > MOST_LINES:
        form.add_error("units", words(form.lang)["setup_too_many_lines"].format(most=MOST_LINES))
        return None
    chosen = dict(zip(request.POST.getlist("typed"), request.POST.getlist("chosen"), strict=False))
    typed = [chosen.get(line) or line for line in lines]
    form.data = form.data.copy()
    form.data["units"] = "\n".join(one for one in typed if one)
    return meant(typed, today(timezone.now()))


def _saved(
    request: HttpRequest, lang: Lang, one: Edition, form: PilotForm, found: Meant
) -> HttpResponse | None:
    why, now = form.cleaned_data["why"], timezone.now()
    try:
        setting_up.load_pilot_list(one, found.codes, why=why, actor=actor_of(request), now=now)
    except Refusing as error:
        form.say(error)
        return None
    messages.success(request, words(lang)["setup_saved"])
    return HttpResponseRedirect(address(one))


def _present(one: Edition, lang: Lang) -> str:
    """A line for each unit: its code, and its name behind a mark."""
    day, lines = today(timezone.now()), []
    for code in one.pilot_units.order_by("unit").values_list("unit", flat=True):
        unit = unit_of(code, day)
        lines.append(f"{code} # {told(unit, lang)}" if unit else code)
    return "\n".join(lines)


def _asked(found: Meant, lang: Lang) -> list[dict[str, object]]:
    return [
        {"typed": typed, "units": [(unit.code, told(unit, lang)) for unit in units]}
        for typed, units in found.unclear.items()
    ]

"""Waves of invitations: letters to offices, who answered, who is silent."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from smup.accounts.models import Organisation
from smup.accounts.roles import may, reach
from smup.language import Lang
from smup.mailing.letter import letter_of, samples
from smup.mailing.texts import text_of
from smup.mailing.writing import write
from smup.present.places import kind_name
from smup.training.actions import inviting
from smup.training.models import Edition, Invitation, Wave
from smup.training.moments import today
from smup.training.recognising import meant, table
from smup.training.register import told, unit_of
from smup.training.rules.settings import UNIT_KINDS
from smup.training.rules.workflow import workflow
from smup.web.people.acting import actor_of
from smup.web.people.allowing import forbidden
from smup.web.people.words import words
from smup.web.training.setup.editions import said
from smup.web.training.setup.forms import Refusing, WaveForm, file_text
from smup.web.training.setup.guard import INVITE, UNPROCESSABLE, setup, show_setup, staff

_ACTIONS = {"wyslanie": inviting.send, "przypomnienie": inviting.remind}
_MOST_SHOWN = 500  # rows of one wave on its page


@setup(INVITE)
def waves(request: HttpRequest, lang: Lang) -> HttpResponse:
    """All waves of the organisations the person invites for, the newest first."""
    where = reach(staff(request), INVITE)
    found = Wave.objects.select_related("organiser", "edition").order_by("-pk")
    if not where.everywhere:
        found = found.filter(organiser__in=where.organisations)
    rows = found.annotate(
        offices=Count("invitations"),
        sent=Count("invitations", filter=Q(invitations__sent_at__isnull=False)),
    )
    context = {"rows": rows, "edition": Edition.objects.filter(state="published").last()}
    return show_setup(request, "waves.html", context, lang)


@setup(INVITE)
def new(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Prepare a wave from rows with a unit and the e-mail of its office."""
    edition = Edition.objects.filter(state="published").last()
    if edition is None:
        return HttpResponseRedirect(reverse("training_invitations"))
    where = reach(staff(request), INVITE)
    organisers = [(one.pk, one.short) for one in Organisation.objects.all() if one.pk in where]
    kinds = [(kind.value, kind_name(kind, lang)) for kind in UNIT_KINDS]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WaveForm(lang, organisers, kinds, *sent)
    unclear: list[str] = []
    if form.is_bound and form.is_valid():
        emails, unclear = _emails(form)
        good = not unclear and not form.errors
        if good and (done := _made(request, lang, edition, form, emails)) is not None:
            return done
    status = UNPROCESSABLE if form.errors or unclear else 200
    context = {"form": form, "unclear": unclear, "preview": _preview(lang)}
    return show_setup(request, "wave_new.html", context, lang, status)


@setup(INVITE)
def wave(request: HttpRequest, lang: Lang, key: int) -> HttpResponse:
    """One wave: who was written to and what came of it."""
    one = _wave(key)
    if not may(staff(request), INVITE, one.organiser_id):
        return forbidden(request, INVITE)
    rows = _rows(one, lang)
    counts = {state: sum(row["state"] == state for row in rows) for state in _STATES}
    context = {
        "wave": one,
        "kinds": [kind_name(kind, lang) for kind in UNIT_KINDS if kind.value in one.kinds],
        "rows": rows[:_MOST_SHOWN],
        "hidden": max(len(rows) - _MOST_SHOWN, 0),
        "counts": [(_STATES_TABLE.statuses[s].name.of(lang), n) for s, n in counts.items()],
        "to_send": counts["prepared"],
        "to_remind": counts["sent"],
        "total": len(rows),
    }
    return show_setup(request, "wave.html", context, lang)


@setup(INVITE)
def step(request: HttpRequest, lang: Lang, key: int, action: str) -> HttpResponse:
    """Send the letters of a wave, or remind those who are silent."""
    one = _wave(key)
    if action not in _ACTIONS:
        raise Http404
    if not may(staff(request), INVITE, one.organiser_id):
        return forbidden(request, INVITE)
    if request.method == "POST":
        try:
            done = _ACTIONS[action](one, actor=actor_of(request), now=timezone.now())
        except Refusing as error:
            messages.error(request, said(error, lang))
        else:
            messages.success(request, words(lang)["setup_letters_put"].format(n=done))
    return HttpResponseRedirect(reverse("training_wave", args=[one.pk]))


_STATES_TABLE = workflow("invitation")
_STATES = ("prepared", "sent", "reminded", "registered")


def _wave(key: int) -> Wave:
    found: Wave = get_object_or_404(Wave.objects.select_related("organiser", "edition"), pk=key)
    return found


def _rows(one: Wave, lang: Lang) -> list[dict[str, str]]:
    came = set(one.edition.registrations.values_list("unit", flat=True))
    day = today(timezone.now())
    rows = []
    for invitation in one.invitations.order_by("unit"):
        unit, state = unit_of(invitation.unit, day), _state(invitation, came)
        rows.append(
            {
                "name": told(unit, lang) if unit else invitation.unit,
                "email": invitation.email,
                "state": state,
                "said": _STATES_TABLE.statuses[state].name.of(lang),
            }
        )
    return rows


def _state(invitation: Invitation, came: set[str]) -> str:
    """Registered or not is seen from the registrations, never stored."""
    if invitation.unit in came:
        return "registered"
    if invitation.reminded_at:
        return "reminded"
    return "sent" if invitation.sent_at else "prepared"


def _emails(form: WaveForm) -> tuple[dict[str, str], list[str]]:
    """Code -> e-mail, and words that mean no unit or several."""
    try:
        rows = table(file_text(form, "emails"))
    except ValueError as error:
        form.add_error("emails", str(error))
        return {}, []
    found = meant([unit for unit, _ in rows], today(timezone.now()))
    known = {" ".join(unit.split()): email for unit, email in rows}
    emails = {unit.code: known[typed] for typed, unit in found.units.items()}
    return emails, [*found.unclear, *found.unknown]


def _made(
    request: HttpRequest, lang: Lang, edition: Edition, form: WaveForm, emails: dict[str, str]
) -> HttpResponse | None:
    asked = form.cleaned_data
    try:
        made = inviting.create_wave(
            edition,
            Organisation.objects.get(pk=asked["organiser"]),
            asked["name"],
            asked["kinds"],
            emails,
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusing as error:
        form.say(error)
        return None
    left = {"kind": made.other_kind, "pilot": made.pilot, "registered": made.registered}
    for reason, codes in left.items():
        if codes:
            text = words(lang)[f"setup_left_out_{reason}"]
            messages.info(request, text.format(n=len(codes), codes=", ".join(codes[:20])))
    return HttpResponseRedirect(reverse("training_wave", args=[made.wave.pk]))


def _preview(lang: Lang) -> object:
    letter = letter_of("unit-invitation")
    text = text_of(letter, "pl")
    return write(letter, "pl", samples(letter, "pl"), text.subject, text.body)

"""After qualification: short areas, formal checks, agreements."""

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from pypdf import PdfWriter

from smup.training.actions import agreeing, checking, deciding, short_areas
from smup.training.actions.letters import number_of
from smup.training.models import Agreement, Registration
from smup.training.moments import end_of, today
from smup.training.rules.refusal import Refused
from smup.training.simulation.play import Act, Play, case, stage_of, unit
from smup.training.simulation.recruiting import offer

_WAITS, _SENT_BACK, _LATE, _FAULT = 0.4, 0.04, 0.05, 0.5
_WHY = {
    "bad": "Brakuje podpisu na drugiej stronie.",
    "late": "Burmistrz był nieobecny; umowa wróci w tym tygodniu.",
    "fault": "Urząd nie odpowiada na przypomnienia.",
}
_MORE_DAYS = 6


def prepare(play: Play, act: Act) -> None:
    """Put the agreements of a stage on the clock."""
    clock = play.clock
    clock.at(act.moment(act.areas_told), partial(_tell_areas, play, act))
    for day in (act.agreements, act.late_agreements):
        clock.at(act.moment(day, 10), partial(_send_all, play, act))
    clock.at(act.moment(act.decided), partial(_decide, play, act))
    clock.at(act.moment(act.decided, 14), partial(offer, play, act))


def _tell_areas(play: Play, act: Act, now: datetime) -> None:
    """Units of areas with too few applications wait or take online training."""
    stage = stage_of(play.edition, act)
    for one in short_areas.tell_short_areas(stage, actor=play.staff, now=now):
        online = not play.happens(_WAITS)
        play.clock.at(play.later(now, 0.5, 6), partial(_answer, one.pk, online))


def _answer(pk: int, online: bool, now: datetime) -> None:
    one = case(pk)
    try:
        short_areas.answer_area(one, "online" if online else "wait", actor=unit(one), now=now)
    except Refused:  # no online places are left: the unit waits
        short_areas.answer_area(one, "wait", actor=unit(one), now=now)


def _send_all(play: Play, act: Act, now: datetime) -> None:
    """Check the qualified formally and send them their agreements, one after another."""
    stage = stage_of(play.edition, act)
    qualified = stage.registrations.filter(status="qualified").exclude(area_answer="wait")
    for n, pk in enumerate(qualified.order_by("number").values_list("pk", flat=True)):
        play.clock.at(now + timedelta(minutes=n), partial(_send, play, pk))


def _send(play: Play, pk: int, now: datetime) -> None:
    one = case(pk)
    if one.status != "qualified":  # it withdrew meanwhile
        return
    for what in ("in_time", "number"):
        checking.note(one, what, True, "", actor=play.staff, now=now)
    agreeing.send(one, actor=play.staff, now=now)
    if not play.happens(_LATE):
        back = min(play.later(now, 0.5, 7), now + timedelta(days=7))
        play.clock.at(back, partial(_return, play, pk, play.happens(_SENT_BACK)))


def _return(play: Play, pk: int, badly: bool, now: datetime) -> None:
    """The signed copy comes back and is checked two hours later."""
    one = case(pk)
    if one.status != "agreement_sent":
        return
    signed = _scan(number_of(one))
    paper = agreeing.return_signed(one, signed, "umowa.pdf", actor=unit(one), now=now)
    play.clock.at(now + timedelta(hours=2), partial(_check, play, paper.pk, badly))


def _scan(number: str) -> bytes:
    """A page of paper, as a scanner gives it."""
    page, scan = PdfWriter(), BytesIO()
    page.add_blank_page(width=595, height=842)
    page.add_metadata({"/Title": number})
    page.write(scan)
    return scan.getvalue()


def _check(play: Play, pk: int, badly: bool, now: datetime) -> None:
    paper = Agreement.objects.select_related("registration").get(pk=pk)
    note = _WHY["bad"] if badly else ""
    agreeing.check(paper, not badly, note, actor=play.staff, now=now)
    if badly:
        back = play.later(now, 0.2, 1)
        play.clock.at(back, partial(_return, play, paper.registration_id, False))


def _decide(play: Play, act: Act, now: datetime) -> None:
    """Those who did not sign in time lose the place through their fault, or get more time."""
    overdue = Registration.objects.filter(
        stage=stage_of(play.edition, act), status="agreement_sent", agreements__status="overdue"
    )
    for pk in overdue.order_by("number").values_list("pk", flat=True):
        one = case(pk)
        if play.happens(_FAULT):
            why = _WHY["fault"]
            deciding.withdraw_place(one, why=why, fault=True, actor=play.staff, now=now)
            continue
        until = end_of(today(now) + timedelta(days=_MORE_DAYS))
        deciding.new_deadline(one, until, why=_WHY["late"], actor=play.staff, now=now)
        play.clock.at(play.later(now, 0.5, _MORE_DAYS - 1), partial(_return, play, pk, False))

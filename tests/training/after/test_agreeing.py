"""Agreements: sent with a deadline the first training allows, returned, checked (rule 11)."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from smup.language.dates import ZONE
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from tests.training.after.people import (
    DAY,
    SENT,
    contact,
    recruited,
    signed,
    staff,
    training,
    with_agreement,
)

LAST_DAY = date(2022, 2, 28)  # fourteen days after the agreement was sent


def test_a_numbered_agreement_goes_out_with_its_files(database: dict[str, Any]) -> None:
    from smup.accounts.files import open_kept
    from smup.accounts.models import Event
    from smup.mailing.models import Message
    from smup.training.actions import agreeing
    from smup.training.models import Registration

    _, units = recruited([(("online", "edukacja"),)] * 2)
    papers = [agreeing.send(one, actor=staff(), now=SENT) for one in units]
    assert [one.number for one in papers] == ["ZMP/2022-2023/0001", "ZMP/2022-2023/0002"]
    assert papers[0].deadline == LAST_DAY
    assert papers[0].versions["declaration-zatrudnienie"] == "1"
    one = Registration.objects.get(pk=units[0].pk)
    assert one.status == "agreement_sent"
    assert one.deadline == datetime(2022, 3, 1, tzinfo=ZONE)  # the day is over at its midnight
    letter = Message.objects.get(letter="agreement-ready", to=one.contact_email)
    assert "28 lutego 2022 r." in letter.text
    names = [each.name for each in letter.attachments.order_by("name")]
    assert names == ["umowa-ZMP-2022-2023-0001.docx", "umowa-ZMP-2022-2023-0001.pdf"]
    pdf = open_kept(letter.attachments.get(name__endswith="pdf").file_id)
    first = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    for words in ("ZMP/2022-2023/0001", f"{one.unit_name} gmina wiejska, powiat {one.powiat}"):
        assert words in first
    done = Event.objects.filter(what="training.agreement.sent").values_list("about", flat=True)
    assert set(done) == {f"agreement:{each.pk}" for each in papers}


def test_sending_twice_is_sending_once(database: dict[str, Any]) -> None:
    from smup.mailing.models import Message
    from smup.training.actions import agreeing
    from smup.training.models import Agreement, Document

    _, (unit,) = recruited()
    first = agreeing.send(unit, actor=staff(), now=SENT)
    again = agreeing.send(unit, actor=staff(), now=SENT + timedelta(seconds=1))
    assert again.pk == first.pk
    assert Agreement.objects.count() == 1
    assert Document.objects.filter(kind="agreement").count() == 2
    assert Message.objects.filter(letter="agreement-ready").count() == 1


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        (None, date(2022, 2, 28)),  # fourteen days
        (date(2022, 3, 2), date(2022, 2, 28)),  # two days before it are enough
        (date(2022, 3, 1), date(2022, 2, 27)),
        (date(2022, 2, 19), date(2022, 2, 17)),  # three days are the least
        (date(2022, 2, 18), date(2022, 2, 28)),  # out of reach: not the one for this unit
    ],
)
def test_the_deadline_leaves_time_for_the_first_training(
    sqlite: dict[str, Any], first_day: date | None, expected: date
) -> None:
    from smup.training.actions import agreeing

    ours, (unit,) = recruited()
    if first_day:
        starts = datetime(first_day.year, first_day.month, first_day.day, 9, tzinfo=ZONE)
        training(ours, days=((starts, starts + timedelta(hours=4)),))
    assert agreeing.send(unit, actor=staff(), now=SENT).deadline == expected


def test_enrolled_too_soon_to_sign_is_said(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import agreeing, scheduling
    from smup.training.models import Agreement
    from tests.training.after.people import first_of

    ours, (unit,) = recruited()
    starts = datetime(2022, 2, 18, 9, tzinfo=ZONE)
    soon = training(ours, days=((starts, starts + timedelta(hours=4)),))
    scheduling.enrol(first_of(unit), soon, actor=staff(), now=SENT)
    with pytest.raises(Refused) as caught:
        agreeing.send(unit, actor=staff(), now=SENT)
    assert [one.key for one in caught.value.refusals] == ["agreement_too_late"]
    assert not Agreement.objects.exists()


def test_returned_and_accepted(database: dict[str, Any]) -> None:
    from smup.accounts.files import open_kept
    from smup.mailing.models import Message
    from smup.training.actions import agreeing

    _, (unit,) = recruited()
    agreeing.send(unit, actor=staff(), now=SENT)
    who, day = contact(unit), SENT + timedelta(days=3)
    paper = agreeing.return_signed(unit, signed(), "../umowa podpisana.pdf", actor=who, now=day)
    assert paper.status == "returned"
    assert paper.signed.name == "umowa podpisana.pdf"
    assert open_kept(paper.signed.sha256) == signed()
    again = agreeing.return_signed(unit, signed(), "umowa.pdf", actor=who, now=day)
    assert again.pk == paper.pk
    with pytest.raises(NotPossible):  # another file while the first is being checked
        agreeing.return_signed(unit, signed("inna"), "umowa.pdf", actor=who, now=day)
    agreeing.check(paper, True, "", actor=staff(), now=day)
    agreeing.check(paper, True, "", actor=staff(), now=day)
    unit.refresh_from_db()
    paper.refresh_from_db()
    assert (unit.status, paper.status, unit.deadline) == ("in_training", "checked", None)
    assert unit.checks.get(what="agreement").passed is True
    assert Message.objects.filter(letter="agreement-returned-ok").count() == 1


def test_sent_back_with_what_to_mend_and_time_for_it(database: dict[str, Any]) -> None:
    from smup.mailing.models import Message
    from smup.training.actions import agreeing

    _, (unit,) = recruited()
    agreeing.send(unit, actor=staff(), now=SENT)
    last = datetime(2022, 2, 28, 22, tzinfo=ZONE)
    paper = agreeing.return_signed(unit, signed(), "u.pdf", actor=contact(unit), now=last)
    checked = last + timedelta(days=1)
    with pytest.raises(Refused) as caught:
        agreeing.check(paper, False, "  ", actor=staff(), now=checked)
    assert [one.key for one in caught.value.refusals] == ["reason_missing"]
    paper = agreeing.check(paper, False, "Brakuje podpisu.", actor=staff(), now=checked)
    unit.refresh_from_db()
    assert (unit.status, paper.status) == ("agreement_sent", "sent")
    assert paper.deadline == date(2022, 3, 4)  # three days are the least anybody has
    assert unit.deadline == datetime(2022, 3, 5, tzinfo=ZONE)
    assert unit.checks.get(what="agreement").passed is False
    letter = Message.objects.get(letter="agreement-returned-bad")
    assert "Brakuje podpisu." in letter.text
    assert "4 marca 2022 r." in letter.text
    mended = agreeing.return_signed(unit, signed("2"), "u.pdf", actor=contact(unit), now=checked)
    agreeing.check(mended, True, "", actor=staff(), now=checked)
    assert unit.checks.get(what="agreement").passed is True


def _made(**change: Any) -> bytes:
    """A PDF to which something was added."""
    writer = PdfWriter(clone_from=BytesIO(signed()))
    root = writer.root_object
    match change:
        case {"key": key, "value": value}:
            root[NameObject(key)] = value
        case {"attachment": content}:
            writer.add_attachment("a.exe", content)
        case {"password": password}:
            writer.encrypt(password)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _action(kind: str, **more: str) -> DictionaryObject:
    values = {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **values})


SCRIPT = _action("/JavaScript", JS="app.alert(1)")
FORM = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
PAGE_BUTTON = DictionaryObject({NameObject("/O"): _action("/Launch", F="calc.exe")})


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "pdf_empty"),
        (b"\x89PNG\r\n", "pdf_no_pdf"),
        (b"PK\x03\x04umowa.docx", "pdf_no_pdf"),
        (b"%PDF-1.7 i nic wiecej", "pdf_damaged"),
        (b"%PDF-1.7" + b" " * 10_000_000, "pdf_large"),
        (_made(password="tajne"), "pdf_encrypted"),
        (_made(attachment=b"MZ"), "pdf_embedded"),
        (_made(key="/OpenAction", value=SCRIPT), "pdf_active"),
        (_made(key="/OpenAction", value=_action("/Launch", F="calc.exe")), "pdf_active"),
        (_made(key="/AA", value=PAGE_BUTTON), "pdf_active"),
        (_made(key="/AcroForm", value=FORM), "pdf_active"),
        (_made(key="/Extra", value=_action("/SubmitForm", F="http://a")), "pdf_active"),
    ],
)
def test_files_that_are_not_taken(sqlite: dict[str, Any], content: bytes, key: str) -> None:
    from smup.training.actions import agreeing
    from smup.training.models import Document

    _, (unit,) = recruited()
    agreeing.send(unit, actor=staff(), now=SENT)
    with pytest.raises(Refused) as caught:
        agreeing.return_signed(unit, content, "umowa.pdf", actor=contact(unit), now=SENT)
    assert [one.key for one in caught.value.refusals] == [key]
    assert len(caught.value.sentence("pl")) > 40
    unit.refresh_from_db()
    assert unit.status == "agreement_sent"
    assert not Document.objects.filter(kind="agreement_signed").exists()


def test_reminders_and_the_end_of_the_time(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event
    from smup.mailing.models import Message
    from smup.training.actions import agreeing, deciding

    _, (unit,) = recruited()
    paper = agreeing.send(unit, actor=staff(), now=SENT)

    def reminded() -> int:
        return Message.objects.filter(letter="agreement-reminder").count()

    for day, count in ((24, 0), (25, 1), (25, 1), (28, 1)):
        agreeing.remind_due(datetime(2022, 2, day, 12, tzinfo=ZONE))
        assert reminded() == count
    assert agreeing.expire_due(datetime(2022, 2, 28, 23, 59, tzinfo=ZONE)) == 0
    assert agreeing.expire_due(datetime(2022, 3, 1, 0, 1, tzinfo=ZONE)) == 1
    assert agreeing.expire_due(datetime(2022, 3, 1, 0, 2, tzinfo=ZONE)) == 0
    paper.refresh_from_db()
    assert paper.status == "overdue"
    late = datetime(2022, 3, 2, 9, tzinfo=ZONE)
    until = datetime(2022, 3, 11, tzinfo=ZONE)
    deciding.new_deadline(unit, until, why="Sesja rady 8 marca.", actor=staff(), now=late)
    paper.refresh_from_db()
    assert (paper.status, paper.deadline) == ("sent", date(2022, 3, 10))
    told = reminded()
    agreeing.remind_due(datetime(2022, 3, 8, 9, tzinfo=ZONE))
    assert reminded() == told + 1  # a new deadline has a reminder of its own
    agreeing.remind(paper, actor=staff(), now=late)
    agreeing.remind(paper, actor=staff(), now=late)
    assert reminded() == told + 2
    assert Event.objects.filter(what="training.agreement.reminded").count() == 3


def test_signed_late_is_still_taken(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import agreeing

    _, (unit,) = recruited()
    agreeing.send(unit, actor=staff(), now=SENT)
    late = datetime(2022, 3, 3, 9, tzinfo=ZONE)
    agreeing.expire_due(late)
    paper = agreeing.return_signed(unit, signed(), "u.pdf", actor=contact(unit), now=late)
    assert paper.status == "returned"


def test_only_a_qualified_unit_gets_one(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import agreeing

    _, (unit,) = recruited()
    done = with_agreement(unit)
    with pytest.raises(NotPossible):
        agreeing.send(done, actor=staff(), now=DAY)
    with pytest.raises(NotPossible):
        agreeing.remind(done.agreements.get(), actor=staff(), now=DAY)


def test_a_place_taken_back_ends_the_agreement_and_the_seats(database: dict[str, Any]) -> None:
    from smup.training.actions import agreeing, deciding, scheduling
    from tests.training.after.people import first_of

    ours, (unit,) = recruited()
    paper = agreeing.send(unit, actor=staff(), now=SENT)
    seat = scheduling.enrol(first_of(unit), training(ours), actor=staff(), now=SENT)
    midnight = datetime(2022, 3, 1, tzinfo=ZONE)  # before any round has noted it
    why = "Nie podpisano mimo przypomnienia."
    deciding.withdraw_place(unit, why=why, fault=True, actor=staff(), now=midnight)
    for one in (unit, paper, seat):
        one.refresh_from_db()
    assert (unit.status, paper.status) == ("withdrawn_by_organiser", "withdrawn")
    assert seat.state == "resigned"

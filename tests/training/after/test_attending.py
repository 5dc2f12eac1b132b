"""Declarations, attendance, replacement, tests, surveys and certificates (rules 9, 12, 13)."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from smup.language.dates import ZONE
from smup.training.rules.queues import Kind
from smup.training.rules.refusal import Refused
from smup.training.rules.workflow import NotPossible
from tests.helpers.recruiting import IN_PERSON, ONLINE
from tests.training.after.people import (
    DAY,
    SENT,
    contact,
    first_of,
    recruited,
    signed,
    staff,
    training,
    with_agreement,
    with_declarations,
)
from tests.training.after.test_scheduling import keys, letters, six_days

EVENING = datetime(2022, 3, 14, 23, 59, tzinfo=ZONE)
NEXT_DAY = datetime(2022, 3, 15, 0, 0, tzinfo=ZONE)
DONE = DAY + timedelta(hours=5)
IN_POZNAN = {"kind": Kind.IN_PERSON, "link": "", "place": "Poznań"}


def seated(**more: Any) -> tuple[Any, Any]:
    """A training and somebody in it whose unit has signed."""
    from smup.training.actions import scheduling

    ours, (unit,) = recruited()
    with_agreement(unit)
    made = training(ours, **more)
    return made, scheduling.enrol(first_of(unit), made, actor=staff(), now=SENT)


def held(kind: str = ONLINE[0]) -> tuple[Any, Any]:
    """The same, with declarations and presence on the one day."""
    from smup.training.actions import attending

    made, seat = seated()
    with_declarations(seat.participant, SENT)
    attending.note(seat, made.meetings.get(), True, actor=staff(), now=DONE)
    return made, seat


def test_nobody_is_present_without_all_three_declarations(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event
    from smup.training.actions import attending, declaring
    from smup.training.models import Attendance

    made, seat = seated()
    day, person = made.meetings.get(), seat.participant
    wanted = [one.id for one in declaring.missing(person)]
    assert wanted == ["uczestnictwo", "zatrudnienie", "dane-osobowe"]
    for kind in wanted:
        with pytest.raises(Refused) as caught:
            attending.note(seat, day, True, actor=staff(), now=DAY)
        assert keys(caught) == ["declarations_missing"]
        declaring.deliver(person, kind, None, actor=staff(), now=DAY)
        person.refresh_from_db()
    noted = attending.note(seat, day, True, actor=staff(), now=DAY)
    assert noted.present
    attending.note(seat, day, True, actor=staff(), now=DAY)
    assert Attendance.objects.count() == 1
    assert Event.objects.filter(what=attending.NOTED).count() == 1
    attending.note(seat, day, False, actor=staff(), now=DAY)
    last = Event.objects.filter(what=attending.NOTED).first()
    assert (last.before, last.after["present"]) == ({"present": True}, False)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(SENT, []), (EVENING, []), (NEXT_DAY, ["declarations_late"])],
    ids=["before", "first day", "after"],
)
def test_declarations_come_at_the_latest_on_the_first_day(
    sqlite: dict[str, Any], moment: datetime, expected: list[str]
) -> None:
    from smup.training.actions import attending

    made, seat = seated()
    with_declarations(seat.participant, moment)
    if expected:
        with pytest.raises(Refused) as caught:
            attending.note(seat, made.meetings.get(), True, actor=staff(), now=NEXT_DAY)
        assert keys(caught) == expected
        assert "14 marca 2022" in caught.value.sentence("pl")
    else:
        assert attending.note(seat, made.meetings.get(), True, actor=staff(), now=NEXT_DAY)


def test_absence_needs_no_declarations_but_a_day_that_has_begun(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import attending

    made, seat = seated()
    day = made.meetings.get()
    with pytest.raises(Refused) as caught:
        attending.note(seat, day, False, actor=staff(), now=DAY - timedelta(seconds=1))
    assert keys(caught) == ["attendance_early"]
    assert attending.note(seat, day, False, actor=staff(), now=DAY).present is False
    other = training(made.edition, title="Grupa 2").meetings.get()
    with pytest.raises(Refused) as caught:
        attending.note(seat, other, False, actor=staff(), now=DAY)
    assert keys(caught) == ["attendance_other"]


def test_a_declaration_as_a_file_brings_the_persons_address(database: dict[str, Any]) -> None:
    from smup.accounts.files import open_kept
    from smup.accounts.models import Event
    from smup.training.actions import declaring

    _, seat = seated()
    person, who = seat.participant, contact(seat.participant.registration)

    def give(content: bytes | None, email: str = "", kind: str = "zatrudnienie") -> Any:
        return declaring.deliver(
            person, kind, content, filename="o.pdf", email=email, actor=who, now=SENT
        )

    given = give(signed(), " Anna.Nowak@Example.org ")
    person.refresh_from_db()
    assert person.email == "anna.nowak@example.org"
    assert open_kept(given.document.sha256) == signed()
    count = Event.objects.count()
    assert give(signed()).pk == given.pk
    assert Event.objects.count() == count  # the same again writes nothing
    assert give(signed("lepszy skan")).document.sha256 != given.document.sha256
    assert person.declarations.count() == 1
    for wrong, key in (
        ((b"GIF89a",), "pdf_no_pdf"),
        ((None, "a@b", "zatrudnienie"), "email_invalid"),
        ((None, "", "zgoda-na-wizerunek"), "declaration_unknown"),
    ):
        with pytest.raises(Refused) as caught:
            give(*wrong)
        assert keys(caught) == [key]
    stored = str(list(Event.objects.values_list("before", "after")))
    assert "anna.nowak" not in stored


def test_the_paper_to_sign_names_the_person(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import declaring

    _, seat = seated()
    reader = PdfReader(BytesIO(declaring.paper(seat.participant, now=SENT)))
    assert len(reader.pages) == 3
    for page in reader.pages:
        assert "Anna Przykładowa" in " ".join(page.extract_text().split())


def test_units_are_reminded_of_declarations_once(database: dict[str, Any]) -> None:
    from smup.mailing.models import Message
    from smup.training.actions import declaring

    _, seat = seated()
    assert declaring.remind_due(DAY - timedelta(days=4)) == 0
    assert declaring.remind_due(DAY - timedelta(days=3)) == 1
    assert declaring.remind_due(DAY - timedelta(days=2)) == 0
    letter = Message.objects.get(letter="declarations-reminder")
    assert letter.to == seat.participant.registration.contact_email
    assert "Anna Przykładowa" in letter.text
    assert "14 marca 2022 r." in letter.text


def test_somebody_else_comes_instead(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event
    from smup.mailing.models import Message
    from smup.training.actions import declaring, replacing

    made, seat = seated()
    old = seat.participant
    with_declarations(old, SENT)
    who = contact(old.registration)
    new = replacing.replace(old, " Jan ", "Nowy-Łęcki", actor=who, now=SENT)
    assert replacing.replace(old, "Jan", "Nowy-Łęcki", actor=who, now=SENT).pk == new.pk
    old.refresh_from_db()
    assert (old.state, new.state, new.order) == ("replaced", "active", old.order)
    assert (new.kind, new.area) == (old.kind, old.area)
    assert len(declaring.missing(new)) == 3
    assert [one.participant for one in made.enrolments.filter(state="enrolled")] == [new]
    letter = Message.objects.get(letter="participant-replaced")
    assert "Jan Nowy-Łęcki" in letter.text
    assert "Łęcki" not in str(list(Event.objects.values_list("before", "after")))
    with pytest.raises(NotPossible):
        replacing.replace(old, "Ewa", "Inna", actor=who, now=SENT)
    for name, surname, key in (
        ("", "Nowa", ["name_missing"]),
        ("A" * 81, "\u202eNowa", ["too_long", "unwritable"]),
        ("Jan", "Nowy-Łęcki", ["same_person"]),
    ):
        with pytest.raises(Refused) as caught:
            replacing.replace(new, name, surname, actor=who, now=SENT)
        assert keys(caught) == key


@pytest.mark.parametrize(
    ("moment", "refused"), [(EVENING, False), (NEXT_DAY, True)], ids=["first day", "after"]
)
def test_replaced_until_the_first_day(
    sqlite: dict[str, Any], moment: datetime, refused: bool
) -> None:
    from smup.training.actions import replacing

    _, seat = seated()
    if refused:
        with pytest.raises(Refused) as caught:
            replacing.replace(seat.participant, "Jan", "Nowy", actor=staff(), now=moment)
        assert keys(caught) == ["replaced_too_late"]
    else:
        assert replacing.replace(seat.participant, "Jan", "Nowy", actor=staff(), now=moment)


def test_a_certificate_and_its_code(database: dict[str, Any]) -> None:
    from smup.accounts.files import open_kept
    from smup.training.actions import certifying

    made, seat = held()
    given = certifying.issue(seat, actor=staff(), now=DONE)
    assert certifying.issue(seat, actor=staff(), now=DONE).pk == given.pk
    assert given.number == "2022-2023/Z/0001"
    assert letters("certificate-ready") == [seat.participant.registration.contact_email]
    code = certifying.in_groups(given.code)
    (page,) = PdfReader(BytesIO(open_kept(given.document.sha256))).pages
    said = " ".join(page.extract_text().split())
    for words in ("Anna Przykładowa", given.number, code, "14 marca 2022 r.", "4 godziny",
                  "Współfinansowanie z budżetu państwa"):  # fmt: skip
        assert words in said
    assert float(page.mediabox.width) > float(page.mediabox.height)
    for typed in (code, code.lower(), f" {given.code} ", code.replace("-", " – ")):
        found = certifying.verify(typed)
        assert found is not None
        assert (found.number, found.training, found.withdrawn) == (given.number, made.title, False)
    for wrong in ("", "0" * 16, given.code[:-1], "ż" * 16, "'; DROP TABLE--"):
        assert certifying.verify(wrong) is None
    with pytest.raises(Refused) as caught:
        certifying.withdraw(given, why="", actor=staff(), now=DONE)
    assert keys(caught) == ["reason_missing"]
    certifying.withdraw(given, why="Wydane omyłkowo.", actor=staff(), now=DONE)
    assert certifying.verify(code).withdrawn


def test_who_gets_no_certificate(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import attending, certifying, scheduling

    ours, (unit,) = recruited()
    made = training(ours)
    seat = scheduling.enrol(first_of(unit), made, actor=staff(), now=SENT)
    with pytest.raises(Refused) as caught:
        certifying.issue(seat, actor=staff(), now=DONE)
    assert keys(caught) == ["not_enough_attendance", "declarations_missing", "no_agreement"]
    with_declarations(seat.participant, SENT)
    attending.note(seat, made.meetings.get(), True, actor=staff(), now=DONE)
    with pytest.raises(Refused) as caught:
        certifying.issue(seat, actor=staff(), now=DONE)
    assert keys(caught) == ["no_agreement"]
    with_agreement(unit)
    issued = certifying.issue(seat, actor=staff(), now=DONE)
    with pytest.raises(Refused) as caught:
        attending.note(seat, made.meetings.get(), False, actor=staff(), now=DONE)
    assert keys(caught) == ["attendance_certified"]
    ours.refresh_from_db()
    assert (issued.number, ours.last_certificate) == ("2022-2023/Z/0001", 1)


@pytest.mark.parametrize(("there", "enough"), [(4, False), (5, True), (6, True)])
def test_four_fifths_of_the_days_are_enough(
    sqlite: dict[str, Any], there: int, enough: bool
) -> None:
    from smup.training.actions import attending, certifying, scheduling

    ours, units = recruited([(IN_PERSON,)] * 5)
    with_agreement(units[0])
    made = training(ours, **IN_POZNAN, days=six_days(DAY))
    seat = scheduling.enrol(first_of(units[0]), made, actor=staff(), now=SENT)
    with_declarations(seat.participant, SENT)
    end = DAY + timedelta(days=60)
    for n, day in enumerate(made.meetings.all()):
        attending.note(seat, day, n < there, actor=staff(), now=end)
    assert (certifying.refusals_of(attending.fresh(seat)) == ()) is enough


def test_the_list_to_sign_has_a_sheet_for_each_day(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import attending, listening, scheduling

    ours, units = recruited([(IN_PERSON,)] * 5)
    made = training(ours, **IN_POZNAN, days=six_days(DAY), listener_places=1)
    for one in units:
        scheduling.enrol(first_of(one), made, actor=staff(), now=SENT)
    listening.register(made, "Gość Wolny", "g@example.org", actor=staff(), now=SENT)
    pages = PdfReader(BytesIO(attending.attendance_list(made, now=SENT))).pages
    assert len(pages) == 6
    for page, day in zip(pages, (14, 15, 28, 29, 11, 12), strict=True):
        said = " ".join(page.extract_text().split())
        assert f"{day} " in said
        assert said.count("Anna Przykładowa") == 5
        assert "Gość Wolny" not in said
        assert "Współfinansowanie" in said


def test_tests_before_and_after(database: dict[str, Any]) -> None:
    from smup.training.actions import testing
    from smup.training.papers.questions import test

    _, seat = seated()
    right = {one.id: one.right for one in test().questions}
    wrong = {one.id: one.right % len(one.answers) + 1 for one in test().questions}

    def give(moment: Any, answers: Any, now: datetime) -> Any:
        return testing.give(seat, moment, answers, actor=staff(), now=now)

    before = give("pre", wrong, SENT)
    assert (before.points, before.of) == (0, 10)
    assert give("pre", wrong, SENT).pk == before.pk
    for moment, answers, now, key in (
        ("pre", right, SENT, "test_given"),
        ("post", right, DAY - timedelta(seconds=1), "test_closed"),
        ("post", {**right, "cel": 9}, DONE, "test_answers"),
        ("post", {}, DONE, "test_answers"),
    ):
        with pytest.raises(Refused) as caught:
            give(moment, answers, now)
        assert set(keys(caught)) == {key}
    assert give("post", right, DONE).points == 10


def test_surveys_say_nothing_of_whose_they_are(database: dict[str, Any]) -> None:
    from smup.accounts.models import Event
    from smup.training.actions import scheduling, surveying
    from smup.training.models import SurveyAnswer
    from smup.training.papers.questions import survey

    ours, units = recruited([(ONLINE,)] * 3)
    made = training(ours)
    marks: dict[str, int | str] = {one.id: 5 for one in survey().questions}
    for n, unit in enumerate(units, 1):
        seat = scheduling.enrol(first_of(unit), made, actor=staff(), now=SENT)
        assert surveying.summary(made) is None
        given = {**marks, "uwagi": f"Uwaga {n}", "przydatnosc": n}
        surveying.give(seat, given, actor=contact(unit), now=DONE)
        with pytest.raises(Refused) as caught:
            surveying.give(seat, given, actor=contact(unit), now=DONE)
        assert keys(caught) == ["survey_given"]
    found = surveying.summary(made)
    assert found is not None
    assert (found.given, dict(found.marks["przydatnosc"])) == (3, {1: 1, 2: 1, 3: 1})
    assert found.said == ("Uwaga 1", "Uwaga 2", "Uwaga 3")
    columns = {one.name for one in SurveyAnswer._meta.get_fields()}
    assert columns == {"id", "training", "answers"}
    assert "Uwaga" not in str(list(Event.objects.values_list("before", "after")))


def test_a_survey_is_answered_whole(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import surveying
    from smup.training.papers.questions import survey

    _, seat = seated()
    good: dict[str, int | str] = {one.id: 3 for one in survey().questions}
    for more, key in (
        ({"materialy": 6}, "survey_answers"),
        ({"materialy": "3"}, "survey_answers"),
        ({"uwagi": "x" * 10_000_000}, "too_long"),
    ):
        with pytest.raises(Refused) as caught:
            surveying.give(seat, good | more, actor=staff(), now=DONE)
        assert keys(caught) == [key]


def test_the_end_of_a_training_and_of_a_case(database: dict[str, Any]) -> None:
    from smup.training.actions import closing

    made, seat = held()
    with pytest.raises(Refused) as caught:
        closing.finish(made, actor=staff(), now=DAY)
    assert keys(caught) == ["training_not_over"]
    for _ in range(2):
        closing.finish(made, actor=staff(), now=DONE)
    assert letters("survey-invitation") == [seat.participant.registration.contact_email]
    assert closing.close(made, actor=staff(), now=DONE).state == "closed"
    unit = seat.participant.registration
    unit.refresh_from_db()
    assert unit.status == "completed"


def test_an_account_waits_for_all_attendance(sqlite: dict[str, Any]) -> None:
    from smup.training.actions import closing

    made, _ = seated()
    closing.finish(made, actor=staff(), now=DONE)
    with pytest.raises(Refused) as caught:
        closing.close(made, actor=staff(), now=DONE)
    assert keys(caught) == ["attendance_gaps"]

"""A whole edition replayed, and the check of it, which must be able to fail."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.people import FILE, Tables, in_use

if TYPE_CHECKING:
    from smup.training.models import Edition

UNITS = 48
pytestmark = pytest.mark.xdist_group("simulation")  # one process replays it, once


@pytest.fixture(scope="session")
def replayed(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a small edition, with the documents of it beside."""
    from django.db import connection

    from smup.training.simulation.running import simulate

    folder = tmp_path_factory.mktemp("replayed")
    with tables.copy(folder, ""):
        found = simulate(UNITS, 3, lambda stage, done, total: None)
        assert found.violations == []
        with connection.cursor() as cursor:  # all into the one file that is copied
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / FILE


@pytest.fixture
def edition(replayed: Path, tmp_path: Path) -> Iterator["Edition"]:
    """A copy of it, to be spoilt."""
    from smup.training.models import Edition

    shutil.copyfile(replayed, tmp_path / FILE)
    with in_use(tmp_path / FILE, ""):
        yield Edition.objects.get()


def test_a_whole_edition_keeps_every_rule(edition: "Edition") -> None:
    from smup.training.simulation.running import outcome

    found = outcome(edition).as_dict()
    assert found["violations"] == []
    assert (found["units"], found["stages"]) == (UNITS, 4)
    assert UNITS * 1.6 < int(str(found["participants"])) < UNITS * 1.8  # 1.71 in 2022-2023
    assert int(str(found["qualified"])) + int(str(found["reserve"])) <= UNITS
    assert 0 < int(str(found["certificates"])) < int(str(found["participants"]))


def test_what_a_replay_is_to_show_happens_in_it(edition: "Edition") -> None:
    from smup.accounts.models import Event

    seen = set(Event.objects.filter(edition=edition.pk).values_list("what", flat=True))
    assert seen >= {
        "training.registration.qualified",
        "training.registration.reserved",
        "training.registration.carried_over",
        "training.registration.confirmed",
        "training.registration.offered",
        "training.registration.agreement_accepted",
        "training.registration.completed",
        "training.area.told",
        "training.attendance.noted",
        "training.certificate.issued",
        "training.edition.ended",
    }


def test_the_same_seed_gives_the_same_units() -> None:
    from smup.training.rules.settings import edition_text, parse
    from smup.training.simulation.drawing import applicants
    from smup.training.simulation.play import FIRST_DAY

    settings = parse(edition_text("2022-2023"))
    areas = [list(settings.areas[:4])] * 4
    drawn = [applicants(624, seed, FIRST_DAY, settings, areas, []) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    people = sum(len(one.form.participants) for one in drawn[0])
    assert (len(drawn[0]), people) == (624, 1067)  # 1.71 a unit; a few get consent to one more
    assert len({one.form.unit for one in drawn[0]}) == 624


def _too_many(edition: "Edition") -> None:
    """A place taken away that somebody has."""
    from smup.training.models import Capacity

    taken = edition.stages.get(number=1)
    Capacity.objects.filter(stage=taken, kind="online").update(persons=1)


def _overtaken(edition: "Edition") -> None:
    """A unit of the reserve list is said to have got a place at once."""
    from django.db import connection

    from smup.accounts.models import Event

    kept = Event.objects.filter(edition=edition.pk, what="training.registration.reserved").first()
    assert kept is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():  # the record itself refuses to be changed
            cursor.execute(f"DROP TRIGGER {name}")
    got_a_place = "training.registration.qualified"
    Event.objects.filter(pk=kept.pk).update(what=got_a_place)


def _late_number(edition: "Edition") -> None:
    last = edition.registrations.order_by("-number").first()
    assert last is not None
    edition.registrations.filter(pk=last.pk).update(
        arrived_at=last.arrived_at - timedelta(days=999)
    )


def _short_stage(edition: "Edition") -> None:
    stage = edition.stages.get(number=2)
    edition.stages.filter(pk=stage.pk).update(closes=stage.opens + timedelta(days=29))


def _pilot(edition: "Edition") -> None:
    from smup.training.models import PilotUnit

    one = edition.registrations.first()
    assert one is not None
    PilotUnit.objects.create(edition=edition, unit=one.unit)


def _nip(edition: "Edition") -> None:
    one = edition.registrations.first()
    assert one is not None
    wrong = f"{one.nip[:9]}{(int(one.nip[9]) + 1) % 10}"
    edition.registrations.filter(pk=one.pk).update(nip=wrong)


def _organiser(edition: "Edition") -> None:
    one = edition.registrations.filter(unit_kind="gmina-wiejska", organiser="zmp").first()
    assert one is not None
    edition.registrations.filter(pk=one.pk).update(organiser="zpp")


def _person_more(edition: "Edition") -> None:
    from smup.training.models import Participant

    one = Participant.objects.filter(registration__edition=edition, state="active").first()
    assert one is not None
    one.pk, one.order = None, 99
    one.save(force_insert=True)


def _mixed(edition: "Edition") -> None:
    """One of two people in person, the other online."""
    from django.db.models import Count

    from smup.training.models import Participant

    one = (
        edition.registrations.exclude(participants__state="replaced")
        .annotate(n=Count("participants"))
        .filter(n=2)
        .first()
    )
    assert one is not None
    first = one.participants.first()
    other = "online" if first.kind == "in_person" else "in_person"
    Participant.objects.filter(pk=first.pk).update(kind=other)


def _no_letter(edition: "Edition") -> None:
    from smup.mailing.models import Message

    Message.objects.filter(letter="result-qualified").first().delete()


def _two_letters(edition: "Edition") -> None:
    from smup.mailing.models import Message

    one = Message.objects.filter(letter="result-reserve").first()
    one.pk, one.key = None, "event:999999"
    one.save(force_insert=True)


def _wrong_address(edition: "Edition") -> None:
    from smup.mailing.models import Message

    one = Message.objects.filter(letter="result-reserve").first()
    Message.objects.filter(pk=one.pk).update(to="ktos.inny@example.org")


def _unsigned(edition: "Edition") -> None:
    from smup.training.models import Agreement

    one = Agreement.objects.filter(status="checked").first()
    Agreement.objects.filter(pk=one.pk).update(signed=None)


def _unchecked(edition: "Edition") -> None:
    from smup.training.models import FormalCheck

    FormalCheck.objects.filter(registration__status="completed", what="number").first().delete()


def _full(edition: "Edition") -> None:
    edition.trainings.exclude(state="cancelled").update(capacity=1)


def _other_area(edition: "Edition") -> None:
    from smup.training.models import Enrolment, Participant

    seat = Enrolment.objects.filter(state="enrolled").first()
    Participant.objects.filter(pk=seat.participant_id).update(area="geodezja-i-kartografia")


def _undeclared(edition: "Edition") -> None:
    from smup.training.models import Attendance, Declaration

    there = Attendance.objects.filter(present=True).first()
    Declaration.objects.filter(participant=there.enrolment.participant).first().delete()


def _declared_late(edition: "Edition") -> None:
    from smup.training.models import Attendance, Declaration

    there = Attendance.objects.filter(present=True).first()
    first = there.enrolment.training.meetings.first().starts
    late = Declaration.objects.filter(participant=there.enrolment.participant).first()
    Declaration.objects.filter(pk=late.pk).update(delivered_at=first + timedelta(days=1))


def _absent(edition: "Edition") -> None:
    from smup.training.models import Attendance, Certificate

    one = Certificate.objects.first()
    Attendance.objects.filter(enrolment=one.enrolment_id).update(present=False)


def _not_given(edition: "Edition") -> None:
    from smup.training.models import Certificate

    Certificate.objects.first().delete()


def _unanswered(edition: "Edition") -> None:
    one = edition.registrations.filter(status="completed").first()
    edition.registrations.filter(pk=one.pk).update(status="offered")


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("capacity", _too_many),
        ("order", _overtaken),
        ("order", _late_number),
        ("stage", _short_stage),
        ("pilot", _pilot),
        ("nip", _nip),
        ("organiser", _organiser),
        ("headcount", _person_more),
        ("kinds", _mixed),
        ("letters", _no_letter),
        ("letters", _two_letters),
        ("letters", _wrong_address),
        ("agreement", _unsigned),
        ("checks", _unchecked),
        ("training", _full),
        ("training", _other_area),
        ("declarations", _undeclared),
        ("declarations", _declared_late),
        ("certificate", _absent),
        ("certificate", _not_given),
        ("deadline", _unanswered),
    ],
)
def test_the_check_finds_what_was_planted(
    edition: "Edition", check: str, spoil: Callable[["Edition"], Any]
) -> None:
    from smup.training.simulation import checking

    spoil(edition)
    assert check in {one.check for one in checking.violations(edition)}


def test_the_report_is_checked_too(edition: "Edition", monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that counts one unit too many is found."""
    from dataclasses import replace

    from smup.training.actions import reporting
    from smup.training.simulation import reported

    right = reporting.summary(edition)
    wrong = replace(right, total=replace(right.total, registered=right.total.registered + 1))
    monkeypatch.setattr(reported, "summary", lambda one: wrong)
    assert [one.check for one in reported.violations(edition)][:1] == ["report"]


def test_an_edition_that_is_there_is_left_alone(edition: "Edition") -> None:
    from smup.training.simulation.running import simulate

    with pytest.raises(ValueError, match="pustej bazy"):
        simulate(10, 1, lambda stage, done, total: None)


@pytest.mark.nightly
def test_all_units_of_the_programme_on_both_databases(database: dict[str, Any]) -> None:
    """624 units and about 1,069 people over four stages."""
    from smup.training.simulation.running import simulate

    found = simulate(624, 1, lambda stage, done, total: None)
    assert found.violations == []
    assert (found.units, found.stages) == (624, 4)
    assert 1060 <= found.participants <= 1080
    assert found.qualified >= 577

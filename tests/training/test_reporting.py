"""The report against counts made by hand."""

from typing import Any

import pytest

from tests.helpers.recruiting import IN_PERSON, ONLINE, edition, form, nips, send, stage

CULTURE = ("online", "kultura-i-rekreacja")
PLACES = {("online", ""): 4, ("in_person", "edukacja"): 2}
# Two gminas of województwo 02, a powiat of 04, a city with powiat rights of 14.
UNITS = ("020102", "020101", "0402", "1465")


@pytest.fixture
def told(sqlite: dict[str, Any]) -> Any:
    """One online; two in person; three online on the one place left: reserve; one online."""
    ours = edition(keeps_turn=False)
    stage(ours, places=PLACES)
    asked = ((ONLINE,), (IN_PERSON, IN_PERSON), (ONLINE, CULTURE, CULTURE, CULTURE), (CULTURE,))
    for unit, nip, people in zip(UNITS, nips(), asked, strict=False):
        send(ours, form(unit, nip, people))
    return ours


def lines(report: Any, name: str) -> dict[str, tuple[int, ...]]:
    (one,) = [each for each in report.breakdowns if each.id == name]
    return {line.key: tuple(vars(line.figures).values()) for line in one.lines}


def test_the_report_counts_units_and_people(told: Any) -> None:
    from smup.training.actions.reporting import summary

    report = summary(told)
    assert tuple(vars(report.total).values()) == (4, 3, 1, 4, 0)
    assert lines(report, "unit_kind") == {
        "gmina-wiejska": (1, 1, 0, 1, 0),
        "gmina-miejska": (1, 1, 0, 2, 0),
        "powiat": (1, 0, 1, 0, 0),
        "miasto-na-prawach-powiatu": (1, 1, 0, 1, 0),
    }
    assert lines(report, "region") == {
        "02": (2, 2, 0, 3, 0),
        "04": (1, 0, 1, 0, 0),
        "14": (1, 1, 0, 1, 0),
    }
    assert lines(report, "size") == {
        "1": (2, 2, 0, 2, 0),
        "2": (1, 1, 0, 2, 0),
        "4": (1, 0, 1, 0, 0),
    }
    assert lines(report, "organiser") == {"zmp": (2, 2, 0, 3, 0), "zpp": (2, 1, 1, 1, 0)}
    assert lines(report, "status") == {"qualified": (3, 3, 0, 4, 0), "reserve": (1, 0, 1, 0, 0)}
    assert lines(report, "stage") == {"1": (4, 3, 1, 4, 0)}
    assert report.progress[-1][1] == 3


def test_people_are_counted_by_kind_and_area(told: Any) -> None:
    from smup.training.actions.reporting import summary

    report = summary(told)
    assert lines(report, "training") == {"online": (3, 2, 1, 2, 0), "in_person": (1, 1, 0, 2, 0)}
    assert lines(report, "area") == {
        "edukacja": (3, 2, 1, 3, 0),
        "kultura-i-rekreacja": (2, 1, 1, 1, 0),
    }


def test_sex_is_counted_only_where_the_edition_asks(told: Any) -> None:
    from smup.training.actions.reporting import summary
    from smup.training.models import Edition, Participant

    assert "sex" not in {one.id for one in summary(told).breakdowns}
    first, second = Participant.objects.order_by("pk")[:2]
    Participant.objects.filter(pk=first.pk).update(sex="k")
    Participant.objects.filter(pk=second.pk).update(sex="m")
    text = told.settings.replace("ask_sex: false", "ask_sex: true")
    Edition.objects.filter(pk=told.pk).update(settings=text)
    people = {key: line[3] for key, line in lines(summary(Edition.objects.get()), "sex").items()}
    assert people == {"k": 1, "m": 1, "": 2}


def test_an_organiser_is_told_of_its_own_cases(told: Any) -> None:
    from smup.training.actions.reporting import summary

    assert tuple(vars(summary(told, {"zpp"}).total).values()) == (2, 1, 1, 1, 0)
    assert tuple(vars(summary(told, ()).total).values()) == (0, 0, 0, 0, 0)


def test_the_report_asks_few_questions(told: Any) -> None:
    """The same number of queries however many units there are."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from smup.training.actions.reporting import summary

    with CaptureQueriesContext(connection) as asked:
        summary(told)
    assert len(asked) <= 5

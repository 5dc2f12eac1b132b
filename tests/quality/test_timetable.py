"""What is due and what is late, by dates worked out by hand."""

from datetime import date

import pytest

from smup.catalogue import Catalogue, Variable
from smup.panel import Panel, Status
from smup.quality.timetable import awaited, newest_years, timetable


def variable(**keys: object) -> Variable:
    return Variable.model_validate(
        {
            "id": "ludnosc",
            "name": {"pl": "ludność", "en": "population"},
            "unit": "os",
            "additive": True,
            "scope": "territory",
            "kinds": ["gmina"],
            "sources": [{"source": "bdl"}, {"source": "gus"}],
            "reference_day": "12-31",
            **keys,
        }
    )


@pytest.mark.parametrize(
    ("keys", "newest", "today", "state", "year", "month", "late"),
    [
        # for 2025 in April 2026
        ({"published_month": 4}, 2025, "2026-05-01", "current", 2026, "2027-04", 0),
        ({"published_month": 4}, 2024, "2026-03-31", "current", 2025, "2026-04", 0),
        ({"published_month": 4}, 2024, "2026-04-01", "due", 2025, "2026-04", 0),
        ({"published_month": 4}, 2024, "2026-04-30", "due", 2025, "2026-04", 0),
        ({"published_month": 4}, 2024, "2026-05-01", "late", 2025, "2026-04", 1),
        ({"published_month": 4}, 2023, "2026-03-31", "late", 2024, "2025-04", 11),
        ({"published_month": 12}, 2024, "2027-01-15", "late", 2025, "2026-12", 1),
        # every second and fourth year
        (
            {"published_month": 6, "cadence": "co-2-lata"},
            *(2023, "2026-07-01", "late", 2025, "2026-06", 1),
        ),
        (
            {"published_month": 6, "cadence": "co-4-lata"},
            *(2023, "2026-07-01", "current", 2027, "2028-06", 0),
        ),
        # nothing held: it lacks, and is not late
        ({"published_month": 4}, None, "2026-05-01", "never", 2025, "2026-04", 0),
        ({"published_month": 4}, None, "2026-03-01", "never", 2024, "2025-04", 0),
        (
            {"published_month": 6, "cadence": "co-2-lata", "since": 2020},
            *(None, "2026-07-01", "never", 2024, "2025-06", 0),
        ),
        (
            {"published_month": 6, "cadence": "co-2-lata"},
            *(None, "2026-07-01", "unknown", None, None, 0),
        ),
        # nobody told
        ({}, 2020, "2026-05-01", "unknown", None, None, 0),
        ({"published_month": 4, "cadence": "wybory"}, 2020, "2026-05-01", "unknown", None, None, 0),
        # ended
        ({"published_month": 4, "until": 2022}, 2022, "2026-05-01", "ended", None, None, 0),
        ({"published_month": 4, "until": 2022}, 2021, "2026-05-01", "late", 2022, "2023-04", 37),
    ],
)
def test_state(
    keys: dict[str, object],
    newest: int | None,
    today: str,
    state: str,
    year: int | None,
    month: str | None,
    late: int,
) -> None:
    found = awaited(variable(**keys), newest, date.fromisoformat(today)).as_dict()
    assert found == {
        "variable": "ludnosc",
        "sources": ["bdl", "gus"],
        "state": state,
        "newest": newest,
        "year": year,
        "month": month,
        "late": late,
    }


@pytest.mark.parametrize(
    ("newest", "today", "words"),
    [
        (2023, "2026-03-31", "dane za 2024 w kwietniu 2025, spóźnione o 11 miesięcy"),
        (2024, "2026-06-30", "dane za 2025 w kwietniu 2026, spóźnione o 2 miesiące"),
        (2024, "2026-04-30", "dane za 2025 w kwietniu 2026, w tym miesiącu"),
        (2025, "2026-04-30", "dane za 2026 w kwietniu 2027"),
        (None, "2026-05-30", "dane za 2025 w kwietniu 2026, dotąd żadnych"),
    ],
)
def test_words(newest: int | None, today: str, words: str) -> None:
    found = awaited(variable(published_month=4), newest, date.fromisoformat(today))
    assert found.said() == words


def test_the_newest_year_is_that_of_the_last_value() -> None:
    panel = Panel.empty(["a", "b", "c"], [2020, 2021, 2022], ["01", "02"])
    values, status = panel.values.copy(), panel.status.copy()
    for item, year, unit in ((0, 0, 0), (0, 1, 1), (1, 2, 0)):
        values[item, year, unit], status[item, year, unit] = 5.0, Status.OBSERVED
    held = Panel(panel.items, panel.years, panel.units, values, status, panel.flags)
    assert newest_years(held) == {"a": 2021, "b": 2022}


def test_words_where_nobody_knows() -> None:
    day = date(2026, 5, 1)
    assert awaited(variable(), 2020, day).said() == "nie wiadomo, kiedy następne dane"
    assert awaited(variable(until=2020), 2020, day).said() == "zakończona, ostatni rok 2020"


def test_the_catalogue_derived_ones_left_out_the_latest_first(catalogue: Catalogue) -> None:
    day = date(2026, 11, 23)
    held = dict.fromkeys(catalogue.variables, 2020)
    found = timetable(catalogue.variables.values(), held, day)
    assert {one.variable for one in found} == {
        v.id for v in catalogue.variables.values() if v.derived is None
    }
    months = [one.late for one in found]
    assert months == sorted(months, reverse=True)
    without = sum(
        v.published_month is None and v.derived is None for v in catalogue.variables.values()
    )
    told = sum(one.state == "unknown" for one in found)
    assert told + sum(one.state == "ended" for one in found) >= without
    assert told <= without

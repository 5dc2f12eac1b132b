"""The page of a service with a frontier that is drawn: invented spending and lamps, real units."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.test.client import Client

from smup.panel import Panel, Status
from smup.store.releases import Release
from tests.web.test_units import words

pytestmark = pytest.mark.xdist_group("site")

SERVICE, COST, LAMPS = "oswietlenie-ulic", "wydatki_biezace_oswietlenie", "punkty_swietlne"
YEAR = 2024


@pytest.fixture
def lit(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """(a unit, the cheapest of its group): every unit has 100 lamps; lighting them costs 2,000 zł
    and a little more from unit to unit, and 1,000 zł in the cheapest."""
    from smup.telling.units import frontier
    from smup.web.config.current import releases

    release = releases().current()  # the very object that answers
    frame = release.frame
    group = frame.groups["020105"]
    ours, cheapest, *others = sorted(code for code, its in frame.groups.items() if its == group)
    cost = {code: 2000.0 + at for at, code in enumerate(others, 1)} | {ours: 2000, cheapest: 1000}
    empty = Panel.empty(("ludnosc", COST, LAMPS), (YEAR,), frame.variables.units)
    values, status = empty.values.copy(), empty.status.copy()
    for unit, its in cost.items():
        column = empty.unit_index[unit]
        values[:, 0, column], status[:, 0, column] = (5000, its, 100), Status.OBSERVED
    invented = replace(frame, variables=Panel(*labels(empty), values, status, empty.flags))
    monkeypatch.setitem(release.__dict__, "frame", invented)
    frontier._drawn.cache_clear()
    yield ours, cheapest
    frontier._drawn.cache_clear()


def labels(panel: Panel) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    return panel.items, panel.years, panel.units


def test_the_page_tells_the_share_of_spending_and_who_draws_the_frontier(
    client: Client, release: Release, lit: tuple[str, str]
) -> None:
    ours, cheapest = lit
    text = words(client, f"/jst/{ours}/usluga/{SERVICE}?granica=tak")
    shown = text.partition("Granica efektywności – czytać ostrożnie")[2]
    assert "50%" in shown or "50 %" in shown
    assert release.territory.units[cheapest].name in shown
    assert "1 000" in shown.replace("\u00a0", " ")
    assert "2 000" in shown.replace("\u00a0", " ")
    assert "Dlaczego ostrożnie" in shown
    english = words(client, f"/en/jst/{ours}/usluga/{SERVICE}?granica=tak")
    assert release.territory.units[cheapest].name in english


def test_the_answer_is_the_same_frontier(client: Client, lit: tuple[str, str]) -> None:
    ours, cheapest = lit
    found = client.get("/api/v1/frontier", {"unit": ours, "service": SERVICE}).json()
    assert found["score"] == pytest.approx(0.5, abs=1e-9)
    assert [one["unit"] for one in found["peers"]] == [cheapest]
    assert np.isclose(found["peers"][0]["weight"], 1.0)

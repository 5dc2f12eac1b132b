"""The Python client: a portal and a folder give the same frames, figures as in the release."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smup import Client
from smup.client import ClientError
from smup.panel.panel import FIRST_GAP
from smup.store.releases import Release, Releases
from tests.browser.conftest import serving
from tests.helpers.invented_site import invented_site
from tests.helpers.two_releases import two_releases

pytestmark = pytest.mark.xdist_group("faces")

CALLS: dict[str, Callable[[Client], pd.DataFrame]] = {
    "indicators": lambda c: c.indicators(),
    "indicators of an area": lambda c: c.indicators(area="kontekst", lang="en"),
    "indicators of a service": lambda c: c.indicators(service="szkoly-podstawowe"),
    "units": lambda c: c.units(),
    "units searched": lambda c: c.units("boleslawiec", kind="gmina"),
    "nobody found": lambda c: c.units("qqqqqq"),
    "one series": lambda c: c.data("ludnosc", "PL"),
    "lists": lambda c: c.data(["ludnosc", "urodzenia-na-1000"], ["0201011", "1465"], [2020, 2024]),
    "choices": lambda c: c.data("area:kontekst", "children:0201", "last-2"),
    "a whole indicator": lambda c: c.data("gestosc-zaludnienia", year=2024),
    "a whole unit": lambda c: c.data(unit="020101"),
    "waits for data": lambda c: c.data("dlug-na-mieszkanca", "1465", 2024),
    "compare": lambda c: c.compare("1465", "ludnosc"),
    "compare in a role": lambda c: c.compare("1465", "ludnosc", 2024, "powiat"),
    "peers": lambda c: c.peers("020101"),
    "fewer peers": lambda c: c.peers("020101", "edukacja", 3),
    "no peers": lambda c: c.peers("PL"),
    "changes": lambda c: c.changes("020101", 2020),
}


@pytest.fixture(scope="module")
def portal(built_home: Path, root: Path) -> Iterator[str]:
    with serving(built_home, root) as address:
        yield address


@pytest.fixture(scope="module")
def local(built_home: Path) -> Client:
    return Client(built_home)


@pytest.fixture(scope="module")
def remote(portal: str) -> Client:
    return Client(portal)


@pytest.fixture(scope="module")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_portal_and_a_folder_give_the_same(
    local: Client, remote: Client, call: Callable[[Client], pd.DataFrame]
) -> None:
    here, there = call(local), call(remote)
    pd.testing.assert_frame_equal(here, there)
    assert here.attrs == there.attrs
    assert here.attrs["synthetic"] is False


def test_a_trace_is_the_same_tree(local: Client, remote: Client) -> None:
    asked = ("urodzenia-na-1000", "020101", 2024)
    assert local.trace(*asked) == remote.trace(*asked)
    assert local.trace(*asked)["verdict"] == "same"


def test_values_are_those_of_the_release_and_gaps_are_never_zeros(
    local: Client, release: Release
) -> None:
    frame = local.data("area:kontekst")
    panel = release.indicators
    assert set(frame["unit"]) == set(panel.units)
    at = (
        frame["indicator"].map(panel.item_index),
        frame["year"].map(panel.year_index),
        frame["unit"].map(panel.unit_index),
    )
    np.testing.assert_array_equal(frame["value"], panel.values[at])
    gaps = panel.status[at] >= FIRST_GAP
    assert gaps.any()
    assert frame.loc[gaps, "value"].isna().all()
    assert frame.loc[~gaps, "value"].notna().all()
    assert set(frame.loc[~gaps, "status"]) <= {"observed", "zero"}
    assert not frame.loc[gaps, "status"].isin(["observed", "zero", ""]).any()
    assert frame.attrs["release"] == release.id


@pytest.mark.parametrize(
    ("call", "parameter", "near"),
    [
        (lambda c: c.data("ludnosci"), "indicator", "ludnosc"),
        (lambda c: c.data("ludnosc", "999999"), "unit", ""),
        (lambda c: c.data("ludnosc", "PL", 1800), "year", ""),
        (lambda c: c.data("ludnosc", "PL", "kiedyś"), "year", ""),
        (lambda c: c.data(), "indicator", ""),
        (lambda c: c.units(kind="wies"), "kind", "gmina"),
        (lambda c: c.indicators(area="nie-ma"), "area", "edukacja"),
        (lambda c: c.indicators(lang="de"), "lang", "pl"),
        (lambda c: c.compare("0201G", "ludnosc"), "unit", ""),
        (lambda c: c.compare("020101", "ludnosc", role="powiat"), "role", "gmina"),
        (lambda c: c.changes("020101", "2000-01-01-00000000"), "since", ""),
        (lambda c: c.trace("dlug-na-mieszkanca", "1465", 2024), "indicator", ""),
        (lambda c: c.peers("nigdzie"), "code", ""),
    ],
)
def test_refusals_say_the_same(
    local: Client,
    remote: Client,
    call: Callable[[Client], object],
    parameter: str,
    near: str,
) -> None:
    told = []
    for client in (local, remote):
        with pytest.raises(ClientError) as refused:
            call(client)
        told.append((str(refused.value), refused.value.parameter, refused.value.suggestions))
    assert told[0] == told[1]
    assert told[0][1] == parameter
    assert not near or near in told[0][2]


def test_an_earlier_release_by_its_id(tmp_path: Path) -> None:
    home, earlier, later = two_releases(tmp_path)
    assert Client(home).units().attrs["release"] == later
    assert Client(home, earlier).units().attrs["release"] == earlier
    assert Client(home / "releases" / earlier).units().attrs["release"] == earlier
    with pytest.raises(ClientError) as refused:
        Client(home, "2000-01-01-00000000")
    assert refused.value.parameter == "release"


def test_invented_figures_are_marked_in_every_frame(tmp_path: Path) -> None:
    _, home = invented_site(tmp_path)
    client = Client(home)
    for frame in (client.indicators(), client.units(), client.data("ludnosc", "PL")):
        assert frame.attrs["synthetic"] is True
        assert frame["synthetic"].all()


def test_what_is_no_store_and_what_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(ClientError, match="nie ma wydań"):
        Client(tmp_path)
    with pytest.raises(ClientError, match="Nie można połączyć się"):
        Client("http://127.0.0.1:9").units()


def test_commands_do_not_pay_for_the_client() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import smup, sys; print('smup.client' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "False\n"

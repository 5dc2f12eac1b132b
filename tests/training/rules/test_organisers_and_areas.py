"""Rules 2 and 8: whose a unit is, and which groups run."""

import pytest

from smup.territory import Kind
from smup.training.rules.areas import Application, applying, runs
from smup.training.rules.routing import organiser_for
from smup.training.rules.settings import EditionSettings, edition_text, parse


# "ZMP for gminas (rural, mixed, urban) that are not cities with powiat rights; ZPP for powiats and
# cities with powiat rights"
@pytest.mark.parametrize(
    ("kind", "organiser"),
    [
        (Kind.GMINA_WIEJSKA, "zmp"),
        (Kind.GMINA_MIEJSKO_WIEJSKA, "zmp"),
        (Kind.GMINA_MIEJSKA, "zmp"),
        (Kind.MIASTO, "zpp"),
        (Kind.POWIAT, "zpp"),
    ],
)
def test_organisers(edition: EditionSettings, kind: Kind, organiser: str) -> None:
    assert organiser_for(kind, edition) == organiser


def test_only_kinds_that_may_take_part_have_an_organiser(edition: EditionSettings) -> None:
    for kind in (Kind.WOJEWODZTWO, Kind.KRAJ, Kind.GMINY_POWIATU):
        with pytest.raises(ValueError, match=kind):
            organiser_for(kind, edition)


@pytest.mark.parametrize(("units", "enough"), [(4, False), (5, True), (6, True), (0, False)])
def test_groups_of_five_units(edition: EditionSettings, units: int, enough: bool) -> None:
    assert runs("edukacja", [str(n) for n in range(units)], edition) is enough


def test_a_unit_counts_once_and_an_area_of_another_edition_never(
    edition: EditionSettings,
) -> None:
    assert not runs("edukacja", ["1", "2", "3", "4", "4", "4"], edition)
    assert not runs("finanse-jst", ["1", "2", "3", "4", "5"], edition)


def edition_with(**changes: str) -> EditionSettings:
    text = edition_text("2022-2023")
    for name, value in changes.items():
        before = next(line for line in text.splitlines() if line.startswith(f"{name}:"))
        text = text.replace(before, f"{name}: {value}")
    return parse(text)


APPLICATIONS = (
    Application("020101", "edukacja", "zmp", 1),
    Application("020102", "edukacja", "zmp", 2),
    Application("0201", "edukacja", "zpp", 2),
    Application("0201", "edukacja", "zpp", 1),
    Application("0202", "kultura-i-rekreacja", "zpp", 2),
)


@pytest.mark.parametrize(
    ("window", "pooled", "counted"),
    [
        ("stage", "true", {"020102", "0201"}),
        ("stage", "false", {"020102"}),
        ("edition", "true", {"020101", "020102", "0201"}),
        ("edition", "false", {"020101", "020102"}),
    ],
)
def test_window_and_pooling_are_settings(window: str, pooled: str, counted: set[str]) -> None:
    settings = edition_with(in_person_window=window, pool_in_person_over_organisers=pooled)
    found = applying("edukacja", APPLICATIONS, settings, organiser="zmp", stage=2)
    assert found == counted

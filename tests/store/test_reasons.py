"""Why figures of two releases differ: the cause planted is the cause told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smup.build import build_release
from smup.panel import Flag, Status
from smup.store.diff import ReleaseDiff
from smup.store.reasons import Reasons
from smup.store.releases import Releases
from smup.store.tidy import Fact
from tests.helpers.tiny_root import SPIS, number, write_data, write_root

OLD, NEW = "ab" * 32, "cd" * 32


def published_anew(root: Path) -> None:
    """The table of the census was read from another file."""
    path = root / "data/spis.csv"
    path.write_text(path.read_text("utf-8").replace(OLD, NEW), "utf-8")


def figures(root: Path, *facts: Fact) -> None:
    """The census with these figures in place of its own."""
    keys = {(f.variable, f.unit, f.year): f for f in (*SPIS, *facts)}
    write_data(root / "data", keys.values())


def revised(root: Path) -> None:
    figures(root, number("ludnosc", "020101", 2022, 120))
    published_anew(root)


def revised_where_all_is_known(root: Path) -> None:
    figures(root, number("ludnosc", "020102", 2021, 60))
    published_anew(root)


def read_otherwise(root: Path) -> None:
    figures(root, number("ludnosc", "020101", 2022, 120))


def corrected(root: Path) -> None:
    folder = root / "catalogue/corrections"
    folder.mkdir()
    (folder / "boleslawiec-2022.yaml").write_text(
        "variable: ludnosc\nunit: '020101'\nyear: 2022\n"
        "expect: {value: 110}\nbecomes: {value: 111}\n"
        "reason: {pl: Zmyślona pomyłka., en: An invented error.}\n"
        "evidence: {document: Pismo zmyślone.}\n"
        "by: analityk\nday: 2026-01-01\n",
        "utf-8",
    )


def defined_otherwise(root: Path) -> None:
    path = root / "catalogue/indicators/kontekst/gestosc.yaml"
    text = path.read_text("utf-8").replace(
        "formula: ludnosc / powierzchnia_ha",
        "formula: ludnosc / (powierzchnia_ha + powierzchnia_ha)",
    )
    path.write_text(text.replace("gives: 3.5", "gives: 1.75"), "utf-8")


def begins_later(root: Path) -> None:
    """020103 begins a year later than was thought."""
    path = root / "territory/units.csv"
    path.write_text(path.read_text("utf-8").replace("2022-01-01", "2023-01-01"), "utf-8")
    published_anew(root)


def final(root: Path) -> None:
    figures(root, number("ludnosc", "0261", 2022, 905))
    published_anew(root)


def hidden(root: Path) -> None:
    figures(root, number("ludnosc", "0261", 2022, None, Status.SUPPRESSED_SMALL))
    published_anew(root)


def provisional_before(root: Path) -> None:
    figures(root, number("ludnosc", "0261", 2022, 900, flags=Flag.PROVISIONAL))


def with_the_new_gmina(root: Path) -> None:
    figures(root, number("ludnosc", "020103", 2022, 5))


def nothing(root: Path) -> None:
    """As it is."""


def difference(
    folder: Path, before: Callable[[Path], None], after: Callable[[Path], None]
) -> ReleaseDiff:
    root, home = write_root(folder / "root"), folder / "home"
    before(root)
    old = build_release(root, home).id
    after(root)
    new = build_release(root, home).id
    assert old != new
    return Releases(home).diff(old, new, why=True)


def told(diff: ReleaseDiff) -> dict[tuple[str, str, int], str]:
    return {(c.indicator, c.unit, c.year): c.reason for c in diff.cells}


@pytest.mark.parametrize(
    ("before", "after", "cell", "reason"),
    [
        (nothing, revised, ("ludnosc", "020101", 2022), "source"),
        (nothing, read_otherwise, ("ludnosc", "020101", 2022), "computation"),
        (nothing, corrected, ("ludnosc", "020101", 2022), "correction"),
        (nothing, corrected, ("gestosc", "020101", 2022), "correction"),
        (nothing, defined_otherwise, ("gestosc", "020101", 2022), "definition"),
        (with_the_new_gmina, begins_later, ("ludnosc", "020103", 2022), "territory"),
        (provisional_before, final, ("ludnosc", "0261", 2022), "final"),
        (nothing, hidden, ("ludnosc", "0261", 2022), "secrecy"),
        (nothing, hidden, ("gestosc", "0261", 2022), "secrecy"),
    ],
)
def test_the_planted_cause_is_told(
    tmp_path: Path,
    before: Callable[[Path], None],
    after: Callable[[Path], None],
    cell: tuple[str, str, int],
    reason: str,
) -> None:
    assert told(difference(tmp_path, before, after))[cell] == reason


def test_what_follows_from_a_figure_has_its_reason(tmp_path: Path) -> None:
    diff = difference(tmp_path, nothing, revised)
    reasons = told(diff)
    assert ("gestosc", "020101", 2022) in reasons  # another indicator of the same variable
    assert set(reasons.values()) == {"source"}
    assert diff.reasons == {"source": len(diff.cells)}
    assert diff.as_dict()["reasons"] == diff.reasons


def test_sums_have_the_reason_of_their_parts(tmp_path: Path) -> None:
    diff = difference(tmp_path, nothing, revised_where_all_is_known)
    reasons = {unit: why for (item, unit, _), why in told(diff).items() if item == "ludnosc"}
    assert reasons == dict.fromkeys(("020102", "0201", "0201G", "02", "PL"), "source")
    whole = next(inputs for cell, inputs in diff.largest if cell.unit == "PL")
    assert [(one.unit, one.before, one.after) for one in whole] == [("020102", "50", "60")]


def test_the_largest_changes_name_their_inputs(tmp_path: Path) -> None:
    diff = difference(tmp_path, nothing, revised)
    cell, inputs = next(
        pair for pair in diff.largest if pair[0].indicator == "gestosc" and pair[0].unit == "020101"
    )
    assert [one.as_dict() for one in inputs] == [
        {
            "variable": "ludnosc",
            "unit": "020101",
            "year": 2022,
            "source": "spis",
            "before": "110",
            "after": "120",
            "files_before": (OLD,),
            "files_after": (NEW,),
        }
    ]
    assert cell.reason == "source"
    text = diff.describe()
    assert "Dlaczego: rewizja źródła: " in text
    assert "– rewizja źródła (ludnosc 2022 020101: spis)" in text


def test_cells_counted_without_listing_them(tmp_path: Path) -> None:
    diff = difference(tmp_path, provisional_before, final)
    store = Releases(tmp_path / "home")
    assert Reasons(store.open(diff.before), store.open(diff.after)).counts() == diff.reasons


def test_only_the_indicator_that_was_defined_otherwise_changes(tmp_path: Path) -> None:
    diff = difference(tmp_path, nothing, defined_otherwise)
    assert {(c.indicator, c.reason) for c in diff.cells} == {("gestosc", "definition")}
    assert [inputs for _, inputs in diff.largest] == [()] * len(diff.largest)

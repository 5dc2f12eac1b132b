"""A store with two releases of the tiny repository; the later one, which serves, corrects a figure
and adds a year."""

from pathlib import Path

from smup.build import build_release
from smup.store.releases import Releases
from tests.helpers.tiny_root import SPIS, number, write_data, write_root

REVISED = number("ludnosc", "020101", 2022, 112)
ADDED = (
    number("ludnosc", "020101", 2023, 90),
    number("ludnosc", "020102", 2023, 51),
    number("ludnosc", "0261", 2023, 905),
)


def two_releases(folder: Path) -> tuple[Path, str, str]:
    """(home, id of the earlier release, id of the one that serves)."""
    root, home = write_root(folder / "root"), folder / "home"
    build_release(root, home)
    earlier = Releases(home).current_id()
    spis = [
        REVISED if (f.variable, f.unit, f.year) == ("ludnosc", "020101", 2022) else f for f in SPIS
    ]
    write_data(root / "data", (*spis, *ADDED))
    build_release(root, home)
    later = Releases(home).current_id()
    if earlier is None or later is None or earlier == later:
        raise ValueError("two different releases were to be built")
    return home, earlier, later

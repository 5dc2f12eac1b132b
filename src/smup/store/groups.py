"""Fixed groups on disk: for every system who is in which group, frozen with the release."""

from collections.abc import Mapping
from pathlib import Path

from smup.compare.group_systems import Membership
from smup.store import layout


def write_groups(path: Path, memberships: Mapping[str, Membership]) -> None:
    """Write every system, in order."""
    systems = [
        {"system": name, "year": one.year, "units": dict(one.units)}
        for name, one in memberships.items()
    ]
    path.write_bytes(layout.as_json({"systems": systems}))


def open_groups(path: Path) -> dict[str, Membership] | None:
    """The systems in ``path``; None where the release was built without.

    Raises OSError, KeyError or ValueError for a file that is not what ``write_groups`` writes.
    """
    if not path.is_file():
        return None
    systems = layout.read_json(path)["systems"]
    return {one["system"]: Membership(one["units"], one["year"]) for one in systems}

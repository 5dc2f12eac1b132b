"""What changed for a unit from one release to another."""

from smup.compare.changes import Noted, PeersBefore, changes_between_releases
from smup.store.release import Release
from smup.territory import Unit


def unit_changes(before: Release, after: Release, unit: str) -> list[Noted]:
    """What the release ``after`` says of a unit (code or alias) otherwise than ``before``.

    Raises ComparisonError for a unit that ``after`` does not know.
    """
    found = after.territory.get(unit)
    peers = {} if found is None else _peers(before, after, found)
    return changes_between_releases(before.frame, after.frame, unit, peers)


def _peers(before: Release, after: Release, unit: Unit) -> dict[str, PeersBefore]:
    """Peers before and after in the areas of both releases, where either gives any; the common
    set under "". Releases built without peers have none to change."""
    old, new = before.peer_tables, after.peer_tables
    if old is None or new is None:
        return {}
    found = {
        area: (old.peers_of(unit, area or None).codes, new.peers_of(unit, area or None).codes)
        for area in new.areas
        if area in old.areas
    }
    return {area: both for area, both in found.items() if all(both)}

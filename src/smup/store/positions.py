"""Ranks and group statistics on disk: ``positions/<role>.<array>.npy`` and their labels.

Imported only by who asks for positions: what computes them takes a second to import.
"""

from collections.abc import Mapping
from pathlib import Path

from smup.compare.positions import Positions
from smup.store import layout
from smup.store.files import save_array
from smup.store.record import mapped
from smup.territory import Level

LABELS = "labels.json"
_AXES = {
    "position": ("item", "comparator", "year", "unit"),
    "percentile": ("item", "year", "unit"),
    "quartile": ("item", "year", "unit"),
    "members": ("item", "year", "part"),
    "with_data": ("item", "year", "part"),
    "statistics": ("item", "year", "part", "statistic"),
}


def write_positions(folder: Path, positions: Mapping[Level, Positions]) -> None:
    """Write the positions of every role below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, its in positions.items():
        for name, array in its.arrays.items():
            save_array(folder / f"{role.value}.{name}.npy", array)
    labels = {role.value: its.labels for role, its in positions.items()}
    (folder / LABELS).write_bytes(layout.as_json(labels))


def open_positions(folder: Path) -> Mapping[Level, Positions]:
    """The positions below ``folder``, memory-mapped; none where the release was built without.

    Raises ValueError when an array does not have the shape its labels say.
    """
    if not (folder / LABELS).is_file():
        return {}
    labels = layout.read_json(folder / LABELS)
    return {Level(role): _open(folder, Level(role), its) for role, its in labels.items()}


def _open(folder: Path, role: Level, labels: Mapping[str, list[str]]) -> Positions:
    arrays = {}
    for name, axes in _AXES.items():
        array = mapped(folder / f"{role.value}.{name}.npy")
        if array.shape != tuple(len(labels[axis]) for axis in axes):
            raise ValueError(f"{role.value}.{name}: inny kształt, niż mówią etykiety")
        arrays[name] = array
    return Positions(
        role=role,
        items=tuple(labels["item"]),
        years=tuple(int(year) for year in labels["year"]),
        units=tuple(labels["unit"]),
        parts=tuple(labels["part"]),
        **arrays,
    )

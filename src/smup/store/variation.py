"""The usual variation of fixed groups on disk: ``variation/<role>.<array>.npy`` and their labels.

Imported only by who asks for it: what computes it takes a second to import.
"""

from collections.abc import Mapping
from pathlib import Path

from smup.compare.variation import Variation, Varied
from smup.store import layout
from smup.store.files import save_array
from smup.store.record import mapped
from smup.territory import Level

LABELS = "labels.json"


def write_variation(folder: Path, variation: Mapping[Level, Variation]) -> None:
    """Write that of every role below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, its in variation.items():
        for name, array in its.varied._asdict().items():
            save_array(folder / f"{role.value}.{name}.npy", array)
    labels = {
        role.value: {"item": its.items, "part": its.parts, "year": its.years}
        for role, its in variation.items()
    }
    (folder / LABELS).write_bytes(layout.as_json(labels))


def open_variation(folder: Path) -> Mapping[Level, Variation]:
    """What lies below ``folder``, memory-mapped; nothing where the release was built without.

    Raises ValueError when an array does not have the shape its labels say.
    """
    if not (folder / LABELS).is_file():
        return {}
    labels = layout.read_json(folder / LABELS)
    return {Level(role): _open(folder, role, its) for role, its in labels.items()}


def _open(folder: Path, role: str, labels: Mapping[str, list[str]]) -> Variation:
    items, parts = tuple(labels["item"]), tuple(labels["part"])
    years = tuple(int(year) for year in labels["year"])
    shape = (len(items), len(parts), max(len(years) - 1, 0))
    arrays = [mapped(folder / f"{role}.{name}.npy") for name in Varied._fields]
    if any(array.shape != shape for array in arrays):
        raise ValueError(f"{folder.name}/{role}: inny kształt, niż mówią etykiety")
    return Variation(items, years, parts, Varied(*arrays))

"""Statistical peers on disk: ``peers/*.npy`` and their labels.

Imported only by who asks for peers: what computes them takes a second to import.
"""

from pathlib import Path

import numpy as np

from smup.compare.peers import PeerTables
from smup.compare.peers.space import Space
from smup.store import layout
from smup.store.files import save_array
from smup.store.record import mapped
from smup.territory import Kind

LABELS = "labels.json"
EARLIER = "earlier_scores"  # releases built before a reader could make a list have none
_AXES = {
    "peers": ("area", "unit", "k"),
    "distance": ("area", "unit", "k"),
    "kept": ("area", "unit", "k"),
    "weights": ("area", "feature"),
    "raw": ("unit", "feature"),
    "scores": ("unit", "feature"),
    "years": ("stratum", "feature"),
    "candidate": ("unit",),
    "large": ("unit",),
}


def write_peers(folder: Path, tables: PeerTables | None) -> None:
    """Write the lists below ``folder``; nothing where the catalogue has no rules for them.

    Scores of earlier years stand by themselves: the newest explain a list, the earlier ones only
    tell how steady one is that a reader makes.
    """
    if tables is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    space = tables.space
    arrays = {
        "peers": tables.peers,
        "distance": tables.distance,
        "kept": tables.kept,
        "weights": tables.weights,
        "raw": space.raw,
        "scores": space.scores[0],
        EARLIER: space.scores[1:],
        "years": space.years,
        "candidate": space.candidate,
        "large": space.large,
    }
    for name, array in arrays.items():
        save_array(folder / f"{name}.npy", array)
    labels = {
        "year": space.year,
        "area": tables.areas,
        "feature": space.features,
        "unit": space.units,
        "stratum": [[kind.value, first, end] for kind, first, end in space.strata],
        "k": list(range(1, tables.peers.shape[2] + 1)),
    }
    (folder / LABELS).write_bytes(layout.as_json(labels))


def open_peers(folder: Path) -> PeerTables | None:
    """The lists below ``folder``, memory-mapped; None where the release was built without.

    Raises ValueError when an array does not have the shape its labels say.
    """
    if not (folder / LABELS).is_file():
        return None
    labels = layout.read_json(folder / LABELS)
    arrays = {}
    for name, axes in _AXES.items():
        arrays[name] = mapped(folder / f"{name}.npy")
        if arrays[name].shape != tuple(len(labels[axis]) for axis in axes):
            raise ValueError(f"{folder.name}/{name}: inny kształt, niż mówią etykiety")
    earlier = mapped(folder / f"{EARLIER}.npy") if (folder / f"{EARLIER}.npy").is_file() else None
    newest = arrays["scores"][np.newaxis]
    space = Space(
        int(labels["year"]),
        tuple(labels["feature"]),
        tuple(labels["unit"]),
        tuple((Kind(kind), int(first), int(end)) for kind, first, end in labels["stratum"]),
        arrays["raw"],
        newest if earlier is None else np.concatenate([newest, earlier]),
        arrays["years"],
        arrays["candidate"],
        arrays["large"],
    )
    return PeerTables(
        space,
        tuple(labels["area"]),
        *(arrays[name] for name in ("weights", "peers", "distance", "kept")),
    )

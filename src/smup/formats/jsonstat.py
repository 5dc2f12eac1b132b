"""JSON-stat 2.0 (https://json-stat.org/full/): a dataset of what was asked for.

``value`` is in the order of the axes, the last one fastest; null is a gap. ``status`` gives every
gap its sign by place. JSON-stat has room for one sign a cell, so the reason itself, and the flags
of values, stand in ``extension.smup`` as places in ``value``.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from smup.formats.cube import Axis, Cube, cube_of
from smup.formats.extract import Extract
from smup.formats.signs import SIGNS
from smup.panel import STATUS_NAMES, Status
from smup.panel.panel import FIRST_GAP
from smup.panel.status import FLAG_NAMES

Document = dict[str, Any]


def encode(extract: Extract) -> bytes:
    """The dataset of an extract."""
    return as_bytes(document(cube_of(extract)))


def as_bytes(body: Document | NDArray[np.intp]) -> bytes:
    """Arrays of numbers are written as they are; NaN, the value of a gap, is null."""
    return orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)


def document(cube: Cube) -> Document:
    """The dataset of a cube, its cells still arrays: see ``as_bytes``."""
    status = np.ravel(cube.status)
    places = {
        Status(code): np.flatnonzero(status == code)
        for code in np.flatnonzero(np.bincount(status)).tolist()
        if code >= FIRST_GAP
    }
    return described(cube) | {
        "value": np.ravel(cube.values),
        "status": _status(places),
        "extension": {
            "smup": _release(cube)
            | {
                "signs": cube.signs_used(),
                "gaps": {STATUS_NAMES[reason]: its for reason, its in places.items()},
                "flags": _flags(cube),
            }
        },
    }


def _status(places: Mapping[Status, NDArray[np.intp]]) -> orjson.Fragment:
    """``{"3":".","7":"#"}``, written from whole arrays: a dictionary of 80 thousand entries would
    take longer than everything else."""
    parts = []
    for reason, its in places.items():
        sign = SIGNS[reason].sign.encode()
        listed = as_bytes(its)[1:-1].replace(b",", b'":"%b","' % sign)
        parts.append(b'"%b":"%b"' % (listed, sign))
    return orjson.Fragment(b"{" + b",".join(parts) + b"}")


def described(cube: Cube) -> Document:
    """What the cells are, without the cells: ``value`` is empty."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": cube.title,
        "source": cube.source,
        "updated": cube.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "note": list(cube.notes),
        "id": [axis.id for axis in cube.axes],
        "size": list(cube.shape),
        "role": {axis.role: [axis.id] for axis in cube.axes},
        "dimension": {axis.id: _dimension(cube, axis) for axis in cube.axes},
        "value": [],
        "extension": {"smup": _release(cube)},
    }


def _release(cube: Cube) -> Document:
    return {"release": cube.release, "synthetic": cube.synthetic}


def _dimension(cube: Cube, axis: Axis) -> Document:
    category: Document = {
        "index": {code: place for place, code in enumerate(axis.codes)},
        "label": dict(zip(axis.codes, axis.labels, strict=True)),
    }
    if axis.role == "metric":
        category["unit"] = {
            code: {
                "label": cube.measures[code],
                "base": cube.measures[code],
                "decimals": cube.decimals[code],
            }
            for code in axis.codes
        }
    return {"label": axis.label, "category": category}


def _flags(cube: Cube) -> dict[str, Any]:
    """Places of the values that bear each flag."""
    flags = np.ravel(np.where(cube.gaps, 0, cube.flags))
    borne = int(np.bitwise_or.reduce(flags, initial=0))
    return {
        name: np.flatnonzero(flags & flag.value)
        for flag, name in FLAG_NAMES.items()
        if borne & flag.value
    }

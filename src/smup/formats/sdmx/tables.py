"""What is written for each status and set of flags: tables [status, flags] to look whole arrays of
cells up in."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from smup.formats.signs import SIGNS, obs_status
from smup.panel import STATUS_NAMES, Status, flag_names

Words = NDArray[np.object_]
_FLAGS = 256


@cache
def obs_codes() -> Words:
    """Codes of CL_OBS_STATUS."""
    return _table(obs_status)


@cache
def conf_codes() -> Words:
    """Codes of CL_CONF_STATUS."""
    return _table(lambda status, _: SIGNS[status].conf_status)


@cache
def status_codes() -> Words:
    """Names of our own statuses."""
    return _table(lambda status, _: STATUS_NAMES[status])


@cache
def notes() -> Words:
    """Names of flags with a blank between them; "" for none."""
    return _table(lambda _, flags: " ".join(flag_names(flags)))


def _table(of: Callable[[Status, int], str]) -> Words:
    found = np.full((max(Status) + 1, _FLAGS), "", object)
    for status in Status:
        found[int(status)] = [of(status, flags) for flags in range(_FLAGS)]
    return found

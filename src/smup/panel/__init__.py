"""The labelled matrix [item, year, unit] of values with a reason for every gap."""

from smup.panel.panel import Panel
from smup.panel.status import (
    FLAG_NAMES,
    STATUS_NAMES,
    VALUE_STATUSES,
    Flag,
    Status,
    flag_names,
)

__all__ = [
    "FLAG_NAMES",
    "STATUS_NAMES",
    "VALUE_STATUSES",
    "Flag",
    "Panel",
    "Status",
    "flag_names",
]

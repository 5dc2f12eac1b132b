"""How one published figure came about, worked out again in plain numbers.

A trace follows the rules of ``compute.evaluate`` and ``compute.aggregate`` for a single cell, one
number at a time, and shares with them nothing but the parsed formula. So it is an explanation and a
proof at once: what it arrives at must be what the release says.
"""

from smup.compute.trace.cell import trace
from smup.compute.trace.parts import Given, Member, Result, Total, Trace, Way, Worked

__all__ = ["Given", "Member", "Result", "Total", "Trace", "Way", "Worked", "trace"]

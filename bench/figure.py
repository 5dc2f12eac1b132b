"""One measured figure: always beside its counterpart from the same run."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """``ok`` when ``value`` is on the right side of ``bound`` (``better`` says which side)."""

    name: str
    value: float
    unit: str
    bound: float
    better: Literal["lower", "higher"] = "lower"
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.value <= self.bound if self.better == "lower" else self.value >= self.bound


def highest() -> float:
    """GB this program has held at most. ``getrusage`` would count what its parent held at birth."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.split("VmHWM:")[1].split()[0]) / 1e6

"""What a formula is made of once it has been read: frozen nodes that know nothing of data."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Operator = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or with ``indicator`` another indicator (written with @)."""

    id: str
    indicator: bool = False


@dataclass(frozen=True, slots=True)
class Lag:
    """The value ``years`` (1 or more) earlier."""

    of: Name
    years: int


@dataclass(frozen=True, slots=True)
class RollingSum:
    """The sum over ``years`` (2 or more) years that end with the current one."""

    of: Name
    years: int


@dataclass(frozen=True, slots=True)
class Negate:
    of: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    operator: Operator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class MinMax:
    which: Literal["min", "max"]
    of: tuple["Node", ...]


Atom: TypeAlias = Name | Lag | RollingSum
Node: TypeAlias = Number | Name | Lag | RollingSum | Negate | Binary | MinMax

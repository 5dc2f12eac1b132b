"""Numba behind one typed decorator, so that the rest of the code stays checked."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """``function`` as machine code, kept on disk between runs; it lets other threads run."""
    return cast(F, njit(nogil=True, cache=True)(function))

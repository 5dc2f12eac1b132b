"""Chance that is the same for everybody: one generator for each seed and name.

A variable draws from a generator of its own, so adding one leaves the figures of the others as
they were.
"""

import hashlib

import numpy as np


def generator(seed: int, name: str) -> np.random.Generator:
    """A fresh generator; equal arguments give equal draws on every machine."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))

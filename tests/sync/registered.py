"""The small source in the place of the real ones, for what looks providers up by name."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from smup.sources.registry import PROVIDERS


@contextmanager
def small_registry() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(PROVIDERS):
            patch.delitem(PROVIDERS, name)
        patch.setitem(PROVIDERS, "rejestr", "tests.sync.small")
        yield

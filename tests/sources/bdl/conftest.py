from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from smup.catalogue import Variable
from tests.contract.clock import VirtualClock
from tests.contract.serving import Serving
from tests.sources.bdl.desk import HARD, ROADS, SHARE, SUBJECTS, WITHIN, YEARS, Office

Opening = Callable[..., Office]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Opening]:
    """Opens an office before a contract server of its own: ``office(limits={...})``."""
    with ExitStack() as stack:

        def opened(
            variables: tuple[Variable, ...] = (ROADS, HARD, SHARE),
            key: str | None = None,
            patience: float | None = None,
            **settings: Any,
        ) -> Office:
            (tmp_path / "clock").mkdir()
            VirtualClock(tmp_path / "clock")
            told = {"subjects": SUBJECTS, "years": YEARS, "within": WITHIN, **settings}
            told["clock_folder"] = str(tmp_path / "clock")
            serving = stack.enter_context(Serving("tests.contract.bdl:Bdl", told))
            one = Office(tmp_path, serving, variables, key, patience)
            one.open()
            return one

        yield opened

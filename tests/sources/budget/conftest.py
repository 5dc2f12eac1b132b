from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.serving import Serving
from tests.sources.budget.desk import Office, served
from tests.sources.budget.invented import Reports, reports

YEARS = (2023, 2024)


@pytest.fixture(scope="session")
def rows() -> Reports:
    """Reports of two years of the small country; not to be changed."""
    return reports(YEARS)


@pytest.fixture
def serving(tmp_path: Path, rows: Reports) -> Iterator[Serving]:
    with Serving("tests.contract.bestia:Bestia", {"rows": served(tmp_path, rows)}) as one:
        yield one


@pytest.fixture
def office(tmp_path: Path, serving: Serving) -> Office:
    return Office(tmp_path / "office", serving)

"""The desk in tests: one filled edition, copied for each test; who works at it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test.client import Client

from tests.helpers.people import FILE, Tables, in_use, person, signed_in

if TYPE_CHECKING:
    from smup.training.models import Registration

BASE = "/szkolenia/biuro"


@pytest.fixture(scope="session")
def filled(home: Path, tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with everything of ``helpers.edition`` and staff of every role."""
    from django.db import connection
    from django.utils import timezone

    from tests.helpers.edition import run

    folder = tmp_path_factory.mktemp("desk")
    with tables.copy(folder, ""):
        for role, organisation in (("coordinator", None), ("auditor", None), ("organiser", "zmp")):
            person(role, organisation)
        run(timezone.now(), person("trainer", "zmp", name="Ewa Trenerska"))
        with connection.cursor() as cursor:  # all into the one file that is copied
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / FILE


@dataclass(frozen=True)
class Desk:
    """A copy of the filled edition and browsers of those who work with it."""

    def as_(self, role: str) -> Client:
        from smup.accounts.models import Person

        return signed_in(Person.objects.get(email=f"{role}@example.org"))

    def case(self, status: str, organiser: str = "zmp") -> "Registration":
        """The first case with this status."""
        from smup.training.models import Registration

        found: Registration = Registration.objects.filter(
            status=status, organiser=organiser
        ).order_by("number")[0]
        return found

    def training(self, state: str) -> Any:
        from smup.training.models import Training

        return Training.objects.get(state=state)


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """Ready to be worked with; thrown away afterwards."""
    shutil.copyfile(filled, tmp_path / FILE)
    with in_use(tmp_path / FILE, ""):
        yield Desk()


def text(response: Any) -> str:
    return unescape(response.content.decode())


def seen(response: Any) -> str:
    """What the forms of a page carry about the thing as it was seen."""
    found = re.search(r'name="widziane" value="(\d+)"', text(response))
    assert found is not None
    return found[1]


def step(client: Client, case: "Registration", name: str, **told: Any) -> Any:
    """Open the page of a case and take a step from it, as one does."""
    page = client.get(f"{BASE}/zgloszenie/{case.pk}")
    assert f'id="krok-{name}"' in text(page)
    told["widziane"] = seen(page)
    return client.post(f"{BASE}/zgloszenie/{case.pk}/krok/{name}", told)

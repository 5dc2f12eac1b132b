"""`smup user add`: a person, a role, and a link to a page that takes it once."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from smup.cli import cli

pytestmark = pytest.mark.usefixtures("sqlite")


def add(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["user", "add", *arguments])


def test_the_link_belongs_to_the_person() -> None:
    from smup.accounts import people

    told: dict[str, Any] = json.loads(add("Ola@example.org", "--role", "admin", "--json").stdout)
    assert (told["email"], told["role"], told["organisation"]) == ("ola@example.org", "admin", None)
    address = urlsplit(told["link"])
    assert address.path == "/konto/start"
    who, purpose = people.of_link(parse_qs(address.query)["klucz"][0])
    assert (who.email, purpose) == ("ola@example.org", people.START)
    assert not who.has_usable_password()


def test_a_role_in_an_organisation_written_in_any_case() -> None:
    from smup.accounts.models import Membership, Organisation

    Organisation.objects.create(id="zmp", name="Związek Miast Polskich", short="ZMP")
    done = add("jan@example.org", "--role", "organiser", "--organisation", "ZMP")
    assert done.exit_code == 0
    assert "/konto/start?klucz=" in done.stdout
    assert Membership.objects.get().organisation_id == "zmp"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("to nie adres", "--role", "admin"), "e-mail"),
        (("jan@example.org", "--role", "king"), "Są: admin, coordinator"),
        (("jan@example.org", "--role", "organiser", "--organisation", "abc"), "organizacji"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_stored(
    arguments: tuple[str, ...], said: str
) -> None:
    from smup.accounts.models import Person

    done = add(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not Person.objects.exists()

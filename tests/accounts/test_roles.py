"""Roles against a table written here from their descriptions."""

from typing import Any

import pytest

from tests.helpers.people import person

# admin: everything. coordinator: all of training, both organisers. organiser: the registrations of
# the own organisation. trainer: attendance at own trainings. auditor: reads all, writes nothing.
READS = {
    "accounts.read",
    "audit.read",
    "personal.read",
    "mail.read",
    "operations.read",
    "training.read",
    "training.report",
}
TRAINING = {
    "training.read",
    "training.decide",
    "training.agreements",
    "training.schedule",
    "training.attendance",
    "training.invite",
    "training.questions",
    "training.report",
}
TABLE = {
    "admin": TRAINING
    | READS
    | {"accounts.manage", "personal.erase", "mail.send", "operations.act", "training.setup"},
    "coordinator": TRAINING
    | READS - {"operations.read"}
    | {"personal.erase", "mail.send", "training.setup"},
    "organiser": TRAINING | {"mail.read", "mail.send"},
    "trainer": {"training.attendance"},
    "auditor": READS,
}
EVERYWHERE = {"admin", "coordinator", "auditor"}


@pytest.mark.parametrize("role", TABLE)
@pytest.mark.parametrize("organisation", ["zmp", None])
def test_each_role_may_what_the_table_says_where_it_says(
    sqlite: dict[str, Any], role: str, organisation: str | None
) -> None:
    from smup.accounts.models import Organisation
    from smup.accounts.roles import may, reach, table

    Organisation.objects.create(id="zpp", name="ZPP", short="ZPP")
    who = person(role, organisation)
    for permission in table().permissions:
        has = permission in TABLE[role]
        far = has and (role in EVERYWHERE or organisation is None)
        assert may(who, permission) is has, permission
        assert may(who, permission, "zmp") is has, permission
        assert may(who, permission, "zpp") is far, permission
        assert bool(reach(who, permission).everywhere) is far, permission


def test_every_permission_of_the_table_is_known_and_the_roles_are_these(
    settings_of: None,
) -> None:
    from smup.accounts.roles import table

    assert set(table().roles) == set(TABLE)
    assert set(table().permissions) == set().union(*TABLE.values())


def test_an_unknown_permission_is_an_error_and_nobody_has_it(sqlite: dict[str, Any]) -> None:
    from smup.accounts.roles import may

    with pytest.raises(KeyError):
        may(person("admin"), "training.decied")


def test_an_inactive_person_and_one_without_roles_may_nothing(sqlite: dict[str, Any]) -> None:
    from smup.accounts.models import Person
    from smup.accounts.roles import is_staff, may, table

    gone = person("admin", is_active=False)
    plain = Person.objects.create_user("zwykla@example.org")
    assert not any(may(who, one) for who in (gone, plain) for one in table().permissions)
    assert not is_staff(gone)
    assert not is_staff(plain)


def test_two_organisations_do_not_mix(sqlite: dict[str, Any]) -> None:
    from smup.accounts.models import Membership, Organisation
    from smup.accounts.roles import may

    Organisation.objects.create(id="zpp", name="ZPP", short="ZPP")
    who = person("organiser", "zmp")
    Membership.objects.create(person=who, role="trainer", organisation_id="zpp")
    assert may(who, "training.decide", "zmp")
    assert not may(who, "training.decide", "zpp")
    assert may(who, "training.attendance", "zpp")


def test_workflows_ask_for_known_permissions(settings_of: None) -> None:
    from smup.accounts.roles import table
    from smup.training.rules.workflow import names, workflow

    asked = {step.permission for name in names() for step in workflow(name).transitions}
    assert asked - {None} <= set(table().permissions)

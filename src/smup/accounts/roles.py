"""What a person may: roles and their permissions, from one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from smup.accounts.models import Organisation, Person
from smup.language import Lang

_FILE = Path(__file__).with_name("roles.yaml")
ADMIN = "admin"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(_Part):
    """``name`` and ``note`` by language; what it ``may``, and where."""

    name: Mapping[Lang, str]
    note: Mapping[Lang, str]
    reach: Literal["everything", "organisation"]
    may: frozenset[str]


class Table(_Part):
    """Permissions with their words, roles in the order in which people read them."""

    permissions: Mapping[str, Mapping[Lang, str]]
    roles: Mapping[str, Role]


@cache
def table() -> Table:
    """The table of roles. Raises ValueError when a role may what is no permission."""
    found = Table.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    for name, role in found.roles.items():
        if unknown := role.may - found.permissions.keys():
            raise ValueError(f"roles.yaml: {name}: {', '.join(sorted(unknown))}")
    return found


@dataclass(frozen=True)
class Reach:
    """Where a permission holds: ``everywhere``, or in ``organisations`` (their ids)."""

    everywhere: bool
    organisations: frozenset[str]

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.organisations)

    def __contains__(self, organisation: str) -> bool:
        return self.everywhere or organisation in self.organisations


def reach(person: Person, permission: str) -> Reach:
    """Where ``person`` has ``permission``. Raises KeyError when there is no such permission."""
    table().permissions[permission]
    everywhere, organisations = False, set[str]()
    for role, organisation in _held(person):
        found = table().roles.get(role)
        if found is None or permission not in found.may:
            continue
        if found.reach == "everything" or organisation is None:
            everywhere = True
        else:
            organisations.add(organisation)
    return Reach(everywhere, frozenset(organisations))


def may(person: Person, permission: str, organisation: Organisation | str | None = None) -> bool:
    """May ``person`` do that in ``organisation`` (itself or its id)?

    Without one: anywhere at all, which is what decides whether a page is offered. Raises KeyError
    when there is no such permission.
    """
    where = reach(person, permission)
    if organisation is None:
        return bool(where)
    return (organisation if isinstance(organisation, str) else organisation.pk) in where


def is_staff(person: Person) -> bool:
    """Has the person any role?"""
    return bool(_held(person))


def _held(person: Person) -> tuple[tuple[str, str | None], ...]:
    """Role and organisation of each membership; read once for an object, none when inactive."""
    if not person.is_active or person.pk is None:
        return ()
    held: tuple[tuple[str, str | None], ...] | None = person.__dict__.get("_held")
    if held is None:
        held = tuple(person.memberships.values_list("role", "organisation_id"))
        person.__dict__["_held"] = held
    return held

"""What is asked of a table: values of each variable and where the variables are to stand.

GET ``valuecodes[Rok]=top(5)&codelist[Jst]=agg_powiaty&heading=Rok&stub=Jst``, POST
``{"selection": [{"variableCode", "codelist", "valueCodes"}], "placement": {"heading", "stub"}}``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError
from pydantic import BaseModel, ConfigDict, ValidationError

from smup.formats.cube import Role
from smup.web.open.parameters import refuse_several
from smup.web.open.problems import Problem
from smup.web.pxweb.tables import IDS, ROLE_OF

Model = TypeVar("Model", bound=BaseModel)
REPEATED = "outputFormatParams"  # its values stand between commas or each in a parameter
_NAMED = re.compile(r"(valuecodes|codelist)\[([^\[\]]*)\]", re.IGNORECASE)
_COMMA = re.compile(r",(?![^(]*\))")  # not the one inside TOP(3,1)


@dataclass(frozen=True)
class Choice:
    """Of one variable: a code list ("" for none) and expressions; none of them means all of the
    list, or, without a list, that the variable is left out."""

    codelist: str = ""
    expressions: tuple[str, ...] = ()

    @property
    def is_made(self) -> bool:
        return bool(self.codelist or self.expressions)


@dataclass(frozen=True)
class Query:
    """The choices by the role of their variable, and what is to stand in columns and in rows."""

    choices: Mapping[Role, Choice] = field(default_factory=dict)
    heading: tuple[Role, ...] = ()
    stub: tuple[Role, ...] = ()

    def choice(self, role: Role) -> Choice:
        return self.choices.get(role, Choice())

    @property
    def is_empty(self) -> bool:
        """Is nothing chosen, so that the default selection is meant?"""
        return not any(choice.is_made for choice in self.choices.values())


class _Selection(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    variableCode: str
    codelist: str | None = None
    valueCodes: list[str] | None = None


class _Placement(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    heading: list[str] | None = None
    stub: list[str] | None = None


class Asked(BaseModel):
    """The body of a question (``VariablesSelection``)."""

    model_config = ConfigDict(extra="forbid", strict=True)
    selection: list[_Selection] = []
    placement: _Placement | None = None

    def query(self) -> Query:
        """Raises Problem 400."""
        choices: dict[Role, Choice] = {}
        for one in self.selection:
            role = the_role(one.variableCode, "variableCode")
            if role in choices:
                detail = f"Zmienną „{one.variableCode}” wybrano dwa razy."
                raise Problem(400, detail, "selection")
            choices[role] = Choice(one.codelist or "", tuple(one.valueCodes or ()))
        placed = self.placement or _Placement()
        return Query(
            choices,
            heading=_roles(placed.heading or (), "heading"),
            stub=_roles(placed.stub or (), "stub"),
        )


def body_of(request: HttpRequest, kind: type[Model]) -> Model:
    """The JSON body as a model. Raises Problem 400, 413."""
    try:
        content: bytes = request.body
    except RequestDataTooBig:
        raise Problem(413, "Treść zapytania jest zbyt duża.") from None
    except UnreadablePostError:
        raise Problem(400, "Treść zapytania urwała się.") from None
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "treść"
        raise Problem(400, f"Treść zapytania, {where}: {first['msg']}.", where[:80]) from None


def from_address(parameters: QueryDict, others: Iterable[str]) -> Query:
    """The query of an address; ``others`` are parameters of the same address that are no part of
    it. Raises Problem 400 for any parameter that is neither."""
    found: dict[Role, dict[str, str]] = {}
    plain: dict[str, str] = {}
    for name, values in parameters.lists():
        if name != REPEATED:
            refuse_several(name[:60], values)
        named = _NAMED.fullmatch(name)
        if named:
            found.setdefault(the_role(named[2], name[:60]), {})[named[1].casefold()] = values[0]
        elif name in ("heading", "stub"):
            plain[name] = values[0]
        elif name not in others:
            known = ["valuecodes[…]", "codelist[…]", "heading", "stub", *others]
            detail = f"Nieznany parametr „{name[:60]}”. Dozwolone: {', '.join(known)}."
            raise Problem(400, detail, name[:60], known)
    choices = {
        role: Choice(told.get("codelist", ""), listed(told.get("valuecodes", "")))
        for role, told in found.items()
    }
    return Query(
        choices,
        heading=_roles(listed(plain.get("heading", "")), "heading"),
        stub=_roles(listed(plain.get("stub", "")), "stub"),
    )


def to_address(query: Query) -> dict[str, str]:
    """The parameters of an address that asks the same."""
    found = {}
    for role, choice in query.choices.items():
        if choice.codelist:
            found[f"codelist[{IDS[role]}]"] = choice.codelist
        if choice.expressions:
            found[f"valuecodes[{IDS[role]}]"] = ",".join(choice.expressions)
    for name, roles in (("heading", query.heading), ("stub", query.stub)):
        if roles:
            found[name] = ",".join(IDS[role] for role in roles)
    return found


def listed(text: str) -> tuple[str, ...]:
    """Values between commas; those inside round brackets belong to an expression."""
    return tuple(part.strip() for part in _COMMA.split(text) if part.strip())


def the_role(variable: str, parameter: str) -> Role:
    """The role of a variable by its code. Raises Problem 400."""
    role = ROLE_OF.get(variable.casefold())
    if role is None:
        known = list(IDS.values())
        detail = f"Nie ma zmiennej „{variable[:40]}”. Zmienne tabeli: {', '.join(known)}."
        raise Problem(400, detail, parameter, known)
    return role


def _roles(variables: Iterable[str], parameter: str) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(the_role(name, parameter) for name in variables))

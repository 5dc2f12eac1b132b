"""Shapes of the answers of the national SMUP service, and the checks they must pass to be kept.

Field names were published by users of the service. Fields nobody described are not read; which
they were is told (``strange``), so that somebody looks at them. A list is a bare array or stands
under ``data``.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from smup.fetch.errors import Unsound

Shown = TypeVar("Shown", bound=BaseModel)
Check = Callable[[bytes], None]
Reader = Callable[[bytes], Sequence[BaseModel]]


class _Row(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", allow_inf_nan=False)


class Area(_Row):
    id: int = Field(alias="id-ou")
    name: str = Field(alias="nazwa-obszaru")


class Service(_Row):
    id: int = Field(alias="id-up")
    name: str = Field(alias="nazwa-uslugi")


class Indicator(_Row):
    id: int
    name: str = Field(alias="nazwa-wskaznika")
    service: int | None = Field(default=None, alias="id-up")
    service_name: str | None = Field(default=None, alias="nazwa-uslugi")
    dimension: str | None = Field(default=None, alias="wymiar-opisu-uslugi")


class Day(_Row):
    """``id`` is the last day of a year as one number: 20241231."""

    id: int = Field(alias="id-daty", ge=1900_12_31, le=2199_12_31)

    @property
    def year(self) -> int:
        return self.id // 10_000


class Unit(_Row):
    """``id`` is the service's own number of a unit, the rest its TERYT code in pieces."""

    id: int = Field(alias="id-teryt")
    woj: str | None = None
    pow: str | None = None
    gmn: str | None = None
    rodz: str | None = None
    name: str | None = Field(default=None, alias="nazwa")


class Flag(_Row):
    """``texts`` are whatever the record says in words: the name of that field was never seen."""

    id: int = Field(alias="id-flaga")
    texts: tuple[str, ...] = ()


class Value(_Row):
    indicator: int = Field(alias="id")
    day: int = Field(alias="id-daty")
    unit: int = Field(alias="id-teryt")
    flag: int = Field(alias="id-flaga")
    value: float | None = Field(alias="wartosc")
    precision: int | None = Field(alias="precyzja", ge=0, le=15)


_VALUES = TypeAdapter(list[Value])


def records(content: bytes) -> list[dict[str, Any]]:
    """The records of a list. Raises Unsound for anything else, and for invented figures."""
    try:
        told = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unsound("to nie jest cały dokument JSON") from error
    inside = told.get("data") if isinstance(told, dict) else told
    if not isinstance(inside, list) or not all(isinstance(one, dict) for one in inside):
        raise Unsound("spodziewano się listy rekordów, samej albo pod kluczem data")
    if any(one.get("synthetic") is True for one in [told, *inside] if isinstance(one, dict)):
        raise Unsound("liczby są oznaczone jako zmyślone (synthetic), a nie krajowe")
    return inside


def read(model: type[Shown], content: bytes) -> list[Shown]:
    """The records as ``model``. Raises Unsound naming the first field that is wrong."""
    return _typed(model, records(content))


def read_flags(content: bytes) -> list[Flag]:
    """The dictionary of flags. Raises Unsound."""
    told = [
        {
            "id-flaga": one.get("id-flaga"),
            "texts": tuple(text for text in one.values() if isinstance(text, str)),
        }
        for one in records(content)
    ]
    return _typed(Flag, told)


def listing(reader: Reader) -> Check:
    """A dictionary that must not be empty."""

    def check(content: bytes) -> None:
        if not reader(content):
            raise Unsound("lista jest pusta")

    return check


def parsed(reader: Reader) -> Check:
    """A list that may be empty, as a further page is."""

    def check(content: bytes) -> None:
        reader(content)

    return check


def values_of(indicator: int, day: int) -> Check:
    """Values of one indicator and day, and of no other."""

    def check(content: bytes) -> None:
        for row in read_values(content)[0]:
            if (row.indicator, row.day) != (indicator, day):
                raise Unsound(
                    f"pytano o wskaźnik {indicator} i dzień {day}, "
                    f"a przyszedł wskaźnik {row.indicator} i dzień {row.day}"
                )

    return check


def card(content: bytes) -> None:
    """A flashcard: an object. Its fields were never seen, so that nothing more is asked of it."""
    try:
        told = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unsound("to nie jest cały dokument JSON") from error
    if not isinstance(told, dict | list) or not told:
        raise Unsound("spodziewano się metryczki")


def read_values(content: bytes) -> tuple[list[Value], frozenset[str]]:
    """Values, and the fields of their rows that nobody described. Raises Unsound."""
    told = records(content)
    known = {field.alias or name for name, field in Value.model_fields.items()}
    return _values(told), frozenset(name for one in told for name in one) - known


def _typed(model: type[Shown], told: list[dict[str, Any]]) -> list[Shown]:
    try:
        return [model.model_validate(one) for one in told]
    except ValidationError as error:
        raise _changed(error) from error


def _values(told: list[dict[str, Any]]) -> list[Value]:
    """The same for values, of which there are half a million: all of an answer at once."""
    try:
        return _VALUES.validate_python(told)
    except ValidationError as error:
        raise _changed(error) from error


def _changed(error: ValidationError) -> Unsound:
    first = error.errors()[0]
    place = ".".join(part for part in first["loc"] if isinstance(part, str))
    return Unsound(f"zmieniony układ danych: pole {place} ({first['type']})")

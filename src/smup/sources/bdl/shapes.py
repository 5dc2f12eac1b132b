"""Answers of the Local Data Bank as frozen objects; bytes of any other shape are refused.

Fields nobody reads may come and go. Those read here must be there and of their type: a value that
turns into text is a change of the contract, not a number.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from smup.fetch.errors import Unsound

Shown = TypeVar("Shown", bound=BaseModel)
UnitId = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
YearText = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class _Told(BaseModel):
    model_config = ConfigDict(
        frozen=True, strict=True, extra="ignore", alias_generator=to_camel, allow_inf_nan=False
    )


class Attribute(_Told):
    id: int
    symbol: str | None = None
    description: str | None = None


class SubjectName(_Told):
    id: str
    name: str
    has_variables: bool = True


class Availability(_Told):
    year: int
    levels: tuple[int, ...] = ()


class Subject(_Told):
    id: str
    name: str
    years: tuple[int, ...] = ()
    availability: tuple[Availability, ...] = ()
    last_update: str

    def years_at(self, level: int) -> tuple[int, ...]:
        """The years with figures at the level, sorted; all years where levels are not told."""
        told = [one.year for one in self.availability if level in one.levels]
        return tuple(sorted(set(told if self.availability else self.years)))


class Variable(_Told):
    id: int
    subject_id: str
    n1: str | None = None
    n2: str | None = None
    n3: str | None = None
    n4: str | None = None
    n5: str | None = None
    measure_unit_id: int
    measure_unit_name: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(text for text in (self.n1, self.n2, self.n3, self.n4, self.n5) if text)


class Value(_Told):
    year: YearText
    val: float | None
    attr_id: int


class UnitRow(_Told):
    id: UnitId
    name: str
    values: tuple[Value, ...]


class DataPage(_Told):
    total_records: int
    page: int
    variable_id: int
    measure_unit_id: int
    last_update: str
    results: tuple[UnitRow, ...]


class ListPage(_Told, Generic[Shown]):
    total_records: int
    page: int = 0
    results: tuple[Shown, ...]


class Attributes(ListPage[Attribute]):
    """``/attributes``."""


class SubjectNames(ListPage[SubjectName]):
    """``/subjects/search``."""


class Variables(ListPage[Variable]):
    """``/variables``."""


def shaped(shape: type[Shown], content: bytes) -> Shown:
    """The answer as ``shape``. Raises Unsound with the first fault."""
    read = _read(shape, content)
    assert isinstance(read, shape)
    return read


@lru_cache(maxsize=2)
def _read(shape: type[BaseModel], content: bytes) -> BaseModel:
    """Remembered for a moment: what was just checked is read next."""
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "cała odpowiedź"
        raise Unsound(
            f"pole „{place}” – {first['type']}; miejsc niezgodnych: {error.error_count()}"
        ) from error


def checking(shape: type[BaseModel]) -> Callable[[bytes], None]:
    """A check for the fetcher: bytes of another shape are never kept."""

    def check(content: bytes) -> None:
        shaped(shape, content)

    return check

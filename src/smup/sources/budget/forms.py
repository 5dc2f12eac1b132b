"""The reports of local government: their columns and rows under every name they go by."""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from smup.catalogue.models import BudgetKind
from smup.language import fold

FILE = Path(__file__).with_name("reports.yaml")
LIMIT = 100  # rows of one answer; a larger number is refused by the service
QUARTER = "4"  # reports are cumulative: the fourth quarter is the year


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sum(_Said):
    """``whole`` is the sum of ``parts``: symbols of one report."""

    whole: str
    parts: tuple[str, ...]


class Total(_Said):
    """The row of another report that holds the sum of all rows of this one."""

    report: str
    symbol: str


class Report(_Said):
    """``id`` is the source in the catalogue; rows stand by ``symbols``, or, where there are none,
    by division, chapter and paragraph."""

    id: str
    form: str
    path: str
    rows: Annotated[int, Field(ge=1)]
    columns: Mapping[str, tuple[str, ...]]
    symbols: Mapping[str, str] = Field(default={})
    kinds: tuple[BudgetKind, ...] = ()
    sums: tuple[Sum, ...] = ()
    total: Total | None = None

    @property
    def stem(self) -> str:
        """The form's name as codes and file names have it: ``rb28s``."""
        return squeezed(self.form)

    @cached_property
    def _columns(self) -> Mapping[str, str]:
        return {told(each): name for name, names in self.columns.items() for each in (name, *names)}

    def column(self, name: str) -> str | None:
        """The column that goes by ``name``; None if no column does."""
        return self._columns.get(told(name))

    def symbol(self, text: str) -> str | None:
        """The symbol of the row that definitions call ``text``; None if no row is called so."""
        return next((s for s, name in self.symbols.items() if told(name) == told(text)), None)


class _Forms(_Said):
    keys: Mapping[str, tuple[str, ...]]
    reports: Mapping[str, Report]


def told(name: str) -> str:
    """A name as it is compared: no case, no diacritics, single spaces."""
    return " ".join(fold(name).split())


def squeezed(text: str) -> str:
    """Letters and digits alone: ``Rb-28s`` and ``RB28S`` are the same form."""
    return "".join(c for c in fold(text) if c.isalnum())


def reports() -> Mapping[str, Report]:
    """The reports by id, in the order in which they are asked for: totals first."""
    return _forms().reports


@cache
def key_names() -> Mapping[str, str]:
    """The key of a row by every name it goes by."""
    return {told(name): key for key, names in _forms().keys.items() for name in names}


@cache
def _forms() -> _Forms:
    said = yaml.safe_load(FILE.read_text("utf-8"))
    named = {key: {"id": key, **report} for key, report in said["reports"].items()}
    return _Forms.model_validate({"keys": said["keys"], "reports": named})

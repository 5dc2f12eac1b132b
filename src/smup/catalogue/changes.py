"""What differs between two catalogues: for ``smup catalogue diff`` and notes on a release."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from smup.catalogue.base import Definition
from smup.catalogue.history import MEANING
from smup.catalogue.models import Catalogue

_COLLECTIONS = ("areas", "services", "measures", "variables", "indicators", "groups", "sources")


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of a definition; None where it was or is left out."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """``meaning`` tells whether a change alters what the figure is, not only how it is told."""

    collection: str
    id: str
    kind: Literal["added", "removed", "renamed", "changed"]
    former_id: str | None = None
    keys: tuple[KeyChange, ...] = ()

    @property
    def meaning(self) -> bool:
        return any(change.key in MEANING for change in self.keys)

    def as_dict(self) -> dict[str, Any]:
        return {
            "collection": self.collection,
            "id": self.id,
            "kind": self.kind,
            "former_id": self.former_id,
            "meaning": self.meaning,
            "keys": [{"key": c.key, "before": c.before, "after": c.after} for c in self.keys],
        }


def changes(before: Catalogue, after: Catalogue) -> list[DefinitionChange]:
    """Definitions added, removed, renamed or changed, by collection and id."""
    found: list[DefinitionChange] = []
    for collection in _COLLECTIONS:
        old, new = getattr(before, collection), getattr(after, collection)
        renamed = after.renamed if collection == "indicators" else {}
        found.extend(_compared(collection, old, new, renamed))
    return found


def _compared(
    collection: str,
    old: Mapping[str, Definition],
    new: Mapping[str, Definition],
    renamed: Mapping[str, str],
) -> Iterator[DefinitionChange]:
    origin = {today: once for once, today in renamed.items() if once in old}
    for one in sorted(new.keys() | (old.keys() - renamed.keys())):
        once = origin.get(one, one)
        if one not in new:
            yield DefinitionChange(collection, one, "removed")
        elif once not in old:
            yield DefinitionChange(collection, one, "added")
        else:
            keys = tuple(_keys(old[once], new[one]))
            if once != one:
                yield DefinitionChange(collection, one, "renamed", once, keys)
            elif keys:
                yield DefinitionChange(collection, one, "changed", None, keys)


def _keys(old: Definition, new: Definition) -> Iterator[KeyChange]:
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    for key in after:
        if key != "id" and before[key] != after[key]:
            yield KeyChange(key, before[key], after[key])

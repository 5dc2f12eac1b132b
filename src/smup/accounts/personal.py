"""What is held of a person: where, why and for how long; given out, erased, forgotten in time.

Each application registers a Holder for each purpose; nothing here knows what they hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from smup.accounts.actor import Actor
from smup.language import Lang


class Holding(Protocol):
    """What a Holder does with what it holds. E-mails are lower case."""

    def export(self, email: str) -> list[dict[str, object]]:
        """Everything held of the person of that e-mail, as plain values."""

    def erase(self, email: str, actor: Actor, why: str) -> int:
        """Remove or anonymise it inside the caller's transaction and record that; how many
        records were touched. What the law makes us keep stays, and ``kept`` says so."""

    def anonymise_due(self, now: datetime) -> int:
        """Forget what was held for as long as it may be; how many records."""


@dataclass(frozen=True)
class Holder:
    """One purpose of holding personal data. The texts are shown to people, by language."""

    id: str
    what: Mapping[Lang, str]  # whose and which data
    purpose: Mapping[Lang, str]
    retention: Mapping[Lang, str]
    kept: Mapping[Lang, str]  # what an erasure leaves, and why; "" where it leaves nothing
    holding: Holding


_HOLDERS: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Called once for each purpose when an application starts."""
    _HOLDERS[holder.id] = holder


def holders() -> tuple[Holder, ...]:
    """All purposes, in the order of their ids."""
    return tuple(_HOLDERS[name] for name in sorted(_HOLDERS))


def purposes(lang: Lang) -> list[dict[str, str]]:
    """All purposes in words, as pages show them."""
    return [
        {
            "id": holder.id,
            "what": holder.what[lang],
            "purpose": holder.purpose[lang],
            "retention": holder.retention[lang],
            "kept": holder.kept[lang],
        }
        for holder in holders()
    ]


def export(email: str) -> dict[str, list[dict[str, object]]]:
    """What is held of a person, by purpose; purposes that hold nothing are left out."""
    found = {holder.id: holder.holding.export(_plain(email)) for holder in holders()}
    return {name: records for name, records in found.items() if records}


def erase(email: str, actor: Actor, why: str) -> dict[str, int]:
    """Erase what may be erased, inside the caller's transaction; how many records by purpose."""
    return {holder.id: holder.holding.erase(_plain(email), actor, why) for holder in holders()}


def anonymise_due(now: datetime) -> int:
    """Forget whatever was held long enough; how many records."""
    return sum(holder.holding.anonymise_due(now) for holder in holders())


def _plain(email: str) -> str:
    return email.strip().lower()

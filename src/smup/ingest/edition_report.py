"""What a new edition of ``territory/`` changes, for the person who is to put it into force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from smup.ingest.outline_changes import OutlineChange, OutlineChanges
from smup.language import plural
from smup.territory import Change, Kind, Level, Territory, Unit

HEADINGS = {
    "utworzenie": "Utworzone",
    "zniesienie": "Zniesione",
    "zmiana-nazwy": "Zmieniona nazwa",
    "zmiana-rodzaju": "Zmieniony rodzaj",
}


@dataclass(frozen=True, slots=True)
class Register:
    """The register the edition was made of; ``sha256`` of its bytes as they came."""

    file: str
    sha256: str


@dataclass(frozen=True)
class EditionReport:
    """What is new from the edition of ``before`` to that of ``day``.

    ``base`` is the digest of the folder it was made from. ``borders`` are None where the outlines
    of both editions are not at hand; ``strangers`` are codes of outlines that belong to no unit of
    the register; ``parents`` maps new gminas to those they were taken from,
    where somebody wrote that down.
    """

    day: date
    before: date
    base: str
    register: Register
    outlines: str
    changes: tuple[Change, ...]
    borders: OutlineChanges | None
    strangers: tuple[str, ...]
    territory: Territory
    parents: Mapping[str, str]

    def of(self, what: str) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.what == what)

    @property
    def counts(self) -> dict[str, int]:
        """Units that exist in the edition: gminas with and without the cities, as both are told."""
        now = [unit for unit in self.territory if unit.valid_to is None]
        return {
            "wojewodztwa": sum(u.kind is Kind.WOJEWODZTWO for u in now),
            "powiaty": sum(u.kind is Kind.POWIAT for u in now),
            "miasta": sum(u.kind is Kind.MIASTO for u in now),
            "gminy": sum(Level.GMINA in u.levels for u in now),
        }

    @property
    def without_outline(self) -> tuple[Unit, ...]:
        return tuple(u for u in self._now if u.levels and not u.outline)

    @property
    def without_bdl(self) -> tuple[Unit, ...]:
        return tuple(
            u for u in self._now if u.kind not in _NOT_IN_BDL and not (u.bdl_gmina or u.bdl_powiat)
        )

    @property
    def _now(self) -> Iterator[Unit]:
        return (unit for unit in self.territory if unit.valid_to is None)

    @property
    def renumbered(self) -> tuple[tuple[str, str], ...]:
        """Pairs of codes, gone and new, under one name: perhaps one unit in another powiat."""
        gone = {c.before: c.unit for c in self.of("zniesienie")}
        created = ((c.now, c.unit) for c in self.of("utworzenie"))
        return tuple((gone[name], unit) for name, unit in created if name in gone)

    @property
    def to_do(self) -> tuple[str, ...]:
        """What a person must write down before the edition is complete; Polish sentences."""
        return tuple(self._to_do())

    def _to_do(self) -> Iterator[str]:
        written = {s.to_unit for s in self.territory.successions} | {
            s.from_unit for s in self.territory.successions
        }
        for change in (*self.of("zniesienie"), *self.of("utworzenie")):
            if change.unit not in written:
                name = change.before or change.now
                yield f"Dopisz w successions.csv, co stało się z obszarem: {name} ({change.unit})."
        for old, new in self.renumbered:
            yield f"Sprawdź, czy {new} to dawna jednostka {old} (ta sama nazwa)."
        for unit in self.without_outline:
            where = "" if unit.code in self.parents else _BESIDE
            yield f"{unit.name} ({unit.code}): granica niedostępna.{where}"
        for unit in self.without_bdl:
            yield f"{unit.name} ({unit.code}): identyfikator BDL nieznany."
        for code in self.strangers:
            yield f"Obrys o kodzie {code} nie należy do żadnej jednostki z rejestru."
        if self.borders is None:
            yield "Granic nie porównano: do porównania trzeba nowych obrysów i poprzednich."

    def as_dict(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "before": self.before.isoformat(),
            "base": self.base,
            "register": {"file": self.register.file, "sha256": self.register.sha256},
            "outlines": self.outlines,
            "counts": self.counts,
            "created": [_come_or_gone(c, c.now) for c in self.of("utworzenie")],
            "abolished": [_come_or_gone(c, c.before) for c in self.of("zniesienie")],
            "renamed": [_turned(c) for c in self.of("zmiana-nazwy")],
            "kind": [_turned(c) for c in self.of("zmiana-rodzaju")],
            "renumbered": [{"from": old, "to": new} for old, new in self.renumbered],
            "borders": None if self.borders is None else [b.as_dict() for b in self.borders.units],
            "tolerance": None if self.borders is None else self.borders.tolerance,
            "without_outline": [unit.code for unit in self.without_outline],
            "strangers": list(self.strangers),
            "without_bdl": [unit.code for unit in self.without_bdl],
            "to_do": list(self.to_do),
        }

    def describe(self) -> str:
        """Some lines of Polish for a person."""
        counts = self.counts
        lines = [
            f"Wydanie {self.day} po wydaniu {self.before} (rejestr: {self.register.file}).",
            f"Województw {counts['wojewodztwa']}, powiatów {counts['powiaty']}, miast na prawach "
            f"powiatu {counts['miasta']}, gmin z tymi miastami {counts['gminy']}.",
        ]
        for what, heading in HEADINGS.items():
            lines += _listed(heading, [_line(c) for c in self.of(what)])
        if self.borders is not None:
            heading = f"Zmieniona granica, o więcej niż {self.borders.tolerance:.0f} m"
            lines += _listed(heading, [self._moved(b) for b in self.borders.units])
        if not self.changes:
            lines.append("Rejestr nie pokazuje żadnej zmiany.")
        return "\n".join([*lines, *_listed("Do zrobienia", list(self.to_do))])

    def _moved(self, change: OutlineChange) -> str:
        unit = self.territory.units.get(change.unit)
        name = unit.name if unit else "?"
        return f"{change.unit} {name}: {change.gained:.0f} ha przybyło, {change.lost:.0f} ha ubyło"


_NOT_IN_BDL = (Kind.KRAJ, Kind.WOJEWODZTWO, Kind.GMINY_POWIATU)
_BESIDE = (
    " Na mapie kafelkowej stoi pośrodku powiatu; gminę, z której ją wydzielono, podaje wiersz w "
    "known_years.csv."
)


def _listed(heading: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    noun = plural(len(lines), "pozycja", "pozycje", "pozycji")
    return [f"{heading} ({len(lines)} {noun}):", *(f"  {line}" for line in lines)]


def _line(change: Change) -> str:
    if change.what in ("utworzenie", "zniesienie"):
        return f"{change.unit} {change.now or change.before}"
    return f"{change.unit}: {change.before} → {change.now}"


def _come_or_gone(change: Change, name: str) -> dict[str, Any]:
    return {
        "unit": change.unit,
        "name": name,
        "day": change.day.isoformat() if change.day else None,
    }


def _turned(change: Change) -> dict[str, Any]:
    return {"unit": change.unit, "before": change.before, "now": change.now}

"""What changed for one unit: since a year, or between two releases.

A list of things, each of one kind:

``change_real`` ``change_noise``  another value, more than chance explains or not (``chance``);
``change_unclear``  another value of which that cannot be said: a break, too few years;
``new_value``  a value where there was none;
``newly_missing``  no value any more, where others have one;
``revision``  another figure for the same year (between releases);
``definition_changed``  another meaning of the indicator or of a variable in it (between releases);
``peers_changed``  other statistical peers in an area (between releases);
``territory``  the unit itself: created, abolished, renamed, of another kind, with other borders.

A value that reads the same is no change and is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from smup.catalogue import Catalogue, Indicator
from smup.catalogue.changes import DefinitionChange
from smup.catalogue.changes import changes as definition_changes
from smup.compare.change import Change, border_changes, own_change
from smup.compare.frame import Frame
from smup.compare.groups import default_role
from smup.compare.question import ComparisonError
from smup.compare.steps import steps_of_all
from smup.compute.formula import names
from smup.panel import STATUS_NAMES, Panel, Status
from smup.panel.panel import Values
from smup.territory import Succession, Unit

Kind = Literal[
    "change_real",
    "change_noise",
    "change_unclear",
    "new_value",
    "newly_missing",
    "revision",
    "definition_changed",
    "peers_changed",
    "territory",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
LAST_YEAR = 9999  # as far as the register knows
Said = float | str | None
PeersBefore = tuple[tuple[str, ...], tuple[str, ...]]  # codes before and after
# Keys of a variable that decide what it counts; the others are how it is told
_OF_VARIABLE = frozenset({"unit", "additive", "scope", "kinds", "derived", "breaks"})


@dataclass(frozen=True)
class Noted:
    """One thing that changed. ``indicator`` is None for the territory and for peers.

    ``before`` and ``after`` are values; names or kinds for ``territory``, codes with blanks for
    ``peers_changed``, None for definitions. ``real`` is None where the question does not arise or
    has no answer. ``status`` is the reason of a gap, ``what`` the keys that changed in a
    definition, the kind of change of the territory, or the area of the peers.
    """

    indicator: str | None
    kind: Kind
    before: Said = None
    after: Said = None
    real: bool | None = None
    year_before: int | None = None
    year_after: int | None = None
    status: Status | None = None
    what: str = ""
    change: Change | None = None

    def to_dict(self) -> dict[str, object]:
        change = self.change
        return {
            "indicator": self.indicator,
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
            "real": self.real,
            "year_before": self.year_before,
            "year_after": self.year_after,
            "status": None if self.status is None else STATUS_NAMES[self.status],
            "what": self.what,
            "change": None if change is None else change.how,
            "amount": None if change is None else change.amount,
            "constant": None if change is None else change.constant,
            "better": None if change is None else change.better,
            "unsure": None if change is None else change.unsure,
            "breaks": [] if change is None else [one.to_dict() for one in change.breaks],
        }


def changes_since_year(frame: Frame, unit: str, since: int) -> list[Noted]:
    """What changed for a unit (code or alias) after ``since``, in the order of the catalogue.

    A figure is set against its newest value up to ``since``. Raises ComparisonError for an unknown
    unit and unless ``since`` is a year of the figures with another one after it.
    """
    found = _unit(frame, unit)
    years = frame.indicators.years
    if since not in years[:-1]:
        span = f"{years[0]}–{years[-2]}" if len(years) > 1 else "brak"
        raise ComparisonError(f"Zmian od roku {since} nie da się pokazać. Lata: {span}.")
    noted = list(_of_territory(frame, found, date(since, 12, 31)))
    own = frame.indicators.of_unit(found.code)
    steps = steps_of_all(frame, own)
    for indicator in _held(frame):
        noted += _since(frame, own, steps, found, indicator, since)
    return noted


def changes_between_releases(
    before: Frame,
    after: Frame,
    unit: str,
    peers: Mapping[str, PeersBefore] | None = None,
) -> list[Noted]:
    """What the figures ``after`` say of a unit otherwise than those ``before``.

    ``peers`` are its statistical peers before and after, by area. Raises ComparisonError for a unit
    unknown ``after``.
    """
    found = _unit(after, unit)
    old_changes = set(before.territory.changes_of(found.code))
    noted = [
        Noted(None, "territory", one.before, one.now, what=one.what)
        for one in after.territory.changes_of(found.code)
        if one not in old_changes
    ]
    known = before.territory.land_moves.get(found.code, ())
    moves = after.territory.land_moves.get(found.code, ())
    noted += _of_borders(after, (one for one in moves if one not in known))
    noted += [
        Noted(None, "peers_changed", " ".join(old), " ".join(new), what=area)
        for area, (old, new) in (peers or {}).items()
        if set(old) != set(new)
    ]
    noted += _of_definitions(before.catalogue, after.catalogue, after)
    held = found.code in before.indicators.unit_index
    old = before.indicators.of_unit(found.code) if held else None
    new = after.indicators.of_unit(found.code)
    steps = steps_of_all(after, new)
    for indicator in _held(after):
        noted += _between(old, new, steps, after, indicator)
    return noted


def _unit(frame: Frame, unit: str) -> Unit:
    found = frame.territory.get(unit)
    if found is None or found.code not in frame.indicators.unit_index:
        raise ComparisonError(f"Nie ma jednostki o kodzie „{unit}”.")
    return found


def _held(frame: Frame) -> list[Indicator]:
    return [one for one in frame.catalogue.shown if one.id in frame.indicators.item_index]


def _of_territory(frame: Frame, unit: Unit, since: date) -> Iterator[Noted]:
    for one in frame.territory.changes_of(unit.code):
        day = one.day or one.by
        if day > since:
            yield Noted(None, "territory", one.before, one.now, year_after=day.year, what=one.what)

    moves = border_changes(frame.territory, unit.code, since.year, LAST_YEAR)
    yield from _of_borders(frame, moves)


def _of_borders(frame: Frame, moves: Iterable[Succession]) -> Iterator[Noted]:
    for moved in moves:
        sooner, later = (frame.territory.get(c) for c in (moved.from_unit, moved.to_unit))
        yield Noted(
            None,
            "territory",
            moved.from_unit if sooner is None else sooner.name,
            moved.to_unit if later is None else later.name,
            year_after=moved.day.year,
            what="granice",
        )


def _since(
    frame: Frame, own: Panel, steps: Values, unit: Unit, indicator: Indicator, since: int
) -> Iterator[Noted]:
    known = [year for year, value in _cells(own, indicator.id).items() if value is not None]
    sooner = [year for year in known if year <= since]
    later = [year for year in known if year > since]
    if later and sooner:
        yield from _changed(frame, own, steps, indicator, sooner[-1], later[-1])
    elif later:
        yield _new(own, indicator.id, later[-1])
    gap = _gap_year(frame, own, unit, indicator)
    if known and gap is not None and gap > max(since, known[-1]):
        yield _gone(own, indicator.id, known[-1], gap)


def _changed(
    frame: Frame, own: Panel, steps: Values, indicator: Indicator, start: int, end: int
) -> Iterator[Noted]:
    change = own_change(frame, own, steps, indicator.id, start, end)
    if change.before == change.after:
        return
    kinds: dict[bool | None, Kind] = {
        True: "change_real",
        False: "change_noise",
        None: "change_unclear",
    }
    yield Noted(
        indicator.id,
        kinds[change.real],
        change.before,
        change.after,
        change.real,
        start,
        end,
        change=change,
    )


def _gap_year(frame: Frame, own: Panel, unit: Unit, indicator: Indicator) -> int | None:
    """The newest year in which most units have a value and this one, existing, has none."""
    role = default_role(unit, indicator)
    year = None if role is None else frame.default_year(indicator.id, role)
    if year is None:
        return None
    value, status, _ = own.cell(indicator.id, year, unit.code)
    return year if value is None and status is not Status.NOT_EXISTING else None


def _between(
    before: Panel | None, after: Panel, steps: Values, frame: Frame, indicator: Indicator
) -> Iterator[Noted]:
    """Cells of a unit that differ, and what its newest value says against the newest known before.

    ``before`` and ``after`` are the panels of the unit, ``steps`` and ``frame`` of the later one.
    """
    former = None if before is None else _former(before, indicator)
    old = {} if before is None or former is None else _cells(before, former)
    new = _cells(after, indicator.id)
    for year, value in new.items():
        if old.get(year) is None and value is not None:
            yield _new(after, indicator.id, year)
        elif year in old and old[year] is not None and value is None:
            status = after.cell(indicator.id, year, after.units[0])[1]
            yield Noted(
                indicator.id, "newly_missing", old[year], None, None, year, year, status=status
            )
        elif value is not None and value != old[year]:
            yield Noted(indicator.id, "revision", old[year], value, None, year, year)
    newest_old = max((year for year, value in old.items() if value is not None), default=None)
    newest_new = max((year for year, value in new.items() if value is not None), default=None)
    if newest_old is None or newest_new is None or newest_new <= newest_old:
        return
    if new.get(newest_old) is not None:
        yield from _changed(frame, after, steps, indicator, newest_old, newest_new)


def _former(panel: Panel, indicator: Indicator) -> str | None:
    """The id under which the panel holds an indicator."""
    ids = (indicator.id, *indicator.renamed_from)
    return next((one for one in ids if one in panel.item_index), None)


def _of_definitions(before: Catalogue, after: Catalogue, frame: Frame) -> Iterator[Noted]:
    """Indicators with data whose meaning is another, by themselves or through a variable, and
    those that are no more."""
    keys: dict[str, list[str]] = {}
    variables: dict[str, list[str]] = {}
    for one in definition_changes(before, after):
        if one.collection == "indicators" and one.kind == "removed":
            if before.indicators[one.id].is_shown:
                yield Noted(one.id, "definition_changed", what="removed")
        elif one.collection == "indicators" and one.kind in ("changed", "renamed") and one.meaning:
            keys[one.id] = [change.key for change in one.keys]
        elif one.collection == "variables" and one.kind == "changed" and _counts_other(one):
            variables[one.id] = [
                f"{one.id}.{change.key}" for change in one.keys if change.key in _OF_VARIABLE
            ]
    for indicator in _held(frame):
        found = list(keys.get(indicator.id, ()))
        for name in names(frame.formulas[indicator.id]):
            found += variables.get(name.id, [])
        if found:
            yield Noted(indicator.id, "definition_changed", what=" ".join(found))


def _counts_other(one: DefinitionChange) -> bool:
    return any(change.key in _OF_VARIABLE for change in one.keys)


def _cells(own: Panel, indicator: str) -> dict[int, float | None]:
    """The values of the one unit by year."""
    values = own.values[own.item_index[indicator], :, 0].tolist()
    return {
        year: None if value != value else value
        for year, value in zip(own.years, values, strict=True)
    }


def _new(own: Panel, indicator: str, year: int) -> Noted:
    value = own.cell(indicator, year, own.units[0])[0]
    return Noted(indicator, "new_value", None, value, year_after=year)


def _gone(own: Panel, indicator: str, known: int, gap: int) -> Noted:
    before = own.cell(indicator, known, own.units[0])[0]
    status = own.cell(indicator, gap, own.units[0])[1]
    return Noted(indicator, "newly_missing", before, None, None, known, gap, status=status)

"""Eighth-grade exam results per school, added up to the units the schools lie in.

A mean cannot be added, so each subject becomes two variables: ``…_zdajacy``, the pupils of schools
whose mean was published, and ``…_punkty``, the sum of pupils times mean. Their quotient is the mean
of the pupils. A school without a published mean (few pupils) is left out of both: counted with the
pupils only, its result would silently be zero.

With 7-digit codes the schools are added up to gminas, powiats and the województwo; a gmina with
fewer than ``FEW`` pupils in a subject is shown without a value. With names of województwa they are
added up to these and, when all sixteen are present, to the country.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from smup.ingest.figures import Context, Figure, locate, placed_rows, read_cell
from smup.ingest.keys import Place
from smup.ingest.mapping import Column, MappingError
from smup.ingest.numbers import Reading
from smup.ingest.table import Table
from smup.panel import Status
from smup.territory import GMINA_KINDS, Level, Territory

FEW = 10
COUNT, POINTS = "_zdajacy", "_punkty"
PLACES = 3  # pupils times a mean printed with 8 digits; the true sum of results is whole


@dataclass
class _Subject:
    """One subject: its two columns in the file and what the schools of each unit add up to."""

    count: Column
    mean: Column
    pupils: dict[str, list[float]] = field(default_factory=dict)
    points: dict[str, list[float]] = field(default_factory=dict)

    def add(self, units: tuple[str, ...], pupils: float, mean: float) -> None:
        for unit in units:
            self.pupils.setdefault(unit, []).append(pupils)
            self.points.setdefault(unit, []).append(round(pupils * mean, PLACES))


def extract(table: Table, context: Context) -> Iterator[Figure]:
    """Sums over schools. Raises MappingError when the columns do not come in pairs."""
    year = context.mapping.year
    if not isinstance(year, int):
        raise MappingError(f"{context.mapping.path}: wyniki szkół mają jeden rok na plik (year).")
    subjects = _subjects(context)
    columns = [
        (s, locate(context.mapping, table, s.count), locate(context.mapping, table, s.mean))
        for s in subjects
    ]
    for row, place in placed_rows(table, context):
        units = _units(place.unit, context.units.territory)
        for subject, count_at, mean_at in columns:
            pupils = read_cell(row, count_at, subject.count, year, place, context)
            mean = read_cell(row, mean_at, subject.mean, year, place, context)
            if pupils and mean and pupils.value and mean.value is not None:
                subject.add(units, pupils.value, mean.value)
            else:
                context.notes.add(
                    "bez-sredniej", row.number, "szkoła bez średniej", unit=place.unit, year=year
                )
    for subject in subjects:
        for unit in sorted(_told(subject, context.units.territory)):
            yield from _figures(subject, unit, year, context)


def _subjects(context: Context) -> list[_Subject]:
    by_id = {column.variable: column for column in context.mapping.columns}
    stems = [v.removesuffix(COUNT) for v in by_id if v.endswith(COUNT)]
    if len(by_id) != 2 * len(stems) or any(f"{stem}{POINTS}" not in by_id for stem in stems):
        raise MappingError(
            f"{context.mapping.path}: kolumny muszą tworzyć pary …{COUNT} i …{POINTS}."
        )
    return [_Subject(by_id[f"{s}{COUNT}"], by_id[f"{s}{POINTS}"]) for s in stems]


def _units(code: str, territory: Territory) -> tuple[str, ...]:
    """The unit of the school and every larger unit it lies in, each once."""
    # A województwo names itself among its parents.
    return tuple(dict.fromkeys((code, *territory.units[code].parents, "PL")))


def _told(subject: _Subject, territory: Territory) -> set[str]:
    """Units with results; the country only when every województwo has some."""
    seen = set(subject.pupils)
    whole = all(unit.code in seen for unit in territory.of_level(Level.WOJEWODZTWO))
    return seen if whole else seen - {"PL"}


def _figures(subject: _Subject, unit: str, year: int, context: Context) -> Iterator[Figure]:
    place = Place(unit, unit)
    count = math.fsum(subject.pupils[unit])
    points = round(math.fsum(subject.points[unit]), PLACES)
    values = {subject.count.variable: count, subject.mean.variable: points}
    small = count < FEW and context.units.territory.units[unit].kind in GMINA_KINDS
    if small:
        detail = f"{subject.count.variable}: poniżej {FEW} osób"
        context.notes.add("mniej-niz-prog", None, detail, unit=unit, year=year)
    for variable, value in values.items():
        reading = (
            Reading(None, Status.SUPPRESSED_SMALL)
            if small
            else Reading(value, Status.OBSERVED if value else Status.ZERO, context.mapping.flags)
        )
        yield Figure(variable, year, place, reading, None)

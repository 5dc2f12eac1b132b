"""Which years are to be asked for: those never asked, and open ones that may have changed."""

from collections.abc import Sequence

from smup.catalogue import Variable
from smup.fetch.providers import Asking
from smup.sources.bdl.held import Held
from smup.sources.bdl.shapes import Subject


def wanted_years(variable: Variable, published: Sequence[int], settings: Asking) -> tuple[int, ...]:
    """The published years we keep, sorted."""
    first = max(settings.first_year, variable.since or 0)
    last = variable.until or 9999
    return tuple(sorted(year for year in set(published) if first <= year <= last))


def due_years(
    held: Held, level: int, wanted: Sequence[int], subject: Subject, settings: Asking
) -> tuple[int, ...]:
    """Years for one request, () when there is nothing new.

    A year never asked for is always due. The newest ``open_years`` published ones are due again
    when the subject changed after they were asked for; older ones are closed.
    """
    taken = held.taken_from(level)
    due = {year for year in wanted if year not in taken}
    for year in sorted(subject.years_at(level))[-settings.open_years :]:
        if year in wanted and year in taken and taken[year].updated != subject.last_update:
            due.add(year)
    return tuple(sorted(due))

"""From the name of a subject and its labels to the number of a variable: one match or none."""

import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import partial

from smup.catalogue.models import Measure
from smup.fetch.fetcher import Fetcher
from smup.language import fold
from smup.sources.bdl import questions
from smup.sources.bdl.lists import confirmed, whole_list
from smup.sources.bdl.numbers import Number
from smup.sources.bdl.shapes import (
    Subject,
    SubjectNames,
    Variable,
    Variables,
    checking,
    shaped,
)
from smup.sources.bdl.wanted import Wanted

_SUBJECT_ID = re.compile(r"[KGP][0-9]+")
_DASH = re.compile(r"\s[-–—]\s")
_MEASURED = frozenset({"m", "zl", "t"})  # dimensions that are measured, not counted
_DASHES = str.maketrans("–—−", "---")


class NotFound(Exception):
    """No variable, or several, bear the name; the text is the reason in Polish."""


def found_number(
    wanted: Wanted, fetcher: Fetcher, measures: Mapping[str, Measure], since: datetime | None
) -> Number:
    """The one variable at the position. Raises NotFound, and what the fetcher raises.

    ``since``: answers kept from before are asked for again.
    """
    if wanted.position.id is not None:
        variable = _variable(wanted.position.id, fetcher, since)
    else:
        variable = _named(wanted, fetcher, since)
    _refuse_other_measure(wanted, variable, measures)
    answer = confirmed(fetcher, questions.subject(variable.subject_id), None, checking(Subject))
    return Number(
        variable=wanted.variable.id,
        id=variable.id,
        asked=wanted.asked,
        subject_id=variable.subject_id,
        subject=shaped(Subject, answer.content).name,
        labels=" / ".join(variable.labels),
        measure_id=variable.measure_unit_id,
        measure=variable.measure_unit_name or "",
        found=answer.retrieved.date(),
    )


def _variable(number: int, fetcher: Fetcher, since: datetime | None) -> Variable:
    answer = confirmed(fetcher, questions.variable(number), since, checking(Variable), (404,))
    if answer.status == 404:
        raise NotFound(f"usługa nie zna numeru {number}")
    variable = shaped(Variable, answer.content)
    if variable.id != number:
        raise NotFound(f"na pytanie o numer {number} usługa opisała {variable.id}")
    return variable


def _named(wanted: Wanted, fetcher: Fetcher, since: datetime | None) -> Variable:
    subjects = _subjects(str(wanted.position.subject), fetcher, since)
    variables = [v for id_ in subjects for v in _variables(id_, fetcher, since)]
    labels = tuple(map(same, wanted.position.labels))
    matching = [v for v in variables if tuple(map(same, v.labels)) == labels]
    if not labels and len(variables) == 1:
        matching = variables
    if len(matching) == 1:
        return matching[0]
    if matching:
        numbers = ", ".join(str(v.id) for v in matching[:6])
        raise NotFound(f"pasuje {len(matching)} zmiennych ({numbers}); podaj numer (id)")
    raise NotFound(f"żadna zmienna tematu nie ma tych etykiet{_resembling(wanted, variables)}")


def _subjects(name: str, fetcher: Fetcher, since: datetime | None) -> list[str]:
    """Ids of the subjects with this name, or the id it is. Raises NotFound where there is none."""
    if _SUBJECT_ID.fullmatch(name):
        return [name]
    asked = partial(questions.subjects_named, sought(name))
    found = [s for s in whole_list(fetcher, asked, SubjectNames, since)[0] if s.has_variables]
    named = [subject.id for subject in found if same(subject.name) == same(name)]
    if named:
        return named
    near = get_close_matches(same(name), [same(s.name) for s in found], n=3, cutoff=0.3)
    shown = "; ".join(f"{s.id} {s.name}" for s in found if same(s.name) in near)
    raise NotFound(f"nie ma tematu o tej nazwie{f', podobne: {shown}' if shown else ''}")


def sought(name: str) -> str:
    """What is searched for: the name up to a dash, which the service may write otherwise."""
    return " ".join(_DASH.split(name)[0].split())


def _variables(subject: str, fetcher: Fetcher, since: datetime | None) -> list[Variable]:
    return whole_list(fetcher, partial(questions.variables_of, subject), Variables, since)[0]


def same(text: str) -> str:
    """What two names have in common where only case, diacritics, dashes or spaces differ."""
    return " ".join(fold(text).translate(_DASHES).split())


def _resembling(wanted: Wanted, variables: list[Variable]) -> str:
    named = {same(" / ".join(v.labels)): f"{v.id}: {' / '.join(v.labels)}" for v in variables}
    near = get_close_matches(same(" / ".join(wanted.position.labels)), named, n=3, cutoff=0.3)
    return f"; podobne: {'; '.join(named[key] for key in near)}" if near else ""


def _refuse_other_measure(
    wanted: Wanted, variable: Variable, measures: Mapping[str, Measure]
) -> None:
    """Refuse hectares for square kilometres, shares for persons, thousands for złoty.

    Things that are counted go by many names (a class is also a piece), and a name no measure of
    ours bears says nothing: both are for the person who accepts the number to see.
    """
    told = same(variable.measure_unit_name or "")
    ours = measures[wanted.variable.unit]
    bearing = [m for m in measures.values() if told in (same(m.name.pl), same(m.symbol.pl))]
    if told and bearing and all(_contradict(ours, measure) for measure in bearing):
        raise NotFound(
            f"zmienna {variable.id} ma jednostkę miary „{variable.measure_unit_name}”, "
            f"a w katalogu jest {wanted.variable.unit}"
        )


def _contradict(one: Measure, other: Measure) -> bool:
    differ = (one.dimension, one.scale) != (other.dimension, other.scale)
    return differ and not (_counted(one) and _counted(other))


def _counted(measure: Measure) -> bool:
    return bool(measure.dimension) and not _MEASURED & measure.dimension.keys()

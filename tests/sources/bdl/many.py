"""Hundreds of invented variables of gminas, named as our own catalogue names them: a few by number,
the others by subject and labels, two or three to a subject."""

from typing import Any

from smup.catalogue import Variable
from tests.sources.bdl.desk import GMINA_KINDS, PIECES, variable

YEARS = tuple(range(2011, 2026))
SUBJECTS, BY_NUMBER = 140, 6
LIMITS = {
    "anonymous": {1: 5, 900: 100, 43200: 1000, 604800: 10000},
    "registered": {1: 10, 900: 500, 43200: 5000, 604800: 50000},
}
SHAPES = 5  # variables whose numbers leave the same remainder share their figures


def subjects(variables: int, count: int) -> list[dict[str, Any]]:
    numbers = range(1000, 1000 + variables)
    return [
        {
            "id": f"P{2000 + at}",
            "name": f"Temat numer {at:03}",
            "variables": [
                {"id": n, "labels": [f"etykieta {n}"], "measure": PIECES, "levels": [6]}
                for n in numbers[at::count]
            ],
        }
        for at in range(count)
    ]


def catalogue(told: list[dict[str, Any]]) -> tuple[Variable, ...]:
    found: list[Variable] = []
    for subject in told:
        for one in subject["variables"]:
            by_number = len(found) < BY_NUMBER
            named = {"subject": subject["name"], "labels": one["labels"]}
            bdl = {"id": one["id"]} if by_number else named
            found.append(variable(f"v{one['id']}", bdl, kinds=GMINA_KINDS, since=YEARS[0]))
    return tuple(found)

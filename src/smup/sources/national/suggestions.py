"""National indicators nobody has mapped whose names resemble one of ours, for a person to judge.

Names are compared only: nothing is taken into the catalogue by itself.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from smup.catalogue import Catalogue
from smup.language import fold
from smup.sources.national.dictionaries import Listed
from smup.sources.national.published import FOLDER, put

LEAST = 0.7  # resemblance of names from 0 to 1, by difflib
COLUMNS = ("national", "name", "service", "dimension", "area", "indicator", "ours", "resemblance")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Perhaps ``national`` measures the same as our ``indicator``."""

    national: Listed
    indicator: str
    resemblance: float


def path_in(home: Path) -> Path:
    return home / FOLDER / "smup-suggestions.csv"


def suggest(listed: Iterable[Listed], catalogue: Catalogue) -> list[Suggestion]:
    """The nearest name of ours, in the same area where there is one, for each that has no mapping;
    the most alike first."""
    mapped = {one.id for indicator in catalogue.indicators.values() for one in indicator.smup}
    names = _names(catalogue)
    every = {name: id_ for of_area in names.values() for name, id_ in of_area.items()}
    found = []
    for one in listed:
        if one.id in mapped:
            continue
        known, name = names.get(_plain(one.area), every), _plain(one.name)
        for near in get_close_matches(name, known, n=1, cutoff=LEAST):
            alike = SequenceMatcher(None, near, name).ratio()
            found.append(Suggestion(one, known[near], round(alike, 2)))
    return sorted(found, key=lambda it: (-it.resemblance, it.national.id))


def _names(catalogue: Catalogue) -> dict[str, Mapping[str, str]]:
    """Folded name of an area -> folded name of an indicator -> its id."""
    return {
        _plain(area.name.pl): {
            _plain(one.name.pl): one.id
            for one in catalogue.indicators.values()
            if one.area == area.id
        }
        for area in catalogue.areas.values()
    }


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def write(home: Path, listed: Iterable[Listed], catalogue: Catalogue) -> bool:
    """Write ``compared/smup-suggestions.csv``; was it other than before?"""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for it in suggest(listed, catalogue):
        one, ours = it.national, catalogue.indicators[it.indicator].name.pl
        told = (one.id, one.name, one.service, one.dimension, one.area)
        writer.writerow((*told, it.indicator, ours, it.resemblance))
    return put(path_in(home), text.getvalue().encode())

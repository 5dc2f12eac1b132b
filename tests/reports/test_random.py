"""Random units, kinds and languages: a report or one clear sentence, never a failure."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smup.documents.document import Document, blocks_of
from smup.reports.compose import CannotWrite, compose
from smup.reports.definition import COMPARATORS, Definition, Kind, definition_of
from smup.reports.files import FORMS
from smup.reports.writing import report_of
from smup.store.releases import Release, Releases

SEED, EVERYDAY, NIGHT = 20261122, 30, 200


@pytest.fixture(scope="module")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()


def definitions(release: Release, seed: int, count: int) -> Iterator[Definition]:
    """As many of every kind; abolished and new units, sums, województwa and the country too."""
    chance, kinds = random.Random(seed), list(Kind)
    units = [unit.code for unit in release.territory if unit.code[0].isdigit()]
    catalogue = release.catalogue
    for number in range(count):
        kind = kinds[number % len(kinds)]
        asked: dict[str, Any] = {"kind": kind, "lang": chance.choice(["pl", "en"])}
        asked["units"] = chance.sample(units, 10 if kind is Kind.COMPARISON else 1)
        if kind is Kind.INDICATOR:
            asked["units"] = [chance.choice(units)[:2]]
            asked["indicator"] = chance.choice([one.id for one in catalogue.shown])
        if kind is Kind.AREA:
            asked["area"] = chance.choice(list(catalogue.areas))
        if kind is Kind.SERVICE:
            asked["service"] = chance.choice(list(catalogue.services))
        if chance.random() < 0.3:
            first = chance.randrange(1996, 2026)
            asked["years"] = [first, chance.randrange(first, 2031)]
        if chance.random() < 0.3:
            asked["comparators"] = chance.sample(COMPARATORS, chance.randrange(len(COMPARATORS)))
        yield definition_of(asked)


def composed(release: Release, definition: Definition) -> Document | None:
    """The document; None where the report is refused, which a sentence must say."""
    try:
        return compose(release, definition)
    except CannotWrite as refusal:
        said = str(refusal)
    assert len(said) > 20, definition
    assert said.endswith("."), (definition, said)
    return None


def sound(document: Document, definition: Definition) -> None:
    assert document.sections, definition
    ids = [one.id for one in blocks_of(document.sections) if hasattr(one, "id")]
    assert len(ids) == len(set(ids)), definition
    assert document.title_page.title, definition


def test_thirty_of_every_kind_are_composed(release: Release) -> None:
    written = 0
    for definition in definitions(release, SEED, EVERYDAY):
        document = composed(release, definition)
        if document is not None:
            sound(document, definition)
            written += 1
    assert written > EVERYDAY // 2


@pytest.mark.nightly
def test_two_hundred_are_written_in_every_form(release: Release) -> None:
    seed = random.SystemRandom().randrange(2**32)  # told by a failure through the definition
    forms, refused = list(FORMS), 0
    for number, definition in enumerate(definitions(release, seed, NIGHT)):
        document = composed(release, definition)
        if document is None:
            refused += 1
            continue
        sound(document, definition)
        for form in {"pdf", forms[number % len(forms)]}:
            assert report_of(document, form).content, (definition, form)
    assert refused < NIGHT // 2

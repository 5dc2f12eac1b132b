"""Whole reports of five units as Markdown, reviewed as diffs when words or figures change.

``GOLDEN=write pytest tests/reports/test_golden.py`` writes them anew: read the diff before it is
committed.
"""

import os
from difflib import unified_diff
from pathlib import Path

import pytest

from smup.documents.blocks import Facts, plain
from smup.documents.document import Document, Slide
from smup.documents.markdown import markdown
from smup.reports.compose import compose
from smup.reports.definition import definition_of
from smup.store.releases import Release, Releases

FOLDER = Path(__file__).with_name("golden")
REPORTS = {
    "wies": {"kind": "unit", "units": ["020102"]},
    "gmina-mieszana": {"kind": "unit", "units": ["020104"]},
    "miasto": {"kind": "unit", "units": ["221101"]},
    "miasto-na-prawach-powiatu": {"kind": "unit", "units": ["1465"]},
    "powiat": {"kind": "unit", "units": ["1408"]},
    "village-profile": {"kind": "profile", "units": ["020102"], "lang": "en"},
    "powiat-state": {"kind": "state", "units": ["1408"]},
}
KINDS = {
    "wies": "gmina-wiejska",
    "gmina-mieszana": "gmina-miejsko-wiejska",
    "miasto": "gmina-miejska",
    "miasto-na-prawach-powiatu": "miasto-na-prawach-powiatu",
    "powiat": "powiat",
}


@pytest.fixture(scope="module")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_reads_as_reviewed(release: Release, name: str) -> None:
    document = compose(release, definition_of(REPORTS[name]))
    # The id of a release is another with every change of a definition that nobody shows here.
    text = told(document).replace(release.id, "<wydanie>")
    path = FOLDER / f"{name}.md"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    assert list(unified_diff(before.splitlines(), text.splitlines(), "golden", "now", n=1)) == []


def test_the_five_units_are_of_five_kinds(release: Release) -> None:
    found = {name: release.territory.units[REPORTS[name]["units"][0]].kind for name in KINDS}
    assert found == KINDS


def told(document: Document) -> str:
    """Title page, sections and slides in reading order."""
    page = document.title_page
    facts = markdown((Facts(page.facts),), 2, nowhere)
    head = [f"# {page.title}", page.subtitle, page.office, page.mark, facts, document.edition]
    body = markdown(document.sections, 2, nowhere)
    slides = map(slide_told, document.slides)
    return "\n\n".join(part for part in [*head, body, "## Slajdy", *slides] if part) + "\n"


def slide_told(slide: Slide) -> str:
    """Its title, its lines, and what it shows by its caption."""
    lines = [f"- {plain(each)}" for each in slide.lines]
    shown = [f"[{slide.shown.caption}]"] if slide.shown is not None else []
    return "\n".join([f"### {slide.title}", *lines, *shown])


def nowhere(_: str) -> str:
    return ""

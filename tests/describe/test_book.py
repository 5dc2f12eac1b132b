"""The whole: every definition once, one edition on every sheet, printable."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from smup.catalogue import Catalogue
from smup.describe import Speaker, methodology
from smup.documents.pdf import pdf


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_definition_stands_in_it_once(catalogue: Catalogue, lang: str) -> None:
    book = methodology(Speaker(catalogue, lang), "2026-01-01-abcdef12")
    ids = [page.id for part in book.parts for page in part.pages]
    assert len(ids) == len(set(ids))
    shown = {f"indicator:{i.id}" for i in catalogue.indicators.values() if i.is_shown}
    assert shown | {f"service:{s}" for s in catalogue.services} | {"method", "glossary"} == set(ids)
    assert book.lang == lang
    assert "2026-01-01-abcdef12" in book.edition


def test_invented_figures_are_called_so(catalogue: Catalogue) -> None:
    book = methodology(Speaker(catalogue), "2026-01-01-abcdef12", synthetic=True)
    assert "zmyślonych" in book.edition
    assert "zmyślonych" not in methodology(Speaker(catalogue), "2026-01-01-abcdef12").edition


def printed(catalogue: Catalogue, areas: set[str] | None = None) -> PdfReader:
    book = methodology(Speaker(catalogue), "2026-01-01-abcdef12")
    if areas is not None:
        book = replace(book, parts=tuple(p for p in book.parts if p.id in areas))
    return PdfReader(io.BytesIO(pdf(book)))


def text(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_an_area_as_pdf_names_its_indicators(catalogue: Catalogue) -> None:
    reader = printed(catalogue, {"kontekst"})
    said = text(reader)
    own = [i for i in catalogue.indicators.values() if i.area == "kontekst" and i.is_shown]
    assert own
    for one in own:
        assert one.name.pl in said, one.id
        assert one.id in said.replace(" ", ""), one.id
    assert reader.trailer["/Root"]["/Lang"] == "pl"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.nightly
def test_the_whole_as_pdf_names_every_indicator(catalogue: Catalogue) -> None:
    reader = printed(catalogue)
    said = text(reader)
    for one in catalogue.indicators.values():
        if one.status == "published":
            assert one.name.pl in said, one.id
    marks = {one.title for part in reader.outline if isinstance(part, list) for one in part}
    assert {i.name.pl for i in catalogue.indicators.values() if i.is_shown} <= marks

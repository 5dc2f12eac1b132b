"""What stands in the agreement, its annexes, declarations, lists and certificates."""

import os
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pydantic import ValidationError
from pypdf import PdfReader

from smup.documents.document import Document
from smup.documents.docx import docx
from smup.documents.handed_in import check_pdf
from smup.documents.pdf import certificate_pdf, paper_pdf
from smup.training.papers import attendance_list, declarations
from smup.training.papers.agreement import agreement, funding
from smup.training.papers.certificate import Completed, certificate
from smup.training.papers.texts import (
    FOLDER,
    NoSuchText,
    Text,
    filled,
    text,
    unknown_versions,
    versions,
)
from tests.documents.office import parts
from tests.training.papers.making import HOSTILE, SETTINGS, TERMS, as_text, of_people

GOLDEN = Path(__file__).with_name("golden")
PAPERS = sorted(file.parent.name for file in FOLDER.glob("*/*.yaml"))


def pages(pdf: bytes) -> list[str]:
    """Words of each page; spaces made even, words broken at an end of a line made whole."""
    found = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]
    return [one.replace("\u00ad", "") for one in found]


def completed(name: str = "Anna Nowak") -> Completed:
    return Completed(
        person=name,
        unit="Gmina Gżegżółki",
        training="Szkolenie online – Edukacja, grupa 4",
        about="online, Edukacja · 4 godziny",
        days="14 marca 2022 r.",
        number="2022-2023/Z/0311",
        code="7K3M-9QX4-TN2W-B8RJ",
        check="https://smup.example.pl/szkolenia/certyfikat",
        organiser="Związek Miast Polskich",
        issued=date(2022, 3, 20),
    )


def signing(name: str = "Anna Nowak") -> Document:
    who = declarations.Signing(name, "Gmina Gżegżółki", "online, Edukacja")
    organiser = TERMS.organiser
    return declarations.papers(who, organiser.name, organiser.lines, SETTINGS, TERMS.made)


def group(people: tuple[tuple[str, str], ...]) -> Document:
    of = attendance_list.Group(
        title="Grupa wymiany doświadczeń – Edukacja",
        organiser="Związek Miast Polskich",
        place="Poznań, ul. Robocza 42",
        trainer="",
        days=("14 marca 2022 r., godz. 9:00–15:00", "15 marca 2022 r., godz. 9:00–15:00"),
        people=people,
    )
    return attendance_list.attendance_list(of, funding(SETTINGS), date(2022, 3, 1))


def test_the_whole_agreement_word_for_word() -> None:
    """``GOLDEN=write`` writes it anew; the diff is what is reviewed."""
    file, made = GOLDEN / "agreement.md", as_text(agreement(TERMS))
    if os.environ.get("GOLDEN") == "write":
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")


def test_the_annexes_stand_on_sheets_of_their_own_with_their_versions() -> None:
    found = pages(paper_pdf(agreement(TERMS)))
    titles = (
        "Załącznik nr 1. Deklaracja uczestnictwa",
        "Załącznik nr 2. Oświadczenie o zatrudnieniu",
        "Załącznik nr 3. Oświadczenie o zapoznaniu się",
        "Załącznik nr 4. Program szkolenia online",
        "Załącznik nr 5. Program szkolenia stacjonarnego",
    )
    mark = "Wzór do sprawdzenia przez organizatora"
    for title, page in zip(titles, found[-5:], strict=True):
        assert page.removeprefix(mark).strip().startswith(title)
        assert "(wersja 1)" in page


def test_every_page_of_every_paper_says_who_pays_and_what_is_a_draft() -> None:
    for made in (paper_pdf(agreement(TERMS)), paper_pdf(signing())):
        for page in pages(made):
            assert "Wzór do sprawdzenia" in page
            assert "Współfinansowanie przez Unię Europejską" in page
    listed = paper_pdf(group((("Anna Nowak", "Gmina Hel"),)))
    for page in pages(listed) + pages(certificate_pdf(certificate(completed(), funding(SETTINGS)))):
        assert "Współfinansowanie z budżetu państwa" in page.replace("- ", "")


@pytest.mark.parametrize("name", HOSTILE, ids=["markup", "right to left", "long"])
def test_names_stay_names(name: str) -> None:
    for document in (agreement(of_people(name)), signing(name), group(((name, name),))):
        made = paper_pdf(document)
        check_pdf(made)  # nothing in it runs or leads away
        word = parts(docx(document))["word/document.xml"].decode()
        assert "<script>" not in word
    check_pdf(certificate_pdf(certificate(completed(name), funding(SETTINGS))))
    if name == HOSTILE[0]:
        said = "".join(pages(paper_pdf(signing(name))))
        assert "{number}" in said
        assert "#let x = 1 *a* _b_ $a^2$" in said


def test_a_long_list_repeats_its_heading_and_loses_nobody() -> None:
    people = tuple((f"Osoba {n}", f"Gmina {n}") for n in range(1, 61))
    found = pages(paper_pdf(group(people)))
    assert len(found) > 2
    for n in (1, 30, 60):
        assert sum(f"{n}. Osoba {n} Gmina {n} " in page for page in found) == 2
    assert all("Imię i nazwisko" in page for page in found)


def test_the_same_facts_give_the_same_bytes() -> None:
    document = agreement(TERMS)
    assert paper_pdf(document) == paper_pdf(document)
    assert docx(document) == docx(document)


def test_the_papers_are_made_for_everybody_to_read() -> None:
    """PDF/UA and PDF/A say so in the metadata, after Typst has checked what it can."""
    for made in (
        paper_pdf(agreement(TERMS)),
        certificate_pdf(certificate(completed(), funding(SETTINGS))),
    ):
        said = PdfReader(BytesIO(made)).xmp_metadata
        assert said is not None
        raw = said.rdf_root.toxml()
        assert re.search(r"pdfuaid:part>1<", raw)
        assert re.search(r"pdfaid:part>2<", raw)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_text_is_whole(paper: str) -> None:
    for version in versions(paper):
        said = text(paper, version)
        assert said.parts
        assert "PESEL" not in said.model_dump_json() or "PESEL nie zbiera się" in (
            said.model_dump_json()
        )


def test_the_online_programme_takes_the_hours_of_the_edition() -> None:
    said = text("programme-online", "1")
    minutes = [
        int(row[0].removesuffix(" min"))
        for part in said.parts
        if part.table
        for row in part.table.rows
    ]
    assert SETTINGS.courses.online.hours == 4
    assert sum(minutes) == 4 * 60
    assert [part.title for part in said.parts] == ["Część podstawowa", "Część praktyczna"]


def test_the_in_person_programme_has_the_days_of_the_edition() -> None:
    said = text("programme-in-person", "1")
    assert [len(part.table.rows) for part in said.parts if part.table] == [2, 2, 2]


def test_versions_the_program_does_not_have() -> None:
    for version in ("2", "../agreement/1", ""):
        with pytest.raises(NoSuchText):
            text("agreement", version)
    assert unknown_versions(SETTINGS) == {}
    other = SETTINGS.documents.model_copy(update={"agreement": "9"})
    assert unknown_versions(SETTINGS.model_copy(update={"documents": other})) == {"agreement": "9"}
    with pytest.raises(NoSuchText):
        agreement(replace(TERMS, versions={**TERMS.versions, "agreement": "9"}))


def test_fields_are_declared_and_never_read_twice() -> None:
    with pytest.raises(ValidationError, match="number"):
        Text.model_validate({"title": "Umowa {number}"})
    with pytest.raises(ValidationError, match="person"):
        Text.model_validate({"title": "Umowa", "fields": {"person": "kto"}})
    assert filled("{a} i {b}", {"a": "{b}", "b": "x"}) == "{b} i x"

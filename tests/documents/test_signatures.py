"""Places to sign, and sections on sheets of their own, in every form of a document."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as word_files
from pypdf import PdfReader

from smup.documents.blocks import Block, Paragraph, Section, Signatures
from smup.documents.document import Document
from smup.documents.docx import docx
from smup.documents.html import html
from smup.documents.markdown import markdown
from smup.documents.odt import odt
from smup.documents.pdf import paper_pdf, report_pdf
from tests.documents.office import as_pdf_text, needs_office, parts
from tests.documents.sample import sample

SIGNED: tuple[Block, ...] = (Paragraph(("Treść",)), Signatures(("Organizator", "Gmina <Hel>")))


def paper() -> Document:
    sections = (
        Section("umowa", "Umowa", SIGNED),
        Section("zalacznik", "Załącznik", (Paragraph(("Wzór",)),), apart=True),
    )
    return replace(sample(contents=False, mark=""), sections=sections, slides=())


def test_pdf_on_paper_and_in_reports() -> None:
    for made in (paper_pdf(paper()), report_pdf(paper())):
        first, second = (" ".join(page.extract_text().split()) for page in
                         PdfReader(BytesIO(made)).pages)  # fmt: skip
        assert "Organizator" in first
        assert "Gmina <Hel>" in first
        assert "Załącznik" in second


def test_word_begins_a_page_and_has_a_table_to_sign_in() -> None:
    made = docx(paper())
    word = word_files.Document(BytesIO(made))
    headings = [one for one in word.paragraphs if (one.style.name or "").startswith("Heading")]
    apart = [bool(one.paragraph_format.page_break_before) for one in headings]
    assert apart == [False, True]
    cells = [cell.text for cell in word.tables[-1].rows[0].cells]
    assert [one.rpartition("\n")[2] for one in cells] == ["Organizator", "Gmina <Hel>"]


def test_open_document_begins_a_page() -> None:
    content = parts(odt(paper()))["content.xml"].decode()
    assert content.count('text:style-name="Apart1"') == 1
    assert "Gmina &lt;Hel&gt;" in content


@needs_office
def test_an_office_program_opens_it(tmp_path: Path) -> None:
    said = as_pdf_text(docx(paper()), "docx", tmp_path)
    assert "Gmina <Hel>" in said


def test_text_and_pages() -> None:
    assert "………… (Organizator)" in markdown(SIGNED, 2, lambda _: "")
    assert "<li>Gmina &lt;Hel&gt;</li>" in html(SIGNED, 2, lambda _: "")

"""A document in the forms people hand in. A writer is imported when its form is asked for."""

import io

from smup.documents.document import Document
from smup.formats import media, synthetic
from smup.language import fold
from smup.reports.definition import Definition
from smup.reports.kind import plan_of
from smup.store.releases import Release

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
HTML = "text/html; charset=utf-8"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMS: dict[str, str] = {  # form -> media type
    "pdf": PDF,
    "docx": DOCX,
    "odt": ODT,
    "html": HTML,
    "dossier": HTML,
    "xlsx": media.XLSX,
    "pptx": PPTX,
}
_LONGEST = 120  # characters of a name before its ending


def written(document: Document, form: str, template: bytes | None = None) -> bytes:
    """The file. ``template`` is an office's own DOCX, checked and used for its styles.

    Raises documents.template.UnsafeTemplate for a template that cannot be used, KeyError for a
    form that is not in ``FORMS``.
    """
    match form:
        case "pdf":
            from smup.documents.pdf import report_pdf

            return report_pdf(document)
        case "docx":
            from smup.documents.docx import docx

            return docx(document, template)
        case "odt":
            from smup.documents.odt import odt

            return odt(document)
        case "html":
            from smup.documents.page import page

            return page(document)
        case "dossier":
            from smup.documents.dossier import dossier

            return dossier(document)
        case "xlsx":
            from smup.documents.xlsx import xlsx

            return xlsx(document)
        case "pptx":
            from smup.documents.pptx import pptx

            return pptx(document)
    raise KeyError(form)


def ending(form: str) -> str:
    """What the name of a file ends with; a dossier is an HTML file."""
    return "html" if form == "dossier" else form


def pages(content: bytes, form: str) -> int | None:
    """Pages of a PDF, slides of a presentation; other forms break into pages only when shown."""
    if form == "pdf":
        from pypdf import PdfReader

        return PdfReader(io.BytesIO(content)).get_num_pages()
    if form == "pptx":
        from pptx import Presentation

        return len(Presentation(io.BytesIO(content)).slides)
    return None


def file_name(definition: Definition, release: Release, form: str) -> str:
    """What it is, of whom and of which release, in plain letters
    ("profil-jednostki-1465-warszawa-2026-11-22-b251819e.pdf"); invented figures say so."""
    told = fold("-".join(_told(definition, release)))
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in told)[:_LONGEST]
    rest = [form, release.id] if form == "dossier" else [release.id]  # an HTML file beside "html"
    name = "-".join([*(part for part in plain.split("-") if part), *rest])
    return synthetic.file_name(f"{name}.{ending(form)}", release.synthetic, definition.lang)


def _told(definition: Definition, release: Release) -> list[str]:
    """The kind, the units (of one alone also the name), what it is about."""
    plan, units = plan_of(definition.kind), definition.units
    found = release.territory.get(units[0]) if len(units) == 1 else None
    name = [found.name] if found else []
    about = [definition.role or "", definition.area, definition.service, definition.indicator]
    return [plan.name.pl if definition.lang == "pl" else plan.name.en, *units, *name, *about]

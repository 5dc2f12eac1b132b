"""What belongs to a Word file as a whole: footers, language, properties, what it is related to."""

import re
from datetime import UTC, datetime, time

from docx.document import Document as WordFile
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import _Footer

from smup.documents.document import Document
from smup.documents.docx import pieces

_LOCALES = {"pl": "pl-PL", "en": "en-GB"}
_KEPT = {
    "officeDocument", "core-properties", "extended-properties", "styles", "numbering", "settings",
    "theme", "fontTable", "footnotes", "endnotes", "header", "footer",
}  # fmt: skip
_PROPERTY = 255  # letters; a file with a longer one is not written
_PAGE_FIELD = re.compile(r"\bPAGE\b")
# In the order of settings these come after the one about fields.
_LATER = {
    qn(f"w:{name}")
    for name in (
        "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids",
        "attachedSchema", "themeFontLang", "clrSchemeMapping", "shapeDefaults", "decimalSymbol",
        "listSeparator",
    )
} | {qn("m:mathPr")}  # fmt: skip


def keep_what_is_used(word: WordFile) -> None:
    """Take leave of all parts but those of the look: remarks, forms, pictures of the old text."""
    used = set(re.findall(r'r:id="(\w+)"', word.sections[0]._sectPr.xml))
    _drop(word.part.package.rels, None)
    _drop(word.part.rels, used)


def _drop(relations: Relationships, used: set[str] | None) -> None:
    for ident, relation in list(relations.items()):
        kind = relation.reltype.rpartition("/")[2]
        edge = kind in ("header", "footer") and used is not None and ident not in used
        if kind not in _KEPT or edge:
            del relations[ident]


def say_on_every_page(word: WordFile, document: Document, style: str) -> None:
    """Release and mark below what the office has in its footers, and the page if it has none."""
    section = word.sections[0]
    footers = [(section.footer, True)]
    if section.different_first_page_header_footer:
        footers.append((section.first_page_footer, False))
    if word.settings.odd_and_even_pages_header_footer:
        footers.append((section.even_page_footer, True))
    for footer, numbered in footers:
        _say_below(footer, document, style, numbered=numbered)


def _say_below(footer: _Footer, document: Document, style: str, *, numbered: bool) -> None:
    own = not footer.is_linked_to_previous
    element = footer._element
    if not own:
        for empty in list(element):
            element.remove(empty)
    said = [pieces.run(" · ".join(filter(None, [document.edition, document.title_page.mark])))]
    if numbered and not _PAGE_FIELD.search(element.xml):
        page = pieces.field("PAGE", pieces.run("1"))
        said = [pieces.run(f"{document.words.page} "), page, pieces.run(" · "), *said]
    line = pieces.paragraph(style, "".join(said))
    element.append(parse_xml(line.replace("<w:p>", f"<w:p {pieces.NAMESPACES}>", 1)))


def set_language(word: WordFile, document: Document) -> None:
    """The language of all text, for spelling and for who listens."""
    locale = _LOCALES[document.lang]
    styles = word.styles.element
    look = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
    for old in list(styles.iter(qn("w:lang"))):
        old.getparent().remove(old)
    defaults = styles.find(look)
    if defaults is None:
        for old in styles.findall(qn("w:docDefaults")):
            styles.remove(old)
        made = "<w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>"
        styles.insert(0, parse_xml(f"<w:docDefaults {pieces.NAMESPACES}>{made}"))
        defaults = styles.find(look)
    defaults.append(parse_xml(f'<w:lang {pieces.NAMESPACES} w:val="{locale}"/>'))


def update_on_opening(word: WordFile) -> None:
    """Word asks whether it may number the pages of the contents: nobody else knows them."""
    settings = word.settings.element
    for old in settings.findall(qn("w:updateFields")):
        settings.remove(old)
    after = next((at for at, one in enumerate(settings) if one.tag in _LATER), len(settings))
    settings.insert(after, parse_xml(f'<w:updateFields {pieces.NAMESPACES} w:val="true"/>'))


def set_properties(word: WordFile, document: Document) -> None:
    """What the file says of itself; its only day is that of the release."""
    known = word.core_properties
    page = document.title_page
    known.title, known.subject = page.title[:_PROPERTY], page.subtitle[:_PROPERTY]
    known.author = known.last_modified_by = page.office[:_PROPERTY]
    known.comments = " · ".join(filter(None, [document.edition, page.mark]))[:_PROPERTY]
    known.language = _LOCALES[document.lang]
    known.created = known.modified = datetime.combine(document.made, time(), UTC)
    known.category = known.content_status = known.keywords = known.identifier = known.version = ""
    known.revision = 1

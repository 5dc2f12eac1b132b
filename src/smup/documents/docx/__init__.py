"""A document as a Word file that an officer goes on writing.

Everything is said through styles, so a change of a style changes the whole document. Set beside a
style are only: the list an item counts in, headings of tables that stand on every page, rows that
stay whole, and the widths of columns.
"""

from io import BytesIO

import docx as word_files
from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section as WordSection

from smup.documents.blocks import Picture
from smup.documents.document import Document
from smup.documents.docx import pieces, whole
from smup.documents.docx.body import TEXT_WIDTH, Body
from smup.documents.docx.look import numbering_of, our_look, styles_of
from smup.documents.docx.pieces import Drawn
from smup.documents.office import Walk
from smup.documents.packing import repacked
from smup.documents.raster import fitted, png
from smup.documents.template import checked

_EMU, _TWIPS = 914_400, 1_440  # of an inch


def docx(document: Document, template: bytes | None = None) -> bytes:
    """The file, the same bytes every time.

    ``template`` is an office's own DOCX or DOTX: it lends styles, page, header and footer.

    Raises UnsafeTemplate for a template that is not to be opened.
    """
    word = word_files.Document(BytesIO(checked(template) if template else our_look()))
    word.element.body.get_or_add_sectPr()  # a page, where a template says nothing of one
    whole.keep_what_is_used(word)
    styles = styles_of(word)
    width = _text_width(word.sections[0])
    new_list = numbering_of(word, styles).counted
    body = Body(styles, width, _Pictures(word, width).draw, new_list)
    _replace_body(word, Walk(document, body).written())
    if document.contents and template is None:
        word.sections[0].different_first_page_header_footer = True
    if document.contents:
        whole.update_on_opening(word)
    whole.say_on_every_page(word, document, styles["Footer"])
    whole.set_language(word, document)
    whole.set_properties(word, document)
    made = BytesIO()
    word.save(made)
    return repacked(made.getvalue())


class _Pictures:
    """Puts pictures into the package of a file, ``width`` twentieths of a point at most."""

    def __init__(self, word: WordFile, width: int) -> None:
        self._word, self._widest = word, width / _TWIPS

    def draw(self, picture: Picture, number: int) -> Drawn:
        fit = fitted(picture.svg, self._widest)
        name = PackURI(f"/word/media/report{number}.png")  # a header may have an image1 already
        made = Part(name, CONTENT_TYPE.PNG, png(picture.svg, fit.zoom), self._word.part.package)
        relation = self._word.part.relate_to(made, RELATIONSHIP_TYPE.IMAGE)
        return Drawn(relation, number, int(fit.width * _EMU), int(fit.height * _EMU))


def _text_width(section: WordSection) -> int:
    """In twentieths of a point; that of our page where this one does not say."""
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return TEXT_WIDTH
    return round((page - left - right) / _EMU * _TWIPS)


def _replace_body(word: WordFile, written: str) -> None:
    """New words in the first section of the file, whose headers and footers stay."""
    body = word.element.body
    setup = word.sections[0]._sectPr  # the page stays as it is, whatever it says
    for child in list(body):
        body.remove(child)
    for kind in setup.findall(qn("w:type")):
        setup.remove(kind)
    body.extend(parse_xml(f"<w:body {pieces.NAMESPACES}>{written}</w:body>"))
    body.append(setup)

"""The slides of a document as a deck to edit: titles, native charts and tables, notes."""

import copy
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from textwrap import wrap
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches, Pt

from smup.documents.blocks import DataTable, Line, Picture, Strong, plain
from smup.documents.document import Document, Slide
from smup.documents.native import SECOND, drawable
from smup.documents.packing import repacked
from smup.documents.pptx_chart import add_chart, fits
from smup.documents.pptx_table import add_table
from smup.documents.pptx_theme import BESIDE, FONT, TITLE, WORDS, empty_deck
from smup.documents.raster import png, size_of

Place = tuple[int, int, int, int]  # left, top, width, height in EMU

_LANGUAGES = {"pl": "pl-PL", "en": "en-GB"}
_DOTS_PER_INCH = 220
_LETTERS, _SCALES = 20, (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # points, and what is left of them
_MOST_FOOT = 260  # letters
_SOURCE = Inches(0.34)  # height of the line below a picture


def pptx(document: Document) -> bytes:
    """The deck: 16:9, real placeholders, the mark and the edition on every slide, what a picture
    says and its source in the notes. The same document is the same bytes."""
    deck = empty_deck()
    _properties(deck, document)
    for at, slide in enumerate(document.slides):
        _slide(deck, document, slide, first=at == 0)
    out = BytesIO()
    deck.save(out)
    return repacked(out.getvalue())


def _properties(deck: Deck, document: Document) -> None:
    told, day = deck.core_properties, datetime.combine(document.made, time())
    told.title, told.subject = document.title_page.title, document.title_page.subtitle
    told.author = told.last_modified_by = document.title_page.office
    told.comments = " ".join(one for one in (document.edition, document.title_page.mark) if one)
    told.language = _LANGUAGES[document.lang]
    told.created = told.modified = day
    told.revision = 1


def _slide(deck: Deck, document: Document, told: Slide, *, first: bool) -> None:
    opens = first and told.shown is None
    layout = TITLE if opens else BESIDE if told.lines and told.shown else WORDS
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    language = _LANGUAGES[document.lang]
    title, *places = list(slide.placeholders)
    _words(title, [(told.title,)], language)
    if told.lines:
        body = places.pop(0)
        _words(body, list(told.lines), language)
        _fitted(body, told.lines)
    free = places.pop(0) if places else None
    if free is not None:
        place: Place = (free.left, free.top, free.width, free.height)
        free._element.getparent().remove(free._element)
        if told.shown is not None:
            _shown(slide, document, told.shown, place)
    _foot(slide, document, language)
    _notes(slide, document, told, language)


def _words(shape: Any, lines: list[Line], language: str) -> None:
    frame = shape.text_frame
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        for piece in line:
            run = paragraph.add_run()
            run.text = piece if isinstance(piece, str) else piece.text
            run._r.get_or_add_rPr().set("lang", language)
            if isinstance(piece, Strong):
                run.font.bold = True


def _fitted(body: Any, lines: Sequence[Line]) -> None:
    """Smaller letters where the lines would not fit their place, as the program itself does it."""
    wide, high = body.width / Pt(1), body.height / Pt(1)
    scale = next(
        (one for one in _SCALES if _height(lines, wide, _LETTERS * one) <= high), _SCALES[-1]
    )
    frame = body.text_frame._txBody.bodyPr
    for child in list(frame):
        frame.remove(child)
    fit = OxmlElement("a:normAutofit")
    if scale < 1:
        fit.set("fontScale", str(int(scale * 100_000)))
    frame.append(fit)


def _height(lines: Sequence[Line], wide: float, size: float) -> float:
    """Of lines with letters of ``size`` points in a place so ``wide``."""
    most = max(1, int(wide / (size * 0.55)))
    return sum(size * (1.2 * len(wrap(plain(line), most)) + 0.45) for line in lines)


def _shown(slide: Any, document: Document, shown: Picture | DataTable, place: Place) -> None:
    """The picture or table, and its source below it."""
    left, top, width, height = place
    language, said = _LANGUAGES[document.lang], shown.foot
    room: Place = (left, top, width, height - _SOURCE)
    if isinstance(shown, DataTable):
        frame = add_table(slide.shapes, room, shown, language)
        alt = shown.caption
    elif (chart := drawable(shown)) is not None and fits(chart, shown.data):
        frame = add_chart(slide.shapes, room, chart, shown.data, document.made)
        alt = shown.alt
    else:
        frame = _pixels(slide, shown, room)
        alt, said = shown.alt, shown.below
    named = frame._element.xpath(".//p:cNvPr")[0]
    named.set("descr", alt)
    named.set("title", shown.caption)
    if said:
        box = slide.shapes.add_textbox(left, top + height - _SOURCE, width, _SOURCE)
        box.text_frame.word_wrap = True
        box.text_frame.margin_left = Emu(0)
        _words(box, [(_in_short(said),)], language)
        for run in box.text_frame.paragraphs[0].runs:
            _quiet(run)


def _in_short(foot: str) -> str:
    """Sources as far as two lines hold them; the notes name all of them."""
    if len(foot) <= _MOST_FOOT:
        return foot
    return foot[:_MOST_FOOT].rpartition(" ")[0].rstrip(" ,;.") + " …"


def _quiet(run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(10), RGBColor.from_string(SECOND.upper())


def _pixels(slide: Any, picture: Picture, room: Place) -> Any:
    """The drawing as large as the room lets it, sharp enough for a wall."""
    left, top, width, height = room
    wide, high = size_of(picture.svg)
    scale = min(width / wide, height / high)
    zoom = scale / Inches(1) * _DOTS_PER_INCH
    drawn = BytesIO(png(picture.svg, zoom))
    x = left + int((width - wide * scale) / 2)
    return slide.shapes.add_picture(drawn, Emu(x), top, Emu(int(wide * scale)))


def _foot(slide: Any, document: Document, language: str) -> None:
    """The line of edition and mark, and the number of the slide: places of the layout that a slide
    has only when they are put on it. Said with size and place again, which LibreOffice forgets."""
    told = (document.title_page.mark, document.edition)
    for shape in slide.slide_layout.placeholders:
        if shape._element.ph.get("type") in ("ftr", "sldNum"):
            own = copy.deepcopy(shape._element)
            own.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
            slide.shapes._spTree.append(own)
    for shape in slide.placeholders:
        kind = shape._element.ph.get("type")
        if kind in ("ftr", "sldNum"):
            of_all = _same_in_master(slide, kind)
            shape.left, shape.top, shape.width, shape.height = (
                of_all.left, of_all.top, of_all.width, of_all.height,
            )  # fmt: skip
        if kind == "ftr":
            shape.text_frame.clear()
            _words(shape, [(" · ".join(one for one in told if one),)], language)
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
            for run in shape.text_frame.paragraphs[0].runs:
                run.font.name = FONT
                _quiet(run)


def _same_in_master(slide: Any, kind: str) -> Any:
    places = slide.slide_layout.slide_master.placeholders
    return next(one for one in places if one._element.ph.get("type") == kind)


def _notes(slide: Any, document: Document, told: Slide, language: str) -> None:
    """For who speaks: what is seen, in words, and where from."""
    lines: list[str] = [plain(line) for line in told.lines]
    if isinstance(told.shown, Picture):
        lines += [told.shown.alt, told.shown.foot]
    elif told.shown is not None:
        lines += [told.shown.caption, told.shown.foot]
    lines += [document.edition, document.title_page.mark]
    frame = slide.notes_slide.notes_text_frame
    _words(frame._parent, [(line,) for line in lines if line], language)

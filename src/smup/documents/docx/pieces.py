"""WordprocessingML in small pieces: paragraphs, runs, fields, tables, pictures, each as text.

A piece names a style and never a look: no piece sets letters, colours or distances.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from smup.documents.xml import escaped

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
_TITLE_LETTERS = 64  # Word calls a file with a longer title of a control damaged


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the package: its relation, its number, its size in EMU."""

    relation: str
    number: int
    width: int
    height: int


def paragraph(style: str, inside: str, numbering: int | None = None, *, apart: bool = False) -> str:
    """``numbering`` is the list an item belongs to where its style alone would count on; one
    ``apart`` begins a page."""
    new_page = "<w:pageBreakBefore/>" if apart else ""
    numbered = (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>' if numbering else ""
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{new_page}{numbered}</w:pPr>{inside}</w:p>'


def run(text: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def field(code: str, shown: str) -> str:
    """A field and what it shows until somebody has it updated."""
    return (
        f'{_mark("begin")}<w:r><w:instrText xml:space="preserve"> {escaped(code)} </w:instrText>'
        f"</w:r>{_mark('separate')}{shown}{_mark('end')}"
    )


def opened_field(code: str) -> str:
    """The beginning of a field that ends in another paragraph (``CLOSED_FIELD``)."""
    return (
        f'{_mark("begin")}<w:r><w:instrText xml:space="preserve"> {escaped(code)} </w:instrText>'
        f"</w:r>{_mark('separate')}"
    )


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CLOSED_FIELD = _mark("end")


def bookmark(number: int, name: str, inside: str) -> str:
    begin = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{begin}{inside}<w:bookmarkEnd w:id="{number}"/>'


def link(anchor: str, inside: str) -> str:
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{inside}</w:hyperlink>'


def control(number: int, title: str, tag: str, inside: str, *, prompt: bool) -> str:
    """A rich text control around whole paragraphs; a ``prompt`` goes away when one types."""
    kind = "<w:showingPlcHdr/>" if prompt else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(title[:_TITLE_LETTERS])}"/>'
        f'<w:tag w:val="{escaped(tag[:_TITLE_LETTERS])}"/><w:id w:val="{number}"/>{kind}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def contents(inside: str) -> str:
    """The table of contents, so that Word offers to update it."""
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def table(style: str, widths: list[int], rows: Iterable[str], name: str, words: str = "") -> str:
    """``widths`` in twentieths of a point; ``name`` and ``words`` are what is read out of it."""
    head = f'<w:tblCaption w:val="{escaped(name)}"/>' if name else ""
    about = f'<w:tblDescription w:val="{escaped(words)}"/>' if words else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{head}{about}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """A row stays whole; ``head`` rows stand on every page of the table."""
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def cell(width: int, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def picture(drawn: Drawn, name: str, words: str) -> str:
    """A run with the picture; ``words`` are read out to whoever does not see it."""
    size = f'cx="{drawn.width}" cy="{drawn.height}"'
    about = f'id="{drawn.number}" name="{escaped(name)}" descr="{escaped(words)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {about}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/'
        f'drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{drawn.relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )

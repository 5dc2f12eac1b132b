"""A document as an OpenDocument text that an officer goes on writing."""

from pathlib import Path
from string import Template

from smup.documents.blocks import Picture
from smup.documents.document import Document
from smup.documents.odt.body import TEXT_WIDTH, Body, picture_name
from smup.documents.office import Walk
from smup.documents.packing import packed
from smup.documents.raster import Fit, fitted, png
from smup.documents.xml import escaped

MEDIA = "application/vnd.oasis.opendocument.text"
_STYLES = Path(__file__).with_name("styles.xml")
_COUNTRIES = {"pl": "PL", "en": "GB"}
_INCH = 2.54  # cm
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "style", "text", "table")),
        f'xmlns:draw="{_OASIS}drawing:1.0"',
        f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_OASIS}svg-compatible:1.0"',
        f'xmlns:meta="{_OASIS}meta:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:ooow="http://openoffice.org/2004/writer"',
        'office:version="1.3"',
    ]
)
_PADDING = (
    'fo:padding-top="0.07cm" fo:padding-bottom="0.07cm" fo:padding-left="0.1cm" '
    'fo:padding-right="0.1cm"'
)
_TABLES = """
<style:style style:name="Table" style:family="table"><style:table-properties
 style:width="{width}cm" table:align="left" style:may-break-between-rows="true"/></style:style>
<style:style style:name="Row" style:family="table-row"><style:table-row-properties
 fo:keep-together="always"/></style:style>
<style:style style:name="Head" style:family="table-cell"><style:table-cell-properties
 {padding} fo:border-top="1pt solid #525a64" fo:border-bottom="0.75pt solid #525a64"
 style:vertical-align="bottom"/></style:style>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties
 {padding} fo:border-bottom="0.5pt solid #d3dae2"/></style:style>
<style:style style:name="Last" style:family="table-cell"><style:table-cell-properties
 {padding} fo:border-bottom="1pt solid #525a64"/></style:style>
"""


def odt(document: Document) -> bytes:
    """The file, the same bytes every time."""
    pictures = _Pictures()
    body = Body(pictures.draw)
    written = Walk(document, body).written()
    texts = {
        "content.xml": _content(body, written, first_page=document.contents),
        "styles.xml": _styles(document),
        "meta.xml": _properties(document),
    }
    files = {name: text.encode() for name, text in texts.items()} | pictures.files
    manifest = _manifest(list(files)).encode()
    return packed(
        [("mimetype", MEDIA.encode()), *files.items(), ("META-INF/manifest.xml", manifest)]
    )


class _Pictures:
    """The pictures of a package, by their names in it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def draw(self, picture: Picture, number: int) -> Fit:
        fit = fitted(picture.svg, TEXT_WIDTH / _INCH)
        self.files[picture_name(number)] = png(picture.svg, fit.zoom)
        return fit


def _content(body: Body, written: str, *, first_page: bool) -> str:
    """``first_page``: the page with the title has a footer of its own."""
    opening = _OPENING if first_page else ""
    text = written.replace('text:style-name="Office"', 'text:style-name="Opening"', 1)
    return (
        f"{_PROLOGUE}<office:document-content {_NAMESPACES}><office:automatic-styles>"
        f"{_TABLES.format(width=TEXT_WIDTH, padding=_PADDING)}{opening}{''.join(body.automatic)}"
        "</office:automatic-styles><office:body><office:text>"
        f"{body.sequences()}{text if first_page else written}"
        "</office:text></office:body></office:document-content>"
    )


_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPENING = (
    '<style:style style:name="Opening" style:family="paragraph" style:parent-style-name="Office" '
    'style:master-page-name="First_20_Page"/>'
)


def _styles(document: Document) -> str:
    said = " · ".join(filter(None, [document.edition, document.title_page.mark]))
    return Template(_STYLES.read_text(encoding="utf-8")).substitute(
        language=document.lang,
        country=_COUNTRIES[document.lang],
        page=escaped(document.words.page),
        said=escaped(said),
    )


def _properties(document: Document) -> str:
    """What the file says of itself; its only day is that of the release."""
    page, day = document.title_page, f"{document.made.isoformat()}T00:00:00"
    said = {
        "meta:generator": "smup",
        "dc:title": page.title,
        "dc:subject": page.subtitle,
        "dc:description": " · ".join(filter(None, [document.edition, page.mark])),
        "meta:initial-creator": page.office,
        "dc:creator": page.office,
        "meta:creation-date": day,
        "dc:date": day,
        "dc:language": f"{document.lang}-{_COUNTRIES[document.lang]}",
    }
    inside = "".join(f"<{name}>{escaped(text)}</{name}>" for name, text in said.items() if text)
    return (
        f"{_PROLOGUE}<office:document-meta {_NAMESPACES}><office:meta>{inside}</office:meta>"
        "</office:document-meta>"
    )


def _manifest(names: list[str]) -> str:
    kinds = {"xml": "text/xml", "png": "image/png"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" '
        f'manifest:media-type="{kinds[name.rpartition(".")[2]]}"/>'
        for name in names
    )
    return (
        f'{_PROLOGUE}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" '
        'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="1.3" manifest:media-type="{MEDIA}"/>{entries}</manifest:manifest>'
    )

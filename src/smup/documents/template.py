"""An office's own Word file, looked through before anything is made of it.

Only its styles, page, headers and footers are used. What could run, fetch or swell is refused, not
mended: the office learns what is in its template. Nothing is fetched or run to find out.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

import docx as word_files

from smup.documents.dangers import MOST_BYTES, UnsafeTemplate
from smup.documents.packing import packed
from smup.documents.unzipping import Limits, flaw_of

__all__ = ["MOST_BYTES", "UnsafeTemplate", "checked"]

_LIMITS = Limits(parts=1_000, unpacked=50_000_000, times=100, large=1_000_000)
_TYPES = "[Content_Types].xml"

_CLICKED = re.compile(r"(https?|mailto):", re.IGNORECASE)  # followed only by who clicks
_TEXTS = {"xml", "rels", "vml", "svg"}
_PICTURES = {
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "odttf",
    "bin",  # settings of printers; objects and macros are known by how they are related
}  # fmt: skip
_MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|vbaData", re.IGNORECASE)
_MACRO_PARTS = re.compile(r"vba(project|data)|customUI|attachedToolbars", re.IGNORECASE)
_EMBEDDING = {"oleObject", "package", "control", "aFChunk", "subDocument", "activeXControlBinary"}
_EMBEDDED = {"OLEObject", "altChunk", "subDoc", "control", "ocx"}
_FIELDS = re.compile(
    r"INCLUDE(?:PICTURE|TEXT)?\b|\bDDE(?:AUTO)?\b|\bLINK\b|\bDATABASE\b|\bIMPORT\b|\bMACROBUTTON\b"
    r"|\bRD\b",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"urn:schemas-microsoft-com:(?:vml|office:office) |http://www\.w3\.org/2000/svg "
)
_ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"


def checked(template: bytes) -> bytes:
    """The template as a DOCX, if nothing in it is dangerous. Raises UnsafeTemplate."""
    if len(template) > MOST_BYTES:
        raise UnsafeTemplate("large")
    if template.startswith(b"\xd0\xcf\x11\xe0"):
        secret = "EncryptedPackage".encode("utf-16-le") in template
        raise UnsafeTemplate("password" if secret else "old")
    parts = dict(_parts(template))
    for name, content in parts.items():
        if _suffix(name) in _TEXTS:
            _check(name, content)
    made = packed(_as_document(parts))
    try:
        word_files.Document(BytesIO(made))
    except Exception as error:  # a part that is named and not there, a part of another kind
        raise UnsafeTemplate("damaged", "word") from error
    return made


def _suffix(name: str) -> str:
    """What a name ends with; "_rels/.rels" is nothing else."""
    return name.rpartition(".")[2].lower()


def _parts(template: bytes) -> Iterator[tuple[str, bytes]]:
    """What is in the zip, unpacked no further than a template needs."""
    try:
        with ZipFile(BytesIO(template)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            for entry in entries:
                yield entry.filename, _content(archive, entry)
    except BadZipFile as error:
        raise UnsafeTemplate("no_docx", "ZIP") from error


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if _TYPES not in names:
        raise UnsafeTemplate("no_docx", _TYPES)
    flaw = flaw_of(entries, _LIMITS)
    if flaw is not None:
        raise UnsafeTemplate(*flaw)
    for name in names:
        if _MACRO_PARTS.search(name):
            raise UnsafeTemplate("macros", name)
        if _suffix(name) not in _TEXTS | _PICTURES:
            raise UnsafeTemplate("embedded", name)


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    try:
        content = archive.read(entry)
    except Exception as error:  # whatever a broken stream makes the unpacker say
        raise UnsafeTemplate("damaged", entry.filename) from error
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise UnsafeTemplate("embedded", entry.filename)
    return content


def _as_document(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """A template for new documents (DOTX) differs from a document by one word."""
    document, template = (_MAIN.format(kind).encode() for kind in ("document", "template"))
    types = parts.pop(_TYPES)
    if document not in types and template not in types:
        raise UnsafeTemplate("no_docx", _TYPES)
    yield _TYPES, types.replace(template, document)
    yield from sorted(parts.items())


def _check(name: str, content: bytes) -> None:
    """One part as XML: what it defines, refers to, embeds and calculates."""
    found = _Found(name)
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartDoctypeDeclHandler = found.doctype
    reader.StartElementHandler = found.element
    reader.EndElementHandler = found.ended
    reader.CharacterDataHandler = found.text
    try:
        reader.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeTemplate("damaged", name) from error
    called = _FIELDS.search("".join(found.fields))
    if called:
        raise UnsafeTemplate("field", f"{called[0].upper()}, {name}")


class _Found:
    """What stands in a part, refused as soon as it is met; fields are gathered, because a field can
    be split over several pieces."""

    def __init__(self, part: str) -> None:
        self._part, self._inside = part, False
        self.fields: list[str] = []

    def doctype(self, *_: object) -> None:
        raise UnsafeTemplate("doctype", self._part)

    def element(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in given.items()}
        self._inside = name == "instrText"
        if name == "fldChar":
            self.fields.append("\n")
        elif name == "fldSimple":
            self.fields.append(f"\n{values.get('instr', '')}\n")
        elif name == "Relationship":
            self._relation(values)
        elif name in ("Override", "Default"):
            self._type(values)
        elif name in _EMBEDDED:
            raise UnsafeTemplate("embedded", self._part)
        elif name == "script":
            raise UnsafeTemplate("macros", self._part)
        elif name == "mailMerge":
            raise UnsafeTemplate("outside", self._part)
        elif _DRAWN.match(tag):
            self._drawn(values)

    def _drawn(self, values: dict[str, str]) -> None:
        """Pictures inside drawings can name an address without a relation."""
        for address in (values.get("src", ""), values.get("href", "")):
            if _ELSEWHERE.match(address) and not address.startswith("data:image/"):
                raise UnsafeTemplate("outside", address)

    def ended(self, _: str) -> None:
        self._inside = False

    def text(self, words: str) -> None:
        if self._inside:
            self.fields.append(words)

    def _relation(self, values: dict[str, str]) -> None:
        kind = values.get("Type", "").rpartition("/")[2]
        target = values.get("Target", "")
        if _MACRO_PARTS.search(kind) or kind == "extensibility":
            raise UnsafeTemplate("macros", target)
        if kind in _EMBEDDING:
            raise UnsafeTemplate("embedded", target)
        outside = values.get("TargetMode", "").lower() == "external" or _ELSEWHERE.match(target)
        if outside and not (kind == "hyperlink" and _CLICKED.match(target)):
            raise UnsafeTemplate("outside", target)

    def _type(self, values: dict[str, str]) -> None:
        """A part is what its type says: one of words must be named so that it is read through."""
        kind, extension = values.get("ContentType", ""), values.get("Extension", "")
        place = values.get("PartName", extension)
        if _MACRO_TYPES.search(kind):
            raise UnsafeTemplate("macros", place)
        if kind.endswith("xml") and (extension.lower() or _suffix(place)) not in _TEXTS:
            raise UnsafeTemplate("path", place)

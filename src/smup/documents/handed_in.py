"""A PDF somebody hands in, looked through before it is kept and opened by others.

Nothing in it is run, fetched or mended. Whether its signatures are good is for a person to say.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Literal

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

MOST_BYTES = 10_000_000
_MOST_OBJECTS = 1_000_000  # a tagged contract of ten pages has some ten thousand

Flaw = Literal["empty", "large", "no_pdf", "damaged", "encrypted", "active", "embedded"]

# Keys and kinds of actions by which a file does something when it is opened or clicked on. A link
# to an address (/URI) and within the file (/GoTo) does nothing by itself.
_ACTIVE_KEYS = {"/JavaScript", "/JS", "/AA", "/XFA", "/RichMediaContent"}
_ACTIVE_KINDS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound",
    "/Rendition", "/RichMediaExecute",
}  # fmt: skip
_EMBEDDED_KEYS = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF"}
_EMBEDDED_KINDS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


class UnsafePdf(ValueError):
    """A file that is not kept; ``flaw`` says why."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw: Flaw = flaw
        super().__init__(flaw)


def check_pdf(content: bytes) -> None:
    """Raises UnsafePdf for what is no PDF, cannot be read, or could do something when opened."""
    if not content:
        raise UnsafePdf("empty")
    if len(content) > MOST_BYTES:
        raise UnsafePdf("large")
    if not content.startswith(b"%PDF-"):
        raise UnsafePdf("no_pdf")
    try:
        _look_through(content)
    except UnsafePdf:
        raise
    except Exception as error:  # whatever a broken file makes the reader say
        raise UnsafePdf("damaged") from error


def _look_through(content: bytes) -> None:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise UnsafePdf("encrypted")
    if len(reader.pages) == 0:
        raise UnsafePdf("damaged")
    for found in _dictionaries(reader):
        _check(found)


def _check(found: DictionaryObject) -> None:
    keys = set(found)
    kind, about = str(found.get("/S", "")), str(found.get("/Subtype", ""))
    if keys & _EMBEDDED_KEYS or about in _EMBEDDED_KINDS:
        raise UnsafePdf("embedded")
    if keys & _ACTIVE_KEYS or kind in _ACTIVE_KINDS:
        raise UnsafePdf("active")
    # Word processors open a file at its first page: a place, or a way to one, and no more.
    opened = found.get("/OpenAction")
    if isinstance(opened, DictionaryObject) and opened.get("/S") != "/GoTo":
        raise UnsafePdf("active")


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, each once, however deep it lies."""
    waiting: list[PdfObject | None] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            name = (one.idnum, one.generation)
            one = None if name in seen else one.get_object()
            seen.add(name)
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)
    raise UnsafePdf("damaged")

"""Files that belong to registrations: looked through, kept, and noted."""

from datetime import datetime
from pathlib import PurePath

from smup.accounts.actor import Actor
from smup.accounts.files import keep
from smup.accounts.models import StoredFile
from smup.documents.handed_in import UnsafePdf, check_pdf
from smup.mailing.outbox import Enclosed
from smup.training.models import Document, Registration
from smup.training.rules.refusal import Refusal, Refused

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST = 120  # characters of a name


def kept_document(
    kind: str,
    name: str,
    content: bytes,
    *,
    media: str = PDF,
    actor: Actor,
    now: datetime,
    registration: Registration | None = None,
    version: str = "",
) -> Document:
    """Keep a file and note what it is, in the caller's transaction."""
    stored = keep(content, media)
    document: Document = Document.objects.create(
        kind=kind,
        registration=registration,
        name=safe_name(name),
        media=media,
        sha256=stored.sha256,
        size=stored.size,
        version=version,
        at=now,
        by=actor.label,
    )
    return document


def enclosed(document: Document) -> Enclosed:
    """The document as an attachment of a letter."""
    return Enclosed(document.name, StoredFile.objects.get(pk=document.sha256))


def check_signed(content: bytes) -> None:
    """Raises Refused for a file that is no PDF or could do something when it is opened."""
    try:
        check_pdf(content)
    except UnsafePdf as error:
        raise Refused(Refusal(11, f"pdf_{error.flaw}", "file")) from error


def safe_name(name: str) -> str:
    """A name as it may stand on any disk and in any header: no path, no signs that steer."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>:|?*')
    stem, dot, ending = plain.rpartition(".")
    whole = f"{stem[: _LONGEST - len(ending) - 1]}{dot}{ending[:10]}" if stem else plain[:_LONGEST]
    return whole.strip() or "plik.pdf"

"""Materials for those who take part, or for everybody (rule 13)."""

from datetime import datetime
from pathlib import PurePath

from smup.accounts import audit
from smup.accounts.actor import Actor
from smup.accounts.models import Event
from smup.language import Lang
from smup.training.actions import notices
from smup.training.actions.keeping import PDF, check_signed, kept_document
from smup.training.actions.locking import alone
from smup.training.models import Edition, Material, Training
from smup.training.rules.refusal import Refusal, Refused
from smup.training.rules.typed import check_text

ADDED, REMOVED = "training.material.added", "training.material.removed"
MOST_BYTES = 25_000_000
_LONGEST = 200
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    ".pdf": PDF,
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".csv": "text/csv",
    ".zip": "application/zip",
}


def add(
    edition: Edition,
    training: Training | None,
    title: str,
    content: bytes,
    filename: str,
    *,
    public: bool = False,
    actor: Actor,
    now: datetime,
) -> Material:
    """Put a file up, for one training or for the whole edition; the people of a training are told.
    The same file under the same title is put up once. Raises Refused."""
    if wrong := check_text(title, "title", _LONGEST, "title_missing"):
        raise Refused(wrong)
    media = _media(content, filename)
    with alone(edition.pk) as held:
        rows = Material.objects.select_related("document").filter(edition=held, training=training)
        document = kept_document("material", filename, content, media=media, actor=actor, now=now)
        known: Material | None = rows.filter(
            title=title.strip(), document__sha256=document.sha256
        ).first()
        if known is not None:
            document.delete()
            return known
        made: Material = Material.objects.create(
            edition=held, training=training, title=title.strip(), document=document, public=public
        )
        about, after = f"material:{made.pk}", {"title": made.title, "public": public}
        event = audit.record(actor, ADDED, about, after=after, edition=held.pk)
        if training is not None:
            _tell(training, event, now)
        return made


def remove(material: Material, *, actor: Actor, now: datetime) -> None:
    """Take a file down. The kept copy stays: a letter or another list may name it."""
    with alone(material.edition_id) as held:
        if Material.objects.filter(pk=material.pk).delete()[0]:
            about, before = f"material:{material.pk}", {"title": material.title}
            audit.record(actor, REMOVED, about, before=before, edition=held.pk)


def _tell(training: Training, event: Event, now: datetime) -> None:
    def told(_: Lang) -> dict[str, str]:
        return {"training": training.title}

    readers = notices.of_enrolments(notices.enrolled(training))
    notices.tell("materials-ready", training, readers, event, told, now=now)


def _media(content: bytes, filename: str) -> str:
    """Raises Refused for a file that is none of ``MEDIA``, too large, or a PDF that could run."""
    media = MEDIA.get(PurePath(filename).suffix.lower())
    if media is None:
        fields = {"endings": ", ".join(one.lstrip(".").upper() for one in MEDIA)}
        raise Refused(Refusal(13, "file_type", "file", fields))
    if not content:
        raise Refused(Refusal(13, "pdf_empty", "file"))
    if len(content) > MOST_BYTES:
        raise Refused(Refusal(13, "file_large", "file", {"most": MOST_BYTES // 1_000_000}))
    if media == PDF:
        check_signed(content)
    return media

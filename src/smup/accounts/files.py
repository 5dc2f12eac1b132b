"""Kept documents, named by their content; readable by the owner of the process alone."""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from smup.accounts.models import StoredFile
from smup.store.files import sync, write_whole

_NAME = re.compile(r"[0-9a-f]{64}")


def keep(content: bytes, media: str) -> StoredFile:
    """Keep a document; the same content is kept once.

    The file is on disk before the row: a transaction that is undone leaves bytes nobody names,
    never a name without bytes.
    """
    name = hashlib.sha256(content).hexdigest()
    path = _path(name)
    if not path.exists() or path.stat().st_size != len(content):  # torn when the power failed
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, content)
        path.chmod(0o600)
        sync(path)
    kept: StoredFile
    kept, _ = StoredFile.objects.get_or_create(
        sha256=name, defaults={"media": media, "size": len(content), "kept": timezone.now()}
    )
    return kept


def open_kept(sha256: str) -> bytes:
    """The bytes of a kept document. Raises FileNotFoundError where there is none."""
    if not _NAME.fullmatch(sha256):
        raise FileNotFoundError(sha256)
    return _path(sha256).read_bytes()


def remove(sha256: str) -> None:
    """Forget a document that nothing names any more; silent where there is none."""
    StoredFile.objects.filter(sha256=sha256).delete()
    if _NAME.fullmatch(sha256):
        _path(sha256).unlink(missing_ok=True)


def _path(sha256: str) -> Path:
    folder: Path = settings.SMUP_PEOPLE / "files" / sha256[:2]
    return folder / sha256

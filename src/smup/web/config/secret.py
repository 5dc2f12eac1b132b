"""The key that signs sessions and tokens: from the environment, else made once and kept."""

import os
import secrets
from pathlib import Path


def secret_key(file: Path) -> str:
    """SMUP_SECRET_KEY, else the content of ``file``, written on first use readable by its owner
    only. Two processes that start together end up with the same key."""
    if given := os.environ.get("SMUP_SECRET_KEY"):
        return given
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    if not file.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, file)  # fails where another process was first: its key is kept
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()

"""Files of office programs: what a reader finds in them, and what LibreOffice makes of them."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


def parts(made: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def as_pdf_text(made: bytes, suffix: str, folder: Path) -> str:
    """The words of the pages LibreOffice lays out, spaces made even."""
    file = folder / f"file.{suffix}"
    file.write_bytes(made)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    said = subprocess.run(
        ["pdftotext", "-layout", str(folder / "file.pdf"), "-"], check=True, capture_output=True
    )
    return " ".join(said.stdout.decode().split())

"""The bytes inside a packed file, no further than a table of figures could need, and what they are.

Nothing here believes a name or a size that a file says of itself.
"""

import io
import zlib
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from smup.documents.unzipping import Limits, flaw_of
from smup.ingest.refusing import SourceError, unreadable

MOST_BYTES = 1_000_000_000  # of one file inside
_LARGE = 50_000_000  # below it, how many times it swelled does not matter
_TIMES = 250  # a table of repeated figures swells some 100 times, a bomb 1000
_LIMITS = Limits(parts=10_000, unpacked=MOST_BYTES, times=_TIMES, large=_LARGE)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

_SAID = {
    "zip": "archiwum ZIP",
    "xls": "arkusz Excela (XLS)",
    "xlsx": "arkusz Excela (XLSX)",
    "ods": "arkusz OpenDocument (ODS)",
    "parquet": "plik Parquet",
    "gz": "archiwum GZ",
    "pdf": "plik PDF",
    "html": "strona HTML",
    "xml": "plik XML",
    "ole": "plik dawnego pakietu Office, który nie jest arkuszem",
    "docx": "dokument tekstowy",
    "text": "zwykły tekst",
}
_TEXT_KINDS = ("csv", "tsv", "txt", "json")


def unpacked(path: str, content: bytes, inside: str | None = None) -> tuple[str, bytes]:
    """Name and bytes of the file in a ``.gz`` or ``.zip``; of any other file its own.

    ``inside`` names it where a zip holds several. Raises SourceError for a broken archive, a
    password, a bomb, a file that is not there or not the only one.
    """
    if path.endswith(".gz"):
        return path.removesuffix(".gz"), _gunzipped(path, content)
    if path.endswith(".zip"):
        return _unzipped(path, content, inside)
    return path, content


def names_inside(path: str, content: bytes) -> tuple[str, ...]:
    """Names of the files in a ``.zip``. Raises SourceError for one that must not be unpacked."""
    with _opened(path, content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    flaw = flaw_of(entries, _LIMITS)
    if flaw is not None:
        raise _refused(path, *flaw)
    return tuple(entry.filename for entry in entries)


def expect_kind(path: str, kind: str, content: bytes) -> None:
    """Raises SourceError when the bytes are something else than the name of the file says."""
    found = kind_of_bytes(content)
    if found == kind or (found == "text" and kind in _TEXT_KINDS):
        return
    if found == "text" and kind not in _TEXT_KINDS:
        raise unreadable(
            path, f"to zwykły tekst, a nie {_SAID[kind]}, albo plik bez początku; popraw nazwę"
        )
    raise unreadable(
        path, f"nazwa mówi .{kind}, a to jest {_SAID[found]}; popraw nazwę albo wskaż inny plik"
    )


def kind_of_bytes(content: bytes) -> str:
    """``xls``, ``xlsx``, ``ods``, ``parquet``…, by the bytes alone; ``text`` where nothing else."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content[:4] == _ZIP:
        return _kind_of_zip(content)
    if content[:4] == _OLE:
        office = "EncryptedPackage".encode("utf-16-le") not in content
        book = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
        return "xls" if office and book else "xlsx" if not office else "ole"
    for beginning, kind in ((b"PAR1", "parquet"), (b"\x1f\x8b", "gz"), (b"%PDF-", "pdf")):
        if content.startswith(beginning):
            return kind
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "xml" if start.startswith(b"<?xml") else "text"


def check_package(path: str, content: bytes) -> None:
    """Raises SourceError for an XLSX or ODS that would swell, or asks for a password."""
    if content[:4] == _OLE and "EncryptedPackage".encode("utf-16-le") in content:
        raise _refused(path, "password", "")
    if content[:4] == _ZIP:
        with _opened(path, content) as archive:
            flaw = flaw_of([e for e in archive.infolist() if not e.is_dir()], _LIMITS)
        if flaw is not None:
            raise _refused(path, *flaw)


def _kind_of_zip(content: bytes) -> str:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "xlsx" if b"xl/" in content[:4096] else "zip"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    return "docx" if "[Content_Types].xml" in names else "zip"


def _gunzipped(path: str, content: bytes) -> bytes:
    most = min(MOST_BYTES, max(_LARGE, _TIMES * len(content)))
    pieces, total, rest = [], 0, content
    try:
        while rest:  # a file may be several packed ones, one after another
            member = zlib.decompressobj(wbits=31)
            pieces.append(member.decompress(rest, most - total + 1))
            total += len(pieces[-1])
            if total > most:
                raise _refused(path, "swells", "")
            if not member.eof:
                raise EOFError("koniec przed końcem danych")
            rest = member.unused_data.lstrip(b"\0")
    except (zlib.error, EOFError) as error:
        raise unreadable(path, f"archiwum gz jest uszkodzone lub niepełne ({error})") from error
    return b"".join(pieces)


def _unzipped(path: str, content: bytes, inside: str | None) -> tuple[str, bytes]:
    with _opened(path, content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        flaw = flaw_of(entries, _LIMITS)
        if flaw is not None:
            raise _refused(path, *flaw)
        names = [entry.filename for entry in entries]
        if inside is None and len(names) != 1:
            shown = ", ".join(names[:6])
            raise unreadable(
                path, f"w archiwum jest {len(names)} plików ({shown}); wskaż jeden (inside)"
            )
        name = inside or names[0]
        if name not in names:
            raise unreadable(path, f"w archiwum nie ma pliku {name}; są: {', '.join(names[:6])}")
        try:
            with archive.open(name) as file:
                found = file.read(MOST_BYTES + 1)
        except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise unreadable(path, f"archiwum jest uszkodzone (plik {name}: {error})") from error
    if len(found) > MOST_BYTES:
        raise _refused(path, "swells", name)
    return PurePosixPath(name).name, found


def _opened(path: str, content: bytes) -> ZipFile:
    try:
        return ZipFile(io.BytesIO(content))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise unreadable(path, f"plik jest uszkodzony albo niepełny ({error})") from error


def _refused(path: str, flaw: str, part: str) -> SourceError:
    where = f" (część „{part}”)" if part else ""
    why = {
        "password": "plik jest zaszyfrowany; zdejmij hasło i zapisz go ponownie",
        "swells": f"po rozpakowaniu byłby wielokrotnie większy{where}, więc nie został otwarty",
        "many": "archiwum ma ponad dziesięć tysięcy części, więc nie zostało otwarte",
        "path": f"część archiwum ma niedozwoloną nazwę{where}",
    }
    return unreadable(path, why[flaw])

"""Zip-based formats with the same bytes every time: fixed order, fixed day, no clock."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_DAY = (1980, 1, 1, 0, 0, 0)  # the first a zip can say
_PACKED_ALREADY = (".png", ".jpg", ".jpeg")


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Names and contents as a zip, in the order given.

    A file ``mimetype`` is left as it is: OpenDocument is known by its first bytes.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files:
            entry = ZipInfo(name, _DAY)
            entry.create_system = 3  # said to be the same on every machine
            entry.external_attr = 0o644 << 16
            stored = name == "mimetype" or name.lower().endswith(_PACKED_ALREADY)
            archive.writestr(entry, content, ZIP_STORED if stored else ZIP_DEFLATED, 6)
    return buffer.getvalue()


def repacked(made: bytes) -> bytes:
    """What a library wrote, with its clock taken out of the entries."""
    with ZipFile(BytesIO(made)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist()])

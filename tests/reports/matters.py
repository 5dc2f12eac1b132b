"""What reports of some units are written from, and the pictures of one that is written."""

from smup.documents.blocks import Picture
from smup.documents.document import Document, blocks_of
from smup.reports.definition import Definition
from smup.reports.looking import matter_of
from smup.reports.matter import Matter
from smup.store.releases import Release


def matter_for(release: Release, *units: str, **asked: object) -> Matter:
    """Of a full unit report, unless another ``kind`` is asked for."""
    content = {"kind": "unit", "units": units} | asked
    return matter_of(release, Definition.model_validate(content))


def pictures_of(document: Document) -> list[Picture]:
    """In reading order, as they are numbered."""
    return [one for one in blocks_of(document.sections) if isinstance(one, Picture)]

"""The list the national open data portal (dane.gov.pl) reads every night: ``harvest.xml``, 1.13.

The portal takes only resources whose ``extIdent`` it has not seen, so every file of every release
has one of its own, and the files of older releases stay in the list. Children of the root carry no
namespace in this version; should the published schema say ``elementFormDefault="qualified"``, the
operator sets that.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from smup.catalogue.base import Text
from smup.formats.bulk.datasets import Dataset
from smup.formats.bulk.listing import BulkFile
from smup.formats.extract import period_end
from smup.formats.signs import SIGNS
from smup.formats.terms import LICENCE
from smup.panel.panel import FIRST_GAP

NAMESPACE = "urn:otwarte-dane:harvester:1.13"
IDENT, TITLE, DESCRIPTION = 36, 300, 1000  # characters, by the schema
_COPIED = ("csv", "xlsx")  # formats the portal keeps a copy of and shows as tables
_LEFT_OUT = ("datapackage",)
_NAMES = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "parquet": "Parquet",
    "sqlite": "SQLite",
    "zip": "ZIP",
}


@dataclass(frozen=True)
class Edition:
    """One data set as one release has it; ``date`` is the release's, ``there`` the paths of the
    files that can be taken at once."""

    dataset: Dataset
    release: str
    date: str
    there: frozenset[str]

    @property
    def files(self) -> tuple[BulkFile, ...]:
        return tuple(
            one
            for one in self.dataset.files
            if one.path in self.there and one.kind not in _LEFT_OUT
        )


def harvest(editions: Iterable[Edition], origin: str, *, qualified: bool) -> bytes:
    """The document; ``editions`` newest first, and the newest of a data set describes it.

    A data set without a file is left out. ``origin`` must be ``https://…`` for the portal to take
    the addresses.
    """
    by_dataset: dict[str, list[Edition]] = {}
    for one in editions:
        by_dataset.setdefault(one.dataset.id, []).append(one)
    name, space = ("datasets", "xmlns") if qualified else ("ns2:datasets", "xmlns:ns2")
    root = ET.Element(name, {space: NAMESPACE})
    for its in by_dataset.values():
        if any(one.files for one in its):
            _dataset(root, its, origin)
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def md5(document: bytes) -> bytes:
    """What stands beside the document, by which the portal sees that it is whole."""
    return hashlib.md5(document, usedforsecurity=False).hexdigest().encode()


def _dataset(root: ET.Element, editions: Sequence[Edition], origin: str) -> None:
    one = editions[0].dataset
    element = ET.SubElement(root, "dataset", {"status": "published"})
    _say(element, "extIdent", one.id[:IDENT])
    _text(element, "title", one.title, TITLE)
    _text(element, "description", one.description, DESCRIPTION)
    _say(element, "url", f"{origin}{one.page}")
    _say(element, "updateFrequency", "yearly")
    _value_flags(element)
    _say(element, "hasHighValueDataFromEuropeanCommissionList", "true")
    categories = ET.SubElement(element, "categories")
    for theme in one.themes:
        _say(categories, "category", theme)
    conditions = ET.SubElement(element, "conditions")
    _say(conditions, "source", "true")
    _say(conditions, "modification", "true")
    _say(conditions, "dbOrCopyrightedLicenseChosen", LICENCE)
    resources = ET.SubElement(element, "resources")
    for edition in editions:
        for file in edition.files:
            _resource(resources, edition, file, origin)
    tags = ET.SubElement(element, "tags")
    for lang, words in one.keywords.items():
        for word in words:
            _say(tags, "tag", word, lang=lang)


def _resource(parent: ET.Element, edition: Edition, file: BulkFile, origin: str) -> None:
    element = ET.SubElement(parent, "resource", {"status": "published"})
    path = f"/files/{edition.release}/{file.path}"
    _say(element, "extIdent", str(uuid.uuid5(uuid.NAMESPACE_URL, f"smup:{path}")))
    _say(element, "url", f"{origin}{path}")
    title = edition.dataset.title
    told = f"{_NAMES.get(file.kind, file.kind)}, {file.path}"
    named = Text(
        pl=f"{title.pl} – {told}, wydanie {edition.release}",
        en=f"{title.en} – {told}, release {edition.release}",
    )
    _text(element, "title", named, TITLE)
    _text(element, "description", edition.dataset.description, DESCRIPTION)
    _say(element, "availability", "local" if file.kind in _COPIED else "remote")
    _say(element, "dataDate", _data_date(edition))
    _value_flags(element)
    if file.kind == "xlsx":
        signs = ET.SubElement(element, "specialSigns")
        for sign in SIGNS_IN_SHEETS:
            _say(signs, "specialSign", sign)


# A true zero is written as 0 there, so the sign of "did not occur" is not among them.
SIGNS_IN_SHEETS = tuple(
    sorted({one.sign for status, one in SIGNS.items() if int(status) >= FIRST_GAP})
)


def _data_date(edition: Edition) -> str:
    """The last day the figures speak of; of a year under way, the day of the release."""
    if edition.dataset.years is None:
        return edition.date
    return min(period_end(edition.dataset.years[1]), edition.date)


def _value_flags(element: ET.Element) -> None:
    _say(element, "hasDynamicData", "false")
    _say(element, "hasHighValueData", "true")
    _say(element, "hasResearchData", "false")


def _text(parent: ET.Element, name: str, words: Text, limit: int) -> None:
    element = ET.SubElement(parent, name)
    _say(element, "polish", _cut(words.pl, limit))
    _say(element, "english", _cut(words.en, limit))


def _say(parent: ET.Element, name: str, words: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = words


def _cut(words: str, limit: int) -> str:
    """At most ``limit`` characters, ending at a word."""
    if len(words) <= limit:
        return words
    return words[: limit - 1].rsplit(" ", 1)[0] + "…"

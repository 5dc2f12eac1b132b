"""The catalogue of data sets in DCAT-AP 3, with the properties of high-value data sets (HVD 3.0.1).

Every node has an address of its own below ``/catalog``: the same catalogue is the same graph.
Invented figures are described as such and never called high-value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from smup.catalogue.base import Text
from smup.formats.bulk.datasets import Dataset
from smup.formats.bulk.listing import METADATA, BulkFile
from smup.formats.extract import period_end
from smup.formats.schema_org import MEDIA_TYPES
from smup.formats.terms import LICENCE_PAGE
from smup.store.bulk import Made
from smup.store.release import Release

Form = OneOf["json-ld", "turtle", "pretty-xml"]
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = Namespace("http://publications.europa.eu/resource/authority/")
MEDIA = Namespace("https://www.iana.org/assignments/media-types/")
HVD_LAW = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
HVD_STATISTICS = URIRef("http://data.europa.eu/bna/c_e1da4e07")
_FORMATS = {"csv": "CSV", "xlsx": "XLSX", "zip": "ZIP", "datapackage": "JSON"}


@dataclass(frozen=True)
class Publisher:
    """Who runs the portal; ``contact`` is an e-mail or "", ``origin`` scheme and host."""

    name: str
    contact: str
    origin: str


@dataclass(frozen=True)
class Service:
    """An interface that serves the data sets: paths of where it answers and of what describes it,
    and the standard it keeps to ("" for our own)."""

    id: str
    title: Text
    path: str
    description: str
    standard: str = ""


def catalogue(
    release: Release,
    found: Sequence[Dataset],
    services: Sequence[Service],
    there: Mapping[str, Made],
    publisher: Publisher,
) -> Graph:
    """The graph of a release; ``there`` gives size and sha256 of the files made so far."""
    maker = _Maker(release, publisher)
    maker.catalogue(found, services)
    for one in found:
        maker.dataset(one, there)
    for service in services:
        maker.service(service, found)
    return maker.graph


def serialized(graph: Graph, form: Form) -> bytes:
    if form == "json-ld":
        return graph.serialize(format=form, auto_compact=True, encoding="utf-8")
    return graph.serialize(format=form, encoding="utf-8")


class _Maker:
    """Collects the triples of one catalogue."""

    def __init__(self, release: Release, publisher: Publisher) -> None:
        self.release = release
        self.publisher = publisher
        self.root = URIRef(f"{publisher.origin}/catalog")
        self.graph = Graph()
        names = {"dcatap": DCATAP, "spdx": SPDX, "vcard": VCARD, "foaf": FOAF, "dct": DCTERMS}
        for prefix, space in names.items():
            self.graph.bind(prefix, space, override=True, replace=True)

    def node(self, name: str) -> URIRef:
        return URIRef(f"{self.root}#{name}")

    def address(self, path: str) -> URIRef:
        return URIRef(f"{self.publisher.origin}{path}")

    def say(self, subject: URIRef, *told: tuple[URIRef, URIRef | Literal]) -> None:
        for predicate, value in told:
            self.graph.add((subject, predicate, value))

    def text(self, subject: URIRef, predicate: URIRef, words: Text) -> None:
        self.say(
            subject, (predicate, Literal(words.pl, "pl")), (predicate, Literal(words.en, "en"))
        )

    def catalogue(self, found: Sequence[Dataset], services: Sequence[Service]) -> None:
        title = Text(
            pl="System Monitorowania Usług Publicznych", en="Public Services Monitoring System"
        )
        self.text(self.root, DCTERMS.title, title)
        self.text(self.root, DCTERMS.description, found[0].description)
        self.say(
            self.root,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.publisher, self.agent()),
            (DCTERMS.license, self.licence()),
            (FOAF.homepage, self.page(self.address("/"))),
            (DCTERMS.modified, self.day()),
            (DCTERMS.spatial, self.poland()),
            (DCAT.themeTaxonomy, EU["data-theme"]),
            *((DCTERMS.language, one) for one in self.languages()),
            *((DCAT.dataset, self.node(one.id)) for one in found),
            *((DCAT.service, self.node(one.id)) for one in services),
            *self.high_value()[:1],
        )

    def dataset(self, one: Dataset, there: Mapping[str, Made]) -> None:
        subject = self.node(one.id)
        self.text(subject, DCTERMS.title, one.title)
        self.text(subject, DCTERMS.description, one.description)
        keywords = [Literal(word, lang) for lang, words in one.keywords.items() for word in words]
        self.say(
            subject,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(one.id)),
            (URIRef(f"{DCAT}version"), Literal(self.release.id)),
            (DCTERMS.publisher, self.agent()),
            (DCAT.contactPoint, self.contact()),
            (DCTERMS.modified, self.day()),
            (DCTERMS.accrualPeriodicity, EU["frequency/ANNUAL"]),
            (DCTERMS.accessRights, EU["access-right/PUBLIC"]),
            (DCTERMS.type, EU["dataset-type/STATISTICAL"]),
            (DCTERMS.spatial, self.poland()),
            (DCTERMS.provenance, self.provenance()),
            (DCAT.landingPage, self.page(self.address(one.page))),
            *((DCAT.keyword, word) for word in keywords),
            *((DCAT.theme, EU[f"data-theme/{theme}"]) for theme in one.themes),
            *((DCTERMS.language, lang) for lang in self.languages()),
            *((DCAT.distribution, self.distribution(one, f, there.get(f.path))) for f in one.files),
            *self.high_value(),
        )
        if one.years is not None:
            self.say(subject, (DCTERMS.temporal, self.period(one.years)))

    def distribution(self, one: Dataset, file: BulkFile, made: Made | None) -> URIRef:
        """One file of this very release, so that its checksum stays true."""
        subject = self.node(f"{one.id}/{file.path}")
        where = self.address(f"/files/{self.release.id}/{file.path}")
        self.say(
            subject,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(file.path)),
            (DCAT.accessURL, where),
            (DCAT.downloadURL, where),
            (DCAT.mediaType, MEDIA[MEDIA_TYPES[file.kind]]),
            (DCTERMS.license, self.licence()),
            (DCTERMS.modified, self.day()),
            (DCATAP.availability, EU["planned-availability/STABLE"]),
            *self.high_value()[:1],
        )
        if file.kind in _FORMATS:
            self.say(subject, (DCTERMS["format"], EU[f"file-type/{_FORMATS[file.kind]}"]))
        if file.kind == "zip":
            self.say(subject, (DCAT.packageFormat, MEDIA["application/zip"]))
        if file.kind == "csv":
            self.say(subject, (DCTERMS.conformsTo, self.standard(f"{where}{METADATA}")))
        if made is not None:
            self.weigh(subject, made)
        return subject

    def weigh(self, subject: URIRef, made: Made) -> None:
        checksum = URIRef(f"{subject}/sha256")
        self.say(
            subject,
            (DCAT.byteSize, Literal(made.size, datatype=XSD.nonNegativeInteger)),
            (SPDX.checksum, checksum),
        )
        self.say(
            checksum,
            (RDF.type, SPDX.Checksum),
            (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
            (SPDX.checksumValue, Literal(made.sha256, datatype=XSD.hexBinary)),
        )

    def service(self, one: Service, found: Iterable[Dataset]) -> None:
        subject = self.node(one.id)
        self.text(subject, DCTERMS.title, one.title)
        self.say(
            subject,
            (RDF.type, DCAT.DataService),
            (DCAT.endpointURL, self.address(one.path)),
            (DCAT.endpointDescription, self.address(one.description)),
            (FOAF.page, self.page(self.address("/api"))),
            (DCTERMS.publisher, self.agent()),
            (DCAT.contactPoint, self.contact()),
            (DCTERMS.license, self.licence()),
            (DCTERMS.accessRights, EU["access-right/PUBLIC"]),
            *((DCAT.servesDataset, self.node(each.id)) for each in found),
            *self.high_value(),
        )
        if one.standard:
            self.say(subject, (DCTERMS.conformsTo, self.standard(one.standard)))

    def high_value(self) -> tuple[tuple[URIRef, URIRef], ...]:
        """The law, then the category; nothing for invented figures."""
        if self.release.synthetic:
            return ()
        return (DCATAP.applicableLegislation, HVD_LAW), (DCATAP.hvdCategory, HVD_STATISTICS)

    def agent(self) -> URIRef:
        subject = self.node("publisher")
        self.say(subject, (RDF.type, FOAF.Agent), (FOAF.name, Literal(self.publisher.name, "pl")))
        return subject

    def contact(self) -> URIRef:
        subject = self.node("contact")
        self.say(
            subject,
            (RDF.type, VCARD.Kind),
            (VCARD.fn, Literal(self.publisher.name, "pl")),
            (VCARD.hasURL, self.address("/o-serwisie")),
        )
        if self.publisher.contact:
            self.say(subject, (VCARD.hasEmail, URIRef(f"mailto:{self.publisher.contact}")))
        return subject

    def licence(self) -> URIRef:
        subject = EU["licence/CC_BY_4_0"]
        self.say(subject, (RDF.type, DCTERMS.LicenseDocument), (RDFS.seeAlso, URIRef(LICENCE_PAGE)))
        return subject

    def provenance(self) -> URIRef:
        """Publishers of the source tables, each with what it allows."""
        subject = self.node("sources")
        said = [f"{one['publisher']}: {one['title']} ({one['licence']})" for one in self.sources()]
        self.say(subject, (RDF.type, DCTERMS.ProvenanceStatement))
        self.say(subject, (RDFS.label, Literal("; ".join(dict.fromkeys(said)) or "–", "pl")))
        return subject

    def sources(self) -> list[dict[str, str]]:
        return self.release.sources

    def period(self, years: tuple[int, int]) -> URIRef:
        subject = self.node(f"{years[0]}-{years[1]}")
        first, last = f"{years[0]}-01-01", period_end(years[1])
        self.say(
            subject,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, Literal(first, datatype=XSD.date)),
            (DCAT.endDate, Literal(last, datatype=XSD.date)),
        )
        return subject

    def poland(self) -> URIRef:
        subject = EU["country/POL"]
        self.say(subject, (RDF.type, DCTERMS.Location))
        return subject

    def page(self, where: URIRef) -> URIRef:
        self.say(where, (RDF.type, FOAF.Document))
        return where

    def standard(self, where: str) -> URIRef:
        self.say(URIRef(where), (RDF.type, DCTERMS.Standard))
        return URIRef(where)

    def day(self) -> Literal:
        return Literal(str(self.release.manifest["date"]), datatype=XSD.date)

    def languages(self) -> tuple[URIRef, URIRef]:
        return EU["language/POL"], EU["language/ENG"]

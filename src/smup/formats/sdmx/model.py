"""The few artefacts of SDMX that we publish, as plain objects; versions and URNs in one place.

The agency is ``PL_SMUP``, our own: the figures are worked out here, and a message under the
agency of an office would pass for one of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

AGENCY, VERSION = "PL_SMUP", "1.0.0"
AREA, INDICATOR, TIME, VALUE = "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE"
ALL_DIMENSIONS = "AllDimensions"
DIMENSIONS = (AREA, INDICATOR, TIME)

Names = Mapping[str, str]  # language -> text
Class = Literal[
    "agencyscheme", "codelist", "conceptscheme", "datastructure", "dataflow", "constraint"
]
Level = Literal["dataset", "series", "observation"]
Key = tuple[Class, str]

_PACKAGES: Mapping[Class, str] = {
    "agencyscheme": "base.AgencyScheme",
    "codelist": "codelist.Codelist",
    "conceptscheme": "conceptscheme.ConceptScheme",
    "datastructure": "datastructure.DataStructure",
    "dataflow": "datastructure.Dataflow",
    "constraint": "registry.ContentConstraint",
}


@dataclass(frozen=True)
class Artefact:
    """What can be asked for by its id: named in Polish and English, versioned, of one agency."""

    id: str
    names: Names
    about: Names = field(default_factory=dict)  # {} where the name says it all
    stub: bool = False  # only identified: its content is to be asked for apart

    kind: Class = field(default="codelist", init=False, repr=False)

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def agency(self) -> str:
        return "SDMX" if self.kind == "agencyscheme" else AGENCY

    @property
    def version(self) -> str:
        """Agency schemes are never versioned."""
        return "1.0" if self.kind == "agencyscheme" else VERSION

    @property
    def urn(self) -> str:
        return urn(_PACKAGES[self.kind], self.agency, self.id, self.version)


@dataclass(frozen=True)
class Component:
    """A dimension, the measure or an attribute: coded by ``codelist`` or of the type ``text``."""

    id: str
    codelist: str = ""
    text: str = ""
    level: Level = "observation"  # of attributes; "series" means: of the indicator
    mandatory: bool = False


@dataclass(frozen=True)
class Item:
    """A code, a concept or an agency; of a concept also how its values are written."""

    id: str
    names: Names
    about: Names = field(default_factory=dict)
    parent: str = ""
    written: Component | None = None


@dataclass(frozen=True)
class Scheme(Artefact):
    """A list of items; ``partial`` where only some of them are told."""

    items: tuple[Item, ...] = ()
    partial: bool = False

    def only(self, ids: frozenset[str]) -> "Scheme":
        """The same list with these items alone; parents that are left out are not named."""
        kept = tuple(
            item if item.parent in ids else replace(item, parent="")
            for item in self.items
            if item.id in ids
        )
        return replace(self, items=kept, partial=len(kept) < len(self.items))

    @property
    def by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}


@dataclass(frozen=True)
class Codelist(Scheme):
    kind: Class = field(default="codelist", init=False, repr=False)


@dataclass(frozen=True)
class Concepts(Scheme):
    kind: Class = field(default="conceptscheme", init=False, repr=False)


@dataclass(frozen=True)
class Agencies(Scheme):
    kind: Class = field(default="agencyscheme", init=False, repr=False)


@dataclass(frozen=True)
class Structure(Artefact):
    """A data structure definition; the time dimension and the measure are always the same."""

    concepts: str = ""  # the concept scheme, whose concepts bear the ids of the components
    dimensions: tuple[Component, ...] = ()
    attributes: tuple[Component, ...] = ()
    kind: Class = field(default="datastructure", init=False, repr=False)


@dataclass(frozen=True)
class Flow(Artefact):
    """A data flow: the structure and the indicators told in it."""

    structure: str = ""
    indicators: tuple[str, ...] = ()
    kind: Class = field(default="dataflow", init=False, repr=False)

    @property
    def reference(self) -> str:
        """``AGENCY:ID(VERSION)`` as SDMX-CSV names it."""
        return f"{AGENCY}:{self.id}({VERSION})"


@dataclass(frozen=True)
class Constraint(Artefact):
    """Codes that may stand (``Allowed``) or do stand (``Actual``) in the data of a flow."""

    flow: str = ""
    role: Literal["Allowed", "Actual"] = "Allowed"
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # dimension -> codes
    counts: Mapping[str, int] = field(default_factory=dict)  # series_count, obs_count
    kind: Class = field(default="constraint", init=False, repr=False)


@dataclass(frozen=True)
class Structures:
    """Artefacts of one message, by what they are."""

    agencies: tuple[Agencies, ...] = ()
    codelists: tuple[Codelist, ...] = ()
    concepts: tuple[Concepts, ...] = ()
    structures: tuple[Structure, ...] = ()
    flows: tuple[Flow, ...] = ()
    constraints: tuple[Constraint, ...] = ()

    def __iter__(self) -> Iterator[Artefact]:
        yield from self.agencies
        yield from self.codelists
        yield from self.concepts
        yield from self.structures
        yield from self.flows
        yield from self.constraints

    @classmethod
    def of(cls, found: "list[Artefact]") -> "Structures":
        return cls(
            tuple(one for one in found if isinstance(one, Agencies)),
            tuple(one for one in found if isinstance(one, Codelist)),
            tuple(one for one in found if isinstance(one, Concepts)),
            tuple(one for one in found if isinstance(one, Structure)),
            tuple(one for one in found if isinstance(one, Flow)),
            tuple(one for one in found if isinstance(one, Constraint)),
        )


def urn(package: str, agency: str, name: str, version: str, item: str = "") -> str:
    """``urn:sdmx:org.sdmx.infomodel.codelist.Codelist=AGENCY:ID(VERSION)``, of an item with its id
    behind a dot."""
    tail = f".{item}" if item else ""
    return f"urn:sdmx:org.sdmx.infomodel.{package}={agency}:{name}({version}){tail}"


def concept_urn(scheme: str, concept: str) -> str:
    return urn("conceptscheme.Concept", AGENCY, scheme, VERSION, concept)


def codelist_urn(name: str) -> str:
    return urn("codelist.Codelist", AGENCY, name, VERSION)


def structure_urn(name: str) -> str:
    return urn("datastructure.DataStructure", AGENCY, name, VERSION)


def flow_urn(name: str) -> str:
    return urn("datastructure.Dataflow", AGENCY, name, VERSION)

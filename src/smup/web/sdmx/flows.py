"""What an address names: a flow, artefacts by agency, id and version."""

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from smup.formats.long import Shown
from smup.formats.sdmx.model import AGENCY, VERSION, Artefact, Class, Flow, Structures
from smup.formats.sdmx.structures import WHOLE, structures
from smup.store.releases import Release
from smup.web.open.problems import Problem

ANY = ("all", "ALL", "*", "")
_VERSIONS = (*ANY, "latest", "LATEST", "~", "+", VERSION, "1.0", "1", "1.0.0+", "1.0+.0", "1+.0.0")
_OURS: Mapping[str, Class] = {
    "dataflow": "dataflow",
    "datastructure": "datastructure",
    "codelist": "codelist",
    "conceptscheme": "conceptscheme",
    "agencyscheme": "agencyscheme",
    "organisationscheme": "agencyscheme",
    "contentconstraint": "constraint",
    "dataconstraint": "constraint",
}
# Kinds of artefact SDMX knows and we have none of
_NOT_OURS = frozenset(
    (
        "metadatastructure",
        "categoryscheme",
        "hierarchicalcodelist",
        "hierarchy",
        "hierarchyassociation",
        "valuelist",
        "dataproviderscheme",
        "metadataproviderscheme",
        "dataconsumerscheme",
        "organisationunitscheme",
        "metadataflow",
        "reportingtaxonomy",
        "provisionagreement",
        "metadataprovisionagreement",
        "structureset",
        "structuremap",
        "representationmap",
        "process",
        "categorisation",
        "metadataconstraint",
        "transformationscheme",
        "rulesetscheme",
        "userdefinedoperatorscheme",
        "customtypescheme",
        "namepersonalisationscheme",
        "vtlmappingscheme",
    )
)


@lru_cache(maxsize=4)
def known(release: Release) -> Structures:
    """Everything one release publishes; worked out once."""
    return structures(release.catalogue, release.territory)


@lru_cache(maxsize=4)
def shown(release: Release) -> Shown:
    """Which kinds of unit a release tells anything of; worked out once."""
    return Shown.of(release.indicators, release.territory)


def class_of(word: str) -> Class | None:
    """The kind of artefact a word of an address names; None for any.

    Raises Problem 404 for a kind we have none of and for a word SDMX does not know.
    """
    if word in ("*", "structure"):
        return None
    if word in _NOT_OURS:
        detail = f"Nie publikujemy artefaktów rodzaju „{word}”."
        raise Problem(404, detail, "artefactType", [*_OURS])
    if word not in _OURS:
        near = difflib.get_close_matches(word, _OURS, n=5, cutoff=0.4)
        raise Problem(404, f"Nie ma zasobu „{word[:40]}”.", "artefactType", near or [*_OURS])
    return _OURS[word]


def matching(
    found: Structures, kind: Class | None, agency: str, names: str, version: str
) -> list[Artefact]:
    """The artefacts an address names; ``kind`` None means any. Raises Problem 404."""
    of_kind = [one for one in found if kind in (None, one.kind)]
    of_agency = [one for one in of_kind if _any_of(agency, (one.agency, AGENCY))]
    if not of_agency:
        raise Problem(404, f"Nie ma agencji „{agency[:40]}”.", "agencyID", [AGENCY])
    _the_version(version)
    ids = _parts(names)
    chosen = [one for one in of_agency if not ids or one.id in ids]
    missing = [name for name in ids if name not in {one.id for one in chosen}]
    if missing:
        near = difflib.get_close_matches(missing[0], [one.id for one in of_agency], 5, 0.3)
        raise Problem(404, f"Nie ma artefaktu „{missing[0][:80]}”.", "resourceID", near)
    return chosen


def flow_2_1(found: Structures, reference: str, provider: str) -> Flow:
    """The flow of ``ID``, ``AGENCY,ID`` or ``AGENCY,ID,VERSION``, of which we alone are the
    provider. Raises Problem 400, 404."""
    if provider not in ANY and AGENCY not in provider.replace("+", ",").split(","):
        raise Problem(404, f"Nie ma dostawcy „{provider[:40]}”.", "providerRef", [AGENCY])
    parts = reference.split(",")
    if len(parts) > 3:
        raise Problem(400, "Przepływ to AGENCJA,ID,WERSJA.", "flowRef")
    agency, name, version = {
        1: ("all", *parts, "latest"),
        2: (*parts, "latest"),
        3: tuple(parts),
    }[len(parts)]
    return _flow(found, agency, name, version)


def flow_3_0(found: Structures, context: str, agency: str, name: str, version: str) -> Flow:
    """The flow of a context; a structure or everything means the flow with all areas.

    Raises Problem 400, 404.
    """
    if context == "provisionagreement":
        raise Problem(404, "Nie ma umów o przekazywaniu danych; podaj dataflow.", "context")
    if context not in ("dataflow", "datastructure", "*"):
        allowed = ["dataflow", "datastructure", "*"]
        raise Problem(400, f"„{context[:40]}” nie jest kontekstem danych.", "context", allowed)
    if name in ANY:
        return _flow(found, agency, WHOLE, version)
    if context == "datastructure":
        (one,) = matching(found, "datastructure", agency, name, version)
        return _flow(found, agency, one.id, version)
    return _flow(found, agency, name, version)


def _flow(found: Structures, agency: str, name: str, version: str) -> Flow:
    flows = [
        one for one in matching(found, "dataflow", agency, name, version) if isinstance(one, Flow)
    ]
    if len(flows) > 1:
        raise Problem(400, "Podaj jeden przepływ.", "resourceID", [one.id for one in flows])
    return flows[0]


def _the_version(version: str) -> None:
    if not any(one in _VERSIONS for one in [version, *version.split(",")]):
        detail = f"Nie ma wersji „{version[:40]}”."
        raise Problem(404, detail, "version", [VERSION, "latest"])


def _any_of(text: str, names: Iterable[str]) -> bool:
    return text in ANY or not set(_parts(text)).isdisjoint(names)


def _parts(text: str) -> list[str]:
    """Names between plus signs (2.1) or commas (3.0); [] for all."""
    if text in ANY:
        return []
    return [part for part in text.replace("+", ",").split(",") if part]

"""``structure``: flows, the structure of the data, its lists of codes and concepts."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.formats.extract import Extract
from smup.formats.sdmx.model import Artefact, Scheme, Structures
from smup.formats.sdmx.references import DETAILS, REFERENCES, answer
from smup.formats.sdmx.structure_json import structure_json
from smup.formats.sdmx.structure_xml import structure_xml
from smup.store.releases import Release
from smup.web.open.parameters import one_of, only
from smup.web.open.problems import Problem, face
from smup.web.sdmx.answering import known_already, send
from smup.web.sdmx.errors import told
from smup.web.sdmx.flows import ANY, class_of, known, matching
from smup.web.sdmx.negotiation import Api, Form, structure_form
from smup.web.sdmx.parameters import STRUCTURE
from smup.web.sdmx.periods import release_as_of

_ALIASES = {"contentconstraint": "constraint", "dataconstraint": "constraint"}


@face()
@told
@only(*STRUCTURE)
def structure(
    request: HttpRequest,
    api: Api,
    kind: str = "*",
    agency: str = "all",
    name: str = "all",
    version: str = "latest",
    item: str = "all",
) -> HttpResponseBase:
    """``/{kind}/{agency}/{id}/{version}/{item}``, in 3.0 below ``/structure``."""
    release, form = release_as_of(request), structure_form(request, api)
    detail = one_of(request.GET.get("detail", "") or "full", DETAILS, "detail")
    wanted = references(request)
    everything = known(release)
    matched = matching(everything, class_of(kind), agency, name, version)
    found = [_only(one, item) for one in matched]
    if same := known_already(request, release, form):
        return same
    pieces = iter([written(answer(everything, found, wanted, detail), release, form)])
    return send(request, release, form, pieces, kind.replace("*", "structure"))


def references(request: HttpRequest) -> str:
    """``references=``; of several the widest is not guessed. Raises Problem 400."""
    asked = request.GET.get("references", "") or "none"
    return one_of(_ALIASES.get(asked, asked), REFERENCES, "references")


def written(found: Structures, release: Release, form: Form) -> bytes:
    """The structure message in the form asked for."""
    about = Extract.of(release, (), lang=form.lang)
    return (
        structure_json(found, about) if form.format.name == "json" else structure_xml(found, about)
    )


def _only(one: Artefact, asked: str) -> Artefact:
    """A scheme with the items asked for alone. Raises Problem 404."""
    if asked in ANY:
        return one
    ids = [part for part in asked.replace("+", ",").split(",") if part]
    if not isinstance(one, Scheme):
        raise Problem(400, f"{one.id} nie ma pozycji.", "itemID")
    known_items = one.by_id
    missing = [name for name in ids if name not in known_items]
    if missing:
        raise Problem(404, f"Nie ma pozycji „{missing[0][:40]}”.", "itemID")
    return one.only(frozenset(ids))

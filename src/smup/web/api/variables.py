"""Variables: the figures that indicators are made of, and where they come from."""

import difflib

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.catalogue import Variable
from smup.compute.formula import names, parse
from smup.formats.records import Record, variable_summary
from smup.language import Lang
from smup.store.releases import Release
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import definitions as schemas
from smup.web.open.answers import head, json, language
from smup.web.open.problems import Problem

router = Router()


@router.get("/variables", response=schemas.Variables)
@answering("lang")
def variables(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    """Every variable of the catalogue with the years in which it has figures."""
    release, words = asked_release(request), language(lang)
    rows = [_summary(release, one, words) for one in release.catalogue.variables.values()]
    return json(head(release) | {"variables": rows})


@router.get("/variables/{id}", response=schemas.VariableRecord)
@answering("lang")
def variable(request: HttpRequest, id: str, lang: str = "pl") -> HttpResponse:  # noqa: A002 (name in the address)
    """One variable: sources in order of preference, day of reference, indicators that use it."""
    release, words = asked_release(request), language(lang)
    found = release.catalogue.variables.get(id)
    if found is None:
        near = difflib.get_close_matches(id, list(release.catalogue.variables), n=5, cutoff=0.4)
        raise Problem(404, f"Nie ma zmiennej „{id[:80]}”.", "id", near)
    told = {
        "names": found.name.model_dump(),
        "kinds": list(found.kinds),
        "reference_day": found.reference_day,
        "sources": [
            {"source": one.source, "position": one.position, "form": one.form}
            for one in found.sources
        ],
        "note": getattr(found.note, words) if found.note else None,
        "used_by": [
            one.id
            for one in release.catalogue.shown
            if any(name.id == id and not name.indicator for name in names(parse(one.formula)))
        ],
    }
    return json(head(release) | _summary(release, found, words) | told)


def _summary(release: Release, one: Variable, lang: Lang) -> Record:
    covered = release.fed.variables.get(one.id)  # a derived variable has no figures of its own
    years = list(covered.years) if covered else []
    return variable_summary(one, release.catalogue, years, lang)

"""Units alike, as frozen in the release or with the reader's own weights."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.compare.peers import DEFAULT_K, PeersError, peers_of
from smup.compare.peers.features import all_features
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import units as schemas
from smup.web.open.answers import head, json
from smup.web.open.parameters import items, one_of, the_unit
from smup.web.open.problems import Problem

router = Router()


@router.get("/units/{code}/peers", response=schemas.Peers)
@answering("area", "k", "weights", "without", "variant")
def peers(
    request: HttpRequest,
    code: str,
    area: str = "",
    k: int = DEFAULT_K,
    weights: str = "",
    without: str = "",
    variant: str = "smup",
) -> HttpResponse:
    """The ``k`` nearest units of the same kind, nearest first, each with its distance, stability
    and what each feature contributes.

    ``area`` chooses the weights of an area, ``weights`` changes some: ``ludnosc:2,przyrost:0``,
    ``without`` leaves out features: ``ludnosc,saldo-migracji``. ``variant=cipfa`` gives the classic
    method, which knows no weights.
    """
    release = asked_release(request)
    unit = the_unit(release, code, "code")
    if area:
        one_of(area, release.catalogue.areas, "area")
    changed = dict(_weight(part) for part in items(weights))
    known = list(all_features(release.catalogue))
    left_out = [one_of(name, known, "without") for name in items(without)]
    features = [name for name in known if name not in left_out]
    try:
        if k != DEFAULT_K or changed or left_out or variant != "smup":
            found = peers_of(
                release.frame, unit.code, area or None, k, changed, features, variant=variant
            )
        else:
            found = release.peers(unit.code, area or None)
    except PeersError as error:
        raise Problem(400, str(error), _at_fault(changed, variant, k)) from None
    return json(head(release) | found.to_dict())


def _weight(text: str) -> tuple[str, float]:
    name, _, number = text.partition(":")
    try:
        return name.strip(), float(number)
    except ValueError:
        detail = f"„{text[:40]}”: podaj cechę i wagę po dwukropku, np. ludnosc:2."
        raise Problem(400, detail, "weights") from None


def _at_fault(changed: dict[str, float], variant: str, k: int) -> str:
    if not 1 <= k <= 100:
        return "k"
    return "weights" if changed else "variant" if variant != "smup" else ""

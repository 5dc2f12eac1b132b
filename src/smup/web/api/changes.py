"""What changed for a unit."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from smup.compare.changes import changes_since_year
from smup.compare.question import ComparisonError
from smup.store.changes import unit_changes
from smup.store.errors import StoreError
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas.answer import Answer
from smup.web.config.current import releases
from smup.web.open.answers import fresh_json, head, json
from smup.web.open.parameters import required, the_unit
from smup.web.open.problems import Problem

router = Router()


class SeriesBreak(Schema):
    year: int
    variables: list[str]
    reason: dict[str, str] | None


class Change(Schema):
    indicator: str | None
    kind: str
    before: float | str | None
    after: float | str | None
    real: bool | None
    year_before: int | None
    year_after: int | None
    status: str | None
    what: str
    change: str | None
    amount: float | None
    constant: float | None
    better: bool | None
    unsure: str | None
    breaks: list[SeriesBreak]


class Changes(Answer):
    unit: str
    since: str
    changes: list[Change]


@router.get("/changes", response=Changes)
@answering("unit", "since")
def changes(request: HttpRequest, unit: str = "", since: str = "") -> HttpResponse:
    """What changed for a unit since a year of this release, or since another release.

    ``unit=1465&since=2020`` or ``unit=1465&since=2026-11-22-b251819e``.
    """
    release = asked_release(request)
    found = the_unit(release, required(unit, "unit"), "unit")
    asked = required(since, "since")
    told = {"unit": found.code, "since": asked}
    if len(asked) == 4 and asked.isascii() and asked.isdecimal():
        try:
            noted = changes_since_year(release.frame, found.code, int(asked))
        except ComparisonError as refused:
            raise Problem(400, str(refused), "since") from None
        return json(head(release) | told | {"changes": [one.to_dict() for one in noted]})
    known = [one for one in releases().ids() if one != release.id]
    if asked not in known:
        detail = f"„{asked[:40]}” nie jest rokiem ani innym wydaniem danych."
        raise Problem(404, detail, "since", known[-5:])
    try:
        earlier = releases().open(asked)
    except StoreError as refused:
        raise Problem(404, str(refused), "since") from None
    noted = unit_changes(earlier, release, found.code)
    # the other release may be withdrawn: not a function of this one alone
    return fresh_json(head(release) | told | {"changes": [one.to_dict() for one in noted]})

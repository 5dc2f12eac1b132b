"""What the service offers and holds: limits, formats, words of the answers, coverage, releases."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from smup.formats.fields import FIELDS
from smup.formats.signs import SIGNS
from smup.formats.terms import TERMS
from smup.panel import FLAG_NAMES, STATUS_NAMES
from smup.panel.panel import FIRST_GAP
from smup.present.values import flag_words, reason
from smup.web.api.answering import answering, asked_release
from smup.web.api.schemas import state as schemas
from smup.web.api.understanding import FORMATS, MOST_BRIDGED
from smup.web.config import limits
from smup.web.config.current import releases
from smup.web.open.answers import fresh_json, head, json, language
from smup.web.open.parameters import only
from smup.web.open.problems import DOCUMENTATION

router = Router()
VERSION = "1.0.0"
_VALUES = {"pl": "wartość", "en": "value"}


@router.get("/config", response=schemas.Config)
@answering("lang")
def config(request: HttpRequest, lang: str = "pl") -> HttpResponse:
    """Limits, formats, and what the words of the answers mean."""
    release, words = asked_release(request), language(lang)
    told = {
        "version": VERSION,
        "languages": ["pl", "en"],
        "default_language": "pl",
        "years": list(release.indicators.years),
        "formats": list(FORMATS),
        "limits": {
            "streamed_from_cells": limits.STREAMED_FROM,
            "most_cells_json_stat": limits.MOST_DENSE,
            "most_cells_xlsx": limits.MOST_CELLS,
            "most_indicators_on_other_borders": MOST_BRIDGED,
            "calls": limits.CALLS,
            "calls_window_seconds": limits.CALLS_WINDOW,
        },
        "statuses": [
            {
                "id": name,
                "has_value": status < FIRST_GAP,
                "sign": SIGNS[status].sign,
                "meaning": _VALUES[words] if status < FIRST_GAP else reason(status, words),
            }
            for status, name in STATUS_NAMES.items()
        ],
        "flags": [
            {"id": name, "meaning": flag_words(int(flag), words)[0]}
            for flag, name in FLAG_NAMES.items()
        ],
        "fields": [
            {"id": name, "name": field.head(words), "meaning": field.meaning}
            for name, field in FIELDS.items()
        ],
        "licence": TERMS[words],
        "documentation": DOCUMENTATION,
    }
    return json(head(release) | told)


@router.get("/coverage", response=schemas.Coverage)
@answering()
def coverage(request: HttpRequest) -> HttpResponse:
    """Which variables and indicators have data, for how many units, and what the others wait
    for."""
    release = asked_release(request)
    return json(head(release) | release.fed.as_dict(release.catalogue))


@router.get("/releases", response=schemas.Releases)
@only()
def release_list(request: HttpRequest) -> HttpResponse:
    """Every release of the store, oldest source date first."""
    return fresh_json({"releases": [info.as_dict() for info in releases().list()]})

"""The list of cases: filtered, by arrival, fit for choosing many at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.actions.finding import whole
from smup.training.models import Registration
from smup.training.moments import last_day
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.settings import UNIT_KINDS
from smup.training.rules.workflow import workflow
from smup.web.people.words import words
from smup.web.training.desk import naming
from smup.web.training.desk.bulk_steps import offered as bulk_offered
from smup.web.training.desk.filters import Filters
from smup.web.training.desk.guard import HOME, desk, show_desk
from smup.web.training.desk.seeing import READ, Sight
from smup.web.training.desk.tasks import TASKS

ON_A_PAGE = 50
PATH = f"{HOME}/zgloszenia"
Options = Sequence[tuple[str, str]]


@desk(READ)
def cases(request: HttpRequest, lang: Lang, sight: Sight) -> HttpResponse:
    """The list, a page at a time."""
    now, filters = timezone.now(), Filters.of(request.GET)
    found = filters.chosen(sight.registrations(), now)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("strona"))
    page.object_list = whole(page.object_list)
    context = {
        "filters": filters,
        "controls": _controls(sight, filters, lang),
        "page": page,
        "cases": [row(one, lang, now) for one in page.object_list],
        "count": naming.counted(page.paginator.count, "desk_forms_cases", lang),
        "pages": _pages(page, filters, lang),
        "task": words(lang)[f"desk_task_{filters.czeka}"] if filters.czeka else "",
        "everything": Addresses(lang).page(PATH),
        "files": [
            (form.upper(), Addresses(lang).page(f"{PATH}.{form}", **filters.query()))
            for form in ("csv", "xlsx")
        ],
        "bulk": bulk_offered(sight, lang),
        "bulk_action": Addresses(lang).page(f"{PATH}/zbiorczo"),
    }
    return show_desk(request, "cases.html", context, lang, sight)


def row(one: Registration, lang: Lang, now: datetime) -> dict[str, Any]:
    """What a line of a list says of a case that was read by ``finding.whole``."""
    return {
        "case": one,
        "href": Addresses(lang).page(f"{HOME}/zgloszenie/{one.pk}"),
        "status": naming.status_name("registration", one.status, lang),
        "owner": workflow("registration").statuses[one.status].owner,
        "kind": naming.unit_kind(one.unit_kind, lang),
        "request": naming.request_lines(one.active, lang),
        "deadline": last_day(one.deadline) if one.deadline else None,
        "late": one.deadline is not None and one.deadline < now,
    }


def _controls(sight: Sight, filters: Filters, lang: Lang) -> list[dict[str, Any]]:
    """The fields of the filter, each with what can be chosen and what was."""
    t, statuses = words(lang), workflow("registration").statuses
    areas = [(area, area_name(area, lang)) for area in sight.edition.rules.areas]
    options: dict[str, Options] = {
        "czeka": [(task, t[f"desk_task_{task}"]) for task in TASKS],
        "stan": [(status, told.name.of(lang)) for status, told in statuses.items()],
        "etap": [(str(one.number), str(one.number)) for one in sight.stages()],
        "organizator": [(one.pk, one.short) for one in sight.organisers()],
        "rodzaj": [(kind, naming.unit_kind(kind, lang)) for kind in UNIT_KINDS],
        "obszar": [(Kind.ONLINE, kind_name(Kind.ONLINE, lang)), *areas],
    }
    return [
        {
            "name": name,
            "label": t[f"desk_filter_{name}"],
            "options": found,
            "chosen": getattr(filters, name),
        }
        for name, found in options.items()
        if len(found) > 1
    ]


def _pages(page: Any, filters: Filters, lang: Lang) -> list[dict[str, Any]]:
    """Numbers of pages with their addresses, "" for those left out; none when one shows all."""
    if page.paginator.num_pages == 1:
        return []
    to, query = Addresses(lang).page, filters.query()
    return [
        {
            "number": number,
            "href": to(PATH, **query, strona=number) if isinstance(number, int) else "",
            "here": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number)
    ]

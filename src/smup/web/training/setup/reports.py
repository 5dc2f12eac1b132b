"""Reporting: an edition in numbers, and the same numbers as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from smup.accounts.models import Organisation
from smup.accounts.roles import reach
from smup.language import Lang
from smup.training.actions.reporting import Report, summary
from smup.training.models import Edition
from smup.web.people.words import words
from smup.web.training.setup import report_files
from smup.web.training.setup.guard import REPORT, setup, show_setup, staff
from smup.web.training.setup.report_words import Told, columns, told, total_words

_WIDTH, _HEIGHT = 640, 200  # of the drawing, in its own units


@setup(REPORT)
def reports(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The newest edition or the one asked for; an organiser sees the own cases."""
    edition = _edition(request)
    if edition is None:
        return show_setup(request, "reports_none.html", {}, lang)
    organisers = _organisers(request)
    report = summary(edition, organisers)
    context = {
        "edition": edition,
        "name": edition.rules.name.of(lang),
        "editions": Edition.objects.order_by("-pk"),
        "report": report,
        "total": total_words(report, lang),
        "tables": [_table(one, lang) for one in told(report, edition, lang)],
        "progress": _progress(report),
        "share": min(100, round(100 * report.total.placed / report.target)),
        "own": _own(organisers),
        "query": f"?edycja={edition.slug}",
    }
    return show_setup(request, "reports.html", context, lang)


@setup(REPORT)
def file(request: HttpRequest, lang: Lang, name: str, form: str) -> HttpResponse:
    """``zestawienie``: the tables of the page; ``jednostki``: a row for each unit."""
    edition = _edition(request)
    if edition is None or (name, form) not in report_files.FILES:
        raise Http404
    content, media = report_files.made(
        name, form, edition, _organisers(request), lang, timezone.now()
    )
    title = words(lang)[f"reports_file_{name}"]
    told_ = {"Content-Disposition": f'attachment; filename="{title}-{edition.slug}.{form}"'}
    return HttpResponse(content, content_type=media, headers=told_)


def _edition(request: HttpRequest) -> Edition | None:
    asked, every = request.GET.get("edycja", ""), Edition.objects.order_by("-pk")
    found: Edition | None = (every.filter(slug=asked) if asked else every).first()
    return found


def _organisers(request: HttpRequest) -> frozenset[str] | None:
    """Whose cases the person sees; None for all."""
    where = reach(staff(request), REPORT)
    return None if where.everywhere else where.organisations


def _own(organisers: frozenset[str] | None) -> str:
    if organisers is None:
        return ""
    names = Organisation.objects.filter(pk__in=organisers).values_list("name", flat=True)
    return ", ".join(names)


def _table(one: Told, lang: Lang) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "note": words(lang)["reports_shared_note"] if one.shared else "",
        "first": one.first,
        "rows": [
            {"name": name, "cells": list(zip(columns(lang), numbers, strict=True))}
            for name, numbers in one.rows
        ],
    }


def _progress(report: Report) -> dict[str, object] | None:
    """Units with a place by day and the level of the target, as points of a drawing."""
    if len(report.progress) < 2:
        return None
    first, last = report.progress[0][0], report.progress[-1][0]
    most = max(report.target, report.progress[-1][1])
    days = max((last - first).days, 1)
    points = []
    for day, units in report.progress:
        x, y = _WIDTH * (day - first).days / days, _HEIGHT * (1 - units / most)
        points.append(f"{x:.1f},{y:.1f}")
    level = _HEIGHT * (1 - report.target / most)
    return {
        "points": " ".join(points),
        "level": f"{level:.1f}",
        "width": _WIDTH,
        "height": _HEIGHT,
        "first": first,
        "last": last,
        "most": most,
        "rows": _by_month(report),
    }


def _by_month(report: Report) -> list[tuple[str, int]]:
    """Units by the end of each month in which some came."""
    found = {f"{day:%Y-%m}": units for day, units in report.progress}
    return list(found.items())

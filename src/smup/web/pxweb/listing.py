"""The list of tables: found by words and by age, a page at a time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest

from smup.formats.cube import AXES
from smup.language import Lang, fold
from smup.store.releases import Release
from smup.web.open.problems import Problem
from smup.web.pxweb.links import link
from smup.web.pxweb.tables import IDS, Table

PAGE_SIZE, MOST_ON_PAGE = 20, 10_000


def entry(request: HttpRequest, release: Release, table: Table, lang: Lang) -> dict[str, Any]:
    """One table as lists show it."""
    number, area = table.subject(release, lang)
    return {
        "type": "Table",
        "id": table.id,
        "label": table.label(lang),
        "description": table.description(lang),
        "sortCode": table.id,
        "updated": updated(release),
        "firstPeriod": str(table.years[0]),
        "lastPeriod": str(table.years[-1]),
        "category": "public",
        "variableNames": [AXES[role][lang] for role in IDS],
        "discontinued": table.is_discontinued,
        "source": "SMUP",
        "subjectCode": number,
        "timeUnit": "Annual",
        "paths": [[{"id": number, "label": area}]],
        "links": [
            link(request, "self", f"tables/{table.id}", lang),
            link(request, "metadata", f"tables/{table.id}/metadata", lang),
            link(request, "data", f"tables/{table.id}/data", lang),
        ],
    }


def updated(release: Release) -> str:
    """When the figures of a release were worked out, in UTC."""
    made = datetime.fromisoformat(release.created).astimezone(UTC)
    return made.strftime("%Y-%m-%dT%H:%M:%SZ")


def is_recent(release: Release, days: int, now: datetime) -> bool:
    """Was the release made in the last ``days``?"""
    return datetime.fromisoformat(release.created) >= now - timedelta(days=days)


def matching(tables: dict[str, Table], words: str, lang: Lang) -> list[Table]:
    """Tables in which every word stands: in id, names, descriptions or indicators."""
    wanted = fold(words).split()
    found = []
    for table in tables.values():
        texts = [table.id, table.label(lang), table.description(lang)]
        texts += [str(getattr(one.name, lang)) for one in table.indicators]
        whole = fold(" ".join([*texts, getattr(table.area.name, lang)]))
        if all(word in whole for word in wanted):
            found.append(table)
    return found


def page(
    request: HttpRequest,
    found: list[Table],
    number: int,
    size: int,
    lang: Lang,
    asked: Mapping[str, str],
) -> tuple[list[Table], dict[str, Any]]:
    """The tables of one page, and ``page`` as the answer says it. Raises Problem 404."""
    pages = max(1, -(-len(found) // size))
    if number > pages:
        raise Problem(404, f"Nie ma strony {number}; ostatnia ma numer {pages}.", "pageNumber")
    around = {"first": 1, "prev": number - 1, "self": number, "next": number + 1, "last": pages}
    told = {
        "pageNumber": number,
        "pageSize": size,
        "totalElements": len(found),
        "totalPages": pages,
        "links": [
            link(request, rel, "tables", lang, **asked, pageNumber=at, pageSize=size)
            for rel, at in around.items()
            if 1 <= at <= pages
        ],
    }
    return found[(number - 1) * size : number * size], told

"""``/wydania/{a}/{b}``: what the release b says otherwise than a; all of it as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from smup.catalogue.changes import DefinitionChange
from smup.catalogue.changes import changes as definition_changes
from smup.formats import media
from smup.formats.synthetic import file_name
from smup.language import Lang, format_number
from smup.present.values import value_text
from smup.store.releases import Release
from smup.store.revisions import IndicatorRevisions, Revision, changed_cells
from smup.telling.addresses import Addresses
from smup.telling.naming import title, year_span
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.portal.known_releases import changed, former_names, the_release
from smup.web.portal.page import render
from smup.web.portal.views.releases import unstored

LARGEST = 20
COLUMNS = ("indicator", "unit", "year", "before", "after", "status_before", "status_after")


def release_changes(request: HttpRequest, asked: str, other: str, lang: Lang) -> HttpResponse:
    serving = release_of(request)
    old, new = the_release(asked, lang), the_release(other, lang)
    t, found = strings(lang), changed(old, new)
    defined = definition_changes(old.catalogue, new.catalogue)
    context = {
        "page_title": t["diff_title"].format(before=old.id, after=new.id),
        "before": {"name": old.id, "href": Addresses(lang).page(f"/wydania/{old.id}")},
        "after": {"name": new.id, "href": Addresses(lang).page(f"/wydania/{new.id}")},
        "same": not found and not defined,
        "totals": _totals(found, lang),
        "rows": [_row(new, one, lang) for one in found],
        "largest": [_revision(new, one, lang) for one in _largest(found)],
        "definitions": _definitions(defined, new, lang),
        "units": _units(old, new, lang),
        "csv": Addresses(lang).page(f"/wydania/{old.id}/{new.id}.csv") if found else "",
    }
    return unstored(render(request, "release_changes.html", context, lang, serving))


def release_changes_csv(
    request: HttpRequest, asked: str, other: str, lang: Lang
) -> StreamingHttpResponse:
    """Every cell that changed, written as it is read, in the form of the bulk files."""
    release_of(request)
    old, new = the_release(asked, lang), the_release(other, lang)
    name = file_name(f"zmiany-{old.id}-{new.id}.csv", new.synthetic)
    return StreamingHttpResponse(
        _lines(old, new),
        content_type=media.CSV_UTF8,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(old: Release, new: Release) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in changed_cells(old.indicators, new.indicators, former_names(new)):
        writer.writerow(row)
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _totals(found: tuple[IndicatorRevisions, ...], lang: Lang) -> list[dict[str, str]]:
    t = strings(lang)
    return [
        {
            "name": t[f"diff_{part}"],
            "value": format_number(sum(getattr(one, part) for one in found), 0, lang),
        }
        for part in ("appeared", "revised", "gone", "reasons")
    ]


def _row(new: Release, one: IndicatorRevisions, lang: Lang) -> dict[str, str]:
    defined = new.catalogue.indicators[one.indicator]
    return {
        "name": getattr(defined.name, lang),
        "href": Addresses(lang).indicator(one.indicator),
        "years": year_span(list(one.years)),
    } | {
        part: format_number(getattr(one, part), 0, lang)
        for part in ("appeared", "revised", "gone", "reasons")
    }


def _largest(found: tuple[IndicatorRevisions, ...]) -> list[Revision]:
    every = [revision for one in found for revision in one.largest]
    return sorted(every, key=lambda one: -one.share)[:LARGEST]


def _revision(new: Release, one: Revision, lang: Lang) -> dict[str, str]:
    indicator = new.catalogue.indicators[one.indicator]
    measure = new.catalogue.measures[indicator.unit]
    unit = new.territory.units.get(one.unit)
    return {
        "unit": title(unit, lang) if unit else one.unit,
        "name": getattr(indicator.name, lang),
        "href": Addresses(lang).unit_indicator(one.unit, one.indicator),
        "year": str(one.year),
        "before": value_text(one.before, indicator, measure, lang),
        "after": value_text(one.after, indicator, measure, lang),
    }


def _definitions(defined: list[DefinitionChange], new: Release, lang: Lang) -> list[dict[str, Any]]:
    """Indicators whose definition came, went or changed; only told otherwise counted apart."""
    t, to = strings(lang), Addresses(lang)
    rows = []
    for one in defined:
        if one.collection != "indicators" or (one.kind == "changed" and not one.meaning):
            continue
        known = new.catalogue.indicators.get(one.id)
        rows.append(
            {
                "name": getattr(known.name, lang) if known else one.id,
                "href": to.indicator(one.id) if known and known.is_shown else "",
                "kind": t[f"diff_definition_{one.kind}"],
                "keys": ", ".join(change.key for change in one.keys),
            }
        )
    return rows


def _units(old: Release, new: Release, lang: Lang) -> list[dict[str, Any]]:
    """Units that one of the two does not know."""
    t, to = strings(lang), Addresses(lang)
    first, second = old.territory.units, new.territory.units
    came = [
        {"name": title(unit, lang), "href": to.unit(code)}
        for code, unit in second.items()
        if code not in first
    ]
    went = [{"name": title(u, lang), "href": ""} for code, u in first.items() if code not in second]
    found = (("diff_units_came", came), ("diff_units_went", went))
    return [{"name": t[key], "units": units} for key, units in found if units]

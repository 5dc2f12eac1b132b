"""``/wydania``: the releases of the store, and what each of them holds."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.language import Lang, format_number
from smup.store.releases import Release, ReleaseInfo
from smup.telling.addresses import Addresses
from smup.telling.naming import file_size
from smup.telling.strings import strings
from smup.telling.units.facts import day_words
from smup.web.config.current import ASKED, release_of, releases
from smup.web.portal.known_releases import by_creation, diff_address, the_release
from smup.web.portal.page import render

DAY = "dzien"
# Bulk files of a release in the order shown, those it has
FILES = (
    "values.csv",
    "values.parquet",
    "variable_values.csv",
    "variable_values.parquet",
    "indicators.csv",
    "variables.csv",
    "units.csv",
    "groups.csv",
    "findings.csv",
    "datapackage.json",
)


def release_list(request: HttpRequest, lang: Lang) -> HttpResponse:
    """Every release of the store, newest first; with ``dzien`` the one known on that day."""
    release = release_of(request)
    known = by_creation()
    rows = [
        _row(info, known[at + 1] if at + 1 < len(known) else None, lang)
        for at, info in enumerate(known)
    ]
    context = {"rows": rows, "sources": release.sources, "several": len(rows) > 1}
    context |= _on_day(request.GET.get(DAY, "").strip(), known, lang)
    return unstored(render(request, "releases.html", context, lang, release))


def one_release(request: HttpRequest, asked: str, lang: Lang) -> HttpResponse:
    """What a release holds: sources with their checksums, files, definitions."""
    serving = release_of(request)
    chosen = the_release(asked, lang)
    info, counts = releases().info(chosen.id), chosen.manifest["counts"]
    t = strings(lang)
    context = {
        "id": chosen.id,
        "active": info.active,
        "lead": t["release_lead_active" if info.active else "release_lead"],
        "facts": [
            {"name": t["release_built"], "value": _day(info.created, lang)},
            {"name": t["indicators"], "value": format_number(info.indicators, 0, lang)},
            {"name": t["release_values"], "value": format_number(info.values, 0, lang)},
            {"name": t["units"], "value": format_number(int(counts["units"]), 0, lang)},
            {"name": t["years"], "value": _span(chosen)},
        ],
        "digest": info.catalogue,
        "sources": [_source(source, lang) for source in chosen.sources],
        "files": _files(chosen, lang),
        "see": Addresses(lang).page("/", **{ASKED: chosen.id}),
        "others": [
            {"name": one.id, "href": diff_address(one, chosen.id, lang)}
            for one in by_creation()
            if one.id != chosen.id and not one.damaged
        ],
        "page_title": t["release_title"].format(id=chosen.id),
    }
    return unstored(render(request, "release.html", context, lang, serving))


def unstored(response: HttpResponse) -> HttpResponse:
    """The store may grow while the current release stays: no function of the release alone."""
    response.smup_cacheable = False
    response.headers["Cache-Control"] = "no-cache"
    return response


def _row(info: ReleaseInfo, earlier: ReleaseInfo | None, lang: Lang) -> dict[str, Any]:
    to = Addresses(lang)
    if info.damaged:
        return {"id": info.id, "damaged": True}
    return {
        "id": info.id,
        "href": to.page(f"/wydania/{info.id}"),
        "created": _day(info.created, lang),
        "indicators": format_number(info.indicators, 0, lang),
        "values": format_number(info.values, 0, lang),
        "active": info.active,
        "see": "" if info.active else to.page("/", **{ASKED: info.id}),
        "changes": ""
        if earlier is None or earlier.damaged
        else to.page(f"/wydania/{earlier.id}/{info.id}"),
    }


def _on_day(asked: str, known: list[ReleaseInfo], lang: Lang) -> dict[str, Any]:
    """Which release was the newest on a day, in words."""
    if not asked:
        return {"day": ""}
    t = strings(lang)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return {"day": "", "day_words": t["release_day_wrong"].format(asked=asked[:40])}
    told = day_words(day, lang)
    found = next((one for one in known if one.created and _created(one) <= day), None)
    if found is None:
        return {"day": asked, "day_words": t["release_day_none"].format(day=told)}
    return {
        "day": asked,
        "day_words": t["release_day_found"].format(day=told),
        "day_release": {
            "name": found.id,
            "href": Addresses(lang).page("/", **{ASKED: found.id}),
        },
    }


def _created(info: ReleaseInfo) -> date:
    return datetime.fromisoformat(info.created).date()


def _day(moment: str, lang: Lang) -> str:
    return day_words(datetime.fromisoformat(moment).date(), lang)


def _span(release: Release) -> str:
    years = release.indicators.years
    return f"{years[0]}–{years[-1]}" if years else "–"


def _source(source: dict[str, Any], lang: Lang) -> dict[str, Any]:
    return {
        "title": source["title"],
        "publisher": source["publisher"],
        "licence": source["licence"],
        "rows": format_number(int(source["rows"]), 0, lang),
        "files": [
            {"name": one["file"], "sha256": one["sha256"], "retrieved": one.get("retrieved", "")}
            for one in source.get("files", ())
        ],
    }


def _files(release: Release, lang: Lang) -> list[dict[str, str]]:
    """The bulk files it has, with size and checksum."""
    folder, manifest = release.folder / "public", release.manifest
    return [
        {
            "name": name,
            "href": f"/files/{release.id}/{name}",
            "size": file_size((folder / name).stat().st_size, lang),
            "sha256": _digest(manifest, f"public/{name}"),
        }
        for name in FILES
        if (folder / name).is_file()
    ]


def _digest(manifest: dict[str, Any], name: str) -> str:
    """Files and pre-built answers stand apart in the manifest."""
    listed = manifest["files"].get(name)
    return str(listed["sha256"] if listed else manifest["answers"].get(name, ""))

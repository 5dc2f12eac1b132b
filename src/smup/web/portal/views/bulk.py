"""``/pliki``: everything of a release to take home, and what is known of each file."""

from typing import Any
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe

from smup.formats.bulk.datasets import Dataset, datasets
from smup.formats.bulk.listing import (
    ARCHIVE,
    CHECKSUMS,
    LONG,
    METADATA,
    PACKAGE,
    SQLITE,
    TABLES,
    BulkFile,
    by_area,
    by_indicator,
    known,
    maps,
)
from smup.formats.bulk.make import can_make
from smup.formats.schema_org import described
from smup.language import Lang
from smup.store.release import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import file_size, level_name
from smup.telling.strings import strings
from smup.territory import Level
from smup.web.config.current import release_of
from smup.web.config.files import LATEST
from smup.web.config.origin import origin
from smup.web.config.paths import paths
from smup.web.portal.known_releases import the_release
from smup.web.portal.page import render
from smup.web.portal.views.releases import unstored

_EXAMPLE = "ludnosc"


def to_index(request: HttpRequest, release: str) -> HttpResponse:
    """``/files/<release>/`` of whoever looks for a list there."""
    at = "/pliki" if release == LATEST else f"/pliki/{quote(release, safe='')}"
    return HttpResponseRedirect(at)


def index(request: HttpRequest, lang: Lang, asked: str = LATEST) -> HttpResponse:
    """The files of the newest release under addresses that stay, or those of one release."""
    serving = release_of(request)
    release = serving if asked == LATEST else the_release(asked, lang)
    shelf = _Shelf(release, asked, lang)
    t = strings(lang)
    context = {
        "shown": release.id,
        "latest": asked == LATEST,
        "whole": [shelf.row(name, t[key]) for name, key in _WHOLE.items()],
        "tables": [
            {
                "what": t[f"bulk_{name}"],
                "forms": shelf.forms([f"{name}.csv", *([f"{name}.parquet"] * (name in LONG))]),
                "metadata": shelf.href(f"{name}.csv{METADATA}"),
            }
            for name in TABLES
        ],
        "areas": _areas(release, shelf),
        "maps": [
            {"what": level_name(Level(one.scope), lang), "forms": shelf.forms([one.path])}
            for one in maps()
            if can_make(release, paths().home, one)
        ],
        "indicator_example": _example(release, shelf),
        "indicator_pattern": f"{shelf.folder}/json-stat/{{{t['bulk_id']}}}.json",
        "package": shelf.href(PACKAGE),
        "checksums": shelf.href(CHECKSUMS),
        "page_title": t["bulk_title"],
        "schema_org": _schema(request, release, lang),
        "canonical": Addresses(lang).page("/pliki"),
        "this_release": Addresses(lang).page(f"/pliki/{release.id}"),
        "all_releases": Addresses(lang).page("/wydania"),
        "terms": Addresses(lang).page(f"/wydania/{release.id}") + "#z",
    }
    return unstored(render(request, "bulk.html", context, lang, serving))


_WHOLE = {SQLITE: "bulk_sqlite", ARCHIVE: "bulk_archive"}


class _Shelf:
    """What is said of the files of one release in one language."""

    def __init__(self, release: Release, asked: str, lang: Lang) -> None:
        self.folder = f"/files/{LATEST if asked == LATEST else release.id}"
        self.lang = lang
        self.there = known(release, paths().home)

    def href(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def row(self, name: str, what: str) -> dict[str, Any]:
        return {"what": what, "name": name, "href": self.href(name), "size": self.size(name)}

    def forms(self, names: list[str]) -> list[dict[str, str]]:
        """One file in several formats, each by the end of its name."""
        return [
            {"name": _FORMS[one.rsplit(".", 1)[1]], "href": self.href(one), "size": self.size(one)}
            for one in names
        ]

    def size(self, name: str) -> str:
        """ "" of a file that is made when it is first asked for."""
        made = self.there.get(name)
        return "" if made is None else file_size(made.size, self.lang)


_FORMS = {"csv": "CSV", "parquet": "Parquet", "xlsx": "XLSX", "topojson": "TopoJSON"}


def _wanted(one: BulkFile) -> int:
    """The spreadsheet first, which most people want."""
    return ("xlsx", "csv", "parquet").index(one.kind)


def _areas(release: Release, shelf: _Shelf) -> list[dict[str, Any]]:
    """An area with its files."""
    found: dict[str, list[BulkFile]] = {}
    for one in by_area(release):
        if not one.path.endswith(METADATA):
            found.setdefault(one.scope, []).append(one)
    return [
        {
            "what": getattr(release.catalogue.areas[area].name, shelf.lang),
            "forms": shelf.forms([one.path for one in sorted(files, key=_wanted)]),
        }
        for area, files in found.items()
    ]


def _example(release: Release, shelf: _Shelf) -> dict[str, str] | None:
    """The JSON-stat file of an indicator everybody knows, where the release has it."""
    found = [one for one in by_indicator(release) if one.scope == _EXAMPLE] or [
        *by_indicator(release)[:1]
    ]
    if not found:
        return None
    name = getattr(release.catalogue.indicators[found[0].scope].name, shelf.lang)
    return {"what": name, "href": shelf.href(found[0].path)}


def _schema(request: HttpRequest, release: Release, lang: Lang) -> SafeString:
    """Data sets for search engines. No sign of it can end the element it stands in."""
    found: tuple[Dataset, ...] = datasets(release)
    text = orjson.dumps(described(found, release, origin(request), lang)).decode()
    return mark_safe(text.replace("<", "\\u003c"))

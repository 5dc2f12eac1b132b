"""The same documents for people: one template, filled with what a document says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from smup.language import Lang, format_number
from smup.present.places import kind_name
from smup.present.values import flag_words, gap, value_text
from smup.store.releases import Release
from smup.territory import Kind
from smup.web.ogc import documents
from smup.web.ogc.asked import Asked
from smup.web.ogc.columns import Cell, Column, cells_of
from smup.web.ogc.features import Page
from smup.web.ogc.layers import FACTS, FILTERS, LAYERS, Layer, facts_of, units_of
from smup.web.ogc.links import Links
from smup.web.ogc.words import words
from smup.web.open.problems import Problem

Content = dict[str, Any]
EXAMPLES = ("", "?indicator=ludnosc&year=2020-2024")


def landing(asked: Asked) -> Content:
    t = words(asked.lang)
    return _table(asked) | {
        "title": t["title"],
        "lead": t["lead"],
        "steps": [t[f"connect_{step}"] for step in (1, 2, 3, 4)],
        "addresses": [asked.links.root + one for one in EXAMPLES],
        "links": [
            (t["indicators_list"], f"{asked.links.root.removesuffix('/ogc')}/api/v1/indicators"),
            (t["api"], asked.links.address("/api", "html")),
            (t["conformance"], asked.links.address("/conformance", "html")),
        ],
    }


def collections(asked: Asked) -> Content:
    t = words(asked.lang)
    return _table(asked) | {"title": t["collections"], "lead": t["collections_lead"]}


def conformance(asked: Asked) -> Content:
    t = words(asked.lang)
    listed = [[(one, one)] for one in documents.CONFORMANCE]
    return {
        "title": t["conformance"],
        "lead": t["conformance_lead"],
        "head": [t["address"]],
        "rows": listed,
    }


def collection(asked: Asked, layer: Layer) -> Content:
    t, path = words(asked.lang), f"/collections/{layer.id}"
    return {
        "title": t[layer.id],
        "lead": documents.description(asked, layer),
        "links": [
            (t["items"], asked.links.address(f"{path}/items", "html")),
            (t["schema"], asked.links.address(f"{path}/schema", "html")),
            (t["queryables"], asked.links.address(f"{path}/queryables", "html")),
            (t["as_geojson"], asked.links.address(f"{path}/items")),
        ],
    }


def properties(asked: Asked, layer: Layer, columns: Sequence[Column]) -> Content:
    """Every property of a feature with its meaning."""
    t = words(asked.lang)
    told: dict[str, Mapping[str, Any]] = documents.schema(asked, layer, columns)["properties"][
        "properties"
    ]["properties"]
    return _told(asked, told) | {
        "title": f"{t[layer.id]}: {t['schema']}",
        "lead": t["schema_lead"],
    }


def queryables(asked: Asked, layer: Layer) -> Content:
    t = words(asked.lang)
    told = documents.queryables(asked, layer)["properties"]
    return _told(asked, told) | {
        "title": f"{t[layer.id]}: {t['queryables']}",
        "lead": t["queryables_lead"],
    }


def items(asked: Asked, layer: Layer, columns: Sequence[Column], page: Page) -> Content:
    """Units of a page as a table, a column a value."""
    t = words(asked.lang)
    heads = [f"{getattr(one.indicator.name, asked.lang)}, {one.year}" for one in columns]
    path = f"/collections/{layer.id}/items"
    return {
        "title": t[layer.id],
        "lead": _shown(page, asked.lang),
        "head": [t["fact_name"], t["fact_code"], *heads],
        "numbers": 3,
        "rows": [
            [
                (facts["name"], asked.links.address(f"{path}/{facts['code']}", "html")),
                (facts["code"], ""),
                *((_words(cell, asked), "") for cell in cells),
            ]
            for facts, cells in _rows(asked, layer, columns, page.codes)
        ],
    }


def feature(asked: Asked, layer: Layer, columns: Sequence[Column], code: str) -> Content:
    """One unit: its facts and values, each on a line."""
    t = words(asked.lang)
    ((facts, cells),) = _rows(asked, layer, columns, [code])
    shown = {**facts, "kind": kind_name(Kind(facts["kind"]), asked.lang)}
    known = [(t[f"fact_{name}"], shown[name]) for name in FACTS if shown[name]]
    values = [
        (f"{getattr(cell.column.indicator.name, asked.lang)}, {cell.column.year}",
         _words(cell, asked))
        for cell in cells
    ]  # fmt: skip
    return {
        "title": str(facts["name"]),
        "head": [t["property"], t["value"]],
        "rows": [[(name, ""), (told, "")] for name, told in (*known, *values)],
    }


def api(asked: Asked, definition: Mapping[str, Any]) -> Content:
    """Addresses with the parameters each takes, and what a parameter means."""
    t = words(asked.lang)
    known = definition["components"]["parameters"]
    listed = [[(asked.links.root + path, "")] for path in definition["paths"]]
    told = [[(name, ""), (one["description"], "")] for name, one in known.items()]
    filters = [[(name, ""), (t[f"fact_{name}"], "")] for name in FILTERS]
    return {
        "title": t["api"],
        "lead": t["api_lead"],
        "head": [t["address"]],
        "rows": listed,
        "second": {
            "title": t["parameters"],
            "head": [t["parameter"], t["meaning"]],
            "rows": told + filters,
        },
    }


def drawn(request: HttpRequest, asked: Asked, content: Content, crumbs: Sequence[str]) -> str:
    """The page; ``crumbs`` are the parts of its address below the landing page."""
    t = words(asked.lang)
    names = {"collections": t["collections"], "items": t["items"]} | {one: t[one] for one in LAYERS}
    way = [
        (names.get(part, part), asked.links.address("/" + "/".join(crumbs[: at + 1]), "html"))
        for at, part in enumerate(crumbs[:-1])
    ]
    if crumbs:
        content = content | {"crumbs": [(t["landing"], asked.links.address("/", "html")), *way]}
    return _page(request, asked.lang, asked.release, content)


def refusal(request: HttpRequest, problem: Problem) -> str:
    """What is wrong with an address, for somebody who typed it."""
    lang: Lang = "en" if request.GET.get("lang") == "en" else "pl"
    t = words(lang)
    content: Content = {
        "title": t["refused"],
        "lead": str(problem),
        "lead_lang": "pl",
        "near": problem.suggestions,
        "links": [(t["to_landing"], f"{Links.of(request).root}?f=html&lang={lang}")],
    }
    return _page(request, lang, None, content)


def _page(request: HttpRequest, lang: Lang, release: Release | None, content: Content) -> str:
    query = request.GET.copy()
    query["f"], query["lang"] = "html", "en" if lang == "pl" else "pl"
    other = f"{request.path}?{query.urlencode(safe=',:/')}"
    query["f"], query["lang"] = "json", lang
    shared = {
        "t": words(lang),
        "lang": lang,
        "other": other,
        "as_json": f"{request.path}?{query.urlencode(safe=',:/')}",
        "home": "/en/" if lang == "en" else "/",
        "prefix": "/en" if lang == "en" else "",
        "release": release.id if release else "",
        "synthetic": release is not None and release.synthetic,
    }
    return str(render_to_string("ogc/page.html", shared | content))


def _table(asked: Asked) -> Content:
    """The layers, each with its number of units."""
    t = words(asked.lang)
    return {
        "head": [t["collections"], t["count"]],
        "numbers": 2,
        "rows": [
            [
                (t[layer.id], asked.links.address(f"/collections/{layer.id}", "html")),
                (format_number(len(units_of(asked.release, layer)), 0, asked.lang), ""),
            ]
            for layer in LAYERS.values()
        ],
    }


def _told(asked: Asked, schemas: Mapping[str, Mapping[str, Any]]) -> Content:
    t = words(asked.lang)
    return {
        "head": [t["property"], t["type"], t["meaning"]],
        "rows": [
            [(name, ""), (one["type"], ""), (one.get("title", ""), "")]
            for name, one in schemas.items()
        ],
    }


def _rows(
    asked: Asked, layer: Layer, columns: Sequence[Column], codes: Sequence[str]
) -> Iterator[tuple[Mapping[str, Any], list[Cell]]]:
    """(facts, cells) of every unit."""
    facts = facts_of(asked.release, layer)
    for code, cells in zip(codes, cells_of(asked.release, columns, codes), strict=True):
        yield facts[code], cells


def _words(cell: Cell, asked: Asked) -> str:
    """A value with its measure and flags, or the reason why there is none."""
    if cell.value is None:
        return gap(cell.status, asked.lang)
    indicator = cell.column.indicator
    measure = asked.release.catalogue.measures[indicator.unit]
    told = value_text(cell.value, indicator, measure, asked.lang)
    beside = ", ".join(flag_words(cell.flags, asked.lang))
    return f"{told} ({beside})" if beside else told


def _shown(page: Page, lang: Lang) -> str:
    t = words(lang)
    if not page.codes:
        return t["none_found"]
    counts = (page.offset + 1, page.offset + len(page.codes), page.matched)
    first, last, n = (format_number(one, 0, lang) for one in counts)
    return t["shown"].format(first=first, last=last, n=n)

"""``/analizy``: the page and the suggestions of its fields."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from smup.language import Lang, format_number
from smup.present.sentences import units_counted
from smup.telling.feeding import waiting
from smup.telling.naming import year_span
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.config.limits import MOST_CELLS
from smup.web.config.page_cache import cacheable
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.asked import Asked
from smup.web.portal.explorer.cube import Cube
from smup.web.portal.explorer.examples import examples
from smup.web.portal.explorer.files import api_address, large_words
from smup.web.portal.explorer.form import form_context, title_of
from smup.web.portal.explorer.mapping import map_of
from smup.web.portal.explorer.notes import notes_of, tell_selection
from smup.web.portal.explorer.parsing import read
from smup.web.portal.explorer.pictures import kinds, picture_of
from smup.web.portal.explorer.pivot import Member, Pivot, member_name, pivot_of, summary_of
from smup.web.portal.explorer.question import Question
from smup.web.portal.explorer.scene import Scene, scene_of
from smup.web.portal.explorer.selection import known_years
from smup.web.portal.explorer.suggesting import suggested
from smup.web.portal.explorer.table_html import Writer
from smup.web.portal.explorer.wording import heading
from smup.web.portal.page import render

MOST_NAMED = 12  # columns without a value that are named


def explorer(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The page; whoever used one of its controls is sent on to the address of the question."""
    release = release_of(request)
    asked = read(request.GET, release, lang)
    if asked.sent and not asked.troubles:
        return HttpResponseRedirect(asked.question.href(lang))
    context: dict[str, Any] = {"title": title_of(asked.question, release, lang)}
    lost = bool(asked.troubles_of(q.UNITS)) and not asked.question.says_whom
    if asked.question.indicators and not lost:  # not everybody, where somebody unknown was meant
        context |= _result(asked)
    elif asked.question.says_whom:
        context["choose_words"] = strings(lang)["explorer_choose_indicator"]
    if not context.get("table"):
        context["examples"] = examples(release, lang)
    # a map brings its own scripts, so pages with one are loaded whole
    context["boost"] = "false" if context.get("map") else "true"
    context |= form_context(asked, known_years(release, asked.question))
    wrong = bool(asked.troubles) and not context.get("table") and not asked.typed
    return render(request, "explorer.html", context, lang, release, 404 if wrong else 200)


def suggestions(request: HttpRequest, lang: Lang) -> HttpResponse:
    """``[{"name", "note", "href"}]`` under ``suggestions``: what a field could add."""
    release = release_of(request)
    asked = read(request.GET, release, lang)
    found = suggested(asked, request.GET.get("co", ""), request.GET.get("q", ""))
    return cacheable(JsonResponse({"suggestions": found}))


def _result(asked: Asked) -> dict[str, Any]:
    release, question, lang = asked.release, asked.question, asked.lang
    wanted = [release.catalogue.indicators[name] for name in question.indicators]
    context: dict[str, Any] = {"waiting": waiting(release, wanted, lang)}
    scene = scene_of(asked)
    cube, selection = scene.cube, scene.selection
    tell_selection(asked, selection)
    if not cube.size:
        return context
    pivot = pivot_of(release, question, cube, lang)
    words = heading(release, cube, selection, lang)
    table = Writer(release, question, pivot, selection.own, lang).table(words)
    return context | {
        **_picture(asked, scene),
        "heading": words,
        "table": table.html,
        "marks": table.marks,
        "summarised": summary_of(pivot) is not None,
        "notes": notes_of(release, cube, selection, lang),
        "counted": _counted(pivot, cube, lang),
        **_pages(question, pivot, lang),
        **_taken_away(scene),
    }


def _picture(asked: Asked, scene: Scene) -> dict[str, Any]:
    """The kinds of picture, and the one chosen where it can be drawn."""
    offered = kinds(scene)
    chosen = next(one for one in offered if one.chosen)
    if chosen.why:
        asked.trouble(q.TABLE, "explorer_unsuitable", why=chosen.why)
    section = None if chosen.why else map_of(scene)
    return {
        "kinds": [one for one in offered if not one.why],
        "other_kinds": [one for one in offered if one.why],
        "map": section,
        "figure": None if section else picture_of(scene),
    }


def _taken_away(scene: Scene) -> dict[str, Any]:
    """Files, the address of the API, and what a short link needs."""
    question, lang = scene.question, scene.lang
    large = scene.cube.size > MOST_CELLS
    api, listed = api_address(scene)
    return {
        "csv": "" if large else question.href(lang, f"{q.PATH}/dane.csv"),
        "xlsx": "" if large else question.href(lang, f"{q.PATH}/dane.xlsx"),
        "large_words": large_words(scene) if large else "",
        "api": "" if large else api,
        "api_words": "" if listed else strings(lang)["explorer_api_large"],
        "own_address": question.href(lang),
    }


def _counted(pivot: Pivot, cube: Cube, lang: Lang) -> str:
    """How much there is, how much of it has a value, what is not shown."""
    t = strings(lang)
    said = [
        t["explorer_counted"].format(
            units=units_counted(len(cube.units), lang),
            known=format_number(cube.known, 0, lang),
            size=format_number(cube.size, 0, lang),
        )
    ]
    if pivot.empty:
        said.append(t["explorer_empty"].format(names=_columns_named(pivot, lang)))
    if pivot.cut:
        shown = len(pivot.columns)
        said.append(t["explorer_cut"].format(shown=shown, all=shown + pivot.cut))
    if len(pivot.order) < len(pivot.members[0]):
        said.append(
            t["explorer_filtered"].format(
                shown=format_number(len(pivot.order), 0, lang),
                all=format_number(len(pivot.members[0]), 0, lang),
            )
        )
    return " ".join(said)


def _columns_named(pivot: Pivot, lang: Lang) -> str:
    """Columns by what tells them apart: "Gęstość zaludnienia 2019–2022"."""
    found: dict[str, list[Member]] = {}
    for one in pivot.empty:
        upper = member_name(pivot.members[1][one.upper], lang)
        found.setdefault(upper, []).append(pivot.members[2][one.lower])
    named = [
        up if len(pivot.members[2]) == 1 else f"{up} {_several(low, lang)}"
        for up, low in list(found.items())[:MOST_NAMED]
    ]
    return "; ".join(named) + ("…" if len(found) > MOST_NAMED else "")


def _several(members: list[Member], lang: Lang) -> str:
    years = [one for one in members if isinstance(one, int)]
    if years:
        return year_span(years)
    names = [member_name(one, lang) for one in members[:MOST_NAMED]]
    return ", ".join(names) + ("…" if len(members) > MOST_NAMED else "")


def _pages(question: Question, pivot: Pivot, lang: Lang) -> dict[str, Any]:
    def link(page: int) -> str:
        return replace(question, page=page).href(lang) + "#tabela"

    last = pivot.pages
    return {
        "pages": last,
        "page_words": strings(lang)["page_of"].format(page=pivot.page, pages=last),
        "first": link(1) if pivot.page > 1 else "",
        "previous": link(pivot.page - 1) if pivot.page > 1 else "",
        "next": link(pivot.page + 1) if pivot.page < last else "",
        "last": link(last) if pivot.page < last else "",
    }

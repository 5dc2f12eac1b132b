"""The controls of the builder: whom and what it is about, then what is to be in it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from smup.catalogue import Area, Indicator, Service
from smup.documents.document import Document, placeholders_of
from smup.language import sort_key
from smup.reports.compose import compose, section_ids
from smup.reports.definition import (
    COMPARATORS,
    MOST_CHARACTERS,
    Definition,
    Kind,
    read_definition,
    write_definition,
)
from smup.reports.kind import plan_of
from smup.reports.looking import matter_of
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import level_name, title, told_apart, where
from smup.telling.strings import strings
from smup.territory import Level
from smup.territory.search import search
from smup.web.portal.reports.filled import Filled
from smup.web.portal.reports.wanted import PATH, SUBJECTS, Wanted, written_for

CANDIDATES = 8
Option = dict[str, Any]


def composed(release: Release, definition: Definition) -> Document:
    """The document of a definition, remembered for those who look and then take.

    Raises CannotWrite.
    """
    return _composed(release, write_definition(definition))


@lru_cache(maxsize=8)
def _composed(release: Release, text: str) -> Document:
    return compose(release, read_definition(text))


def parts_of(release: Release, definition: Definition) -> dict[str, str]:
    """The sections a report has, by id, with their titles, in its order. Raises CannotWrite."""
    titles = {one.id: one.title for one in composed(release, definition).sections}
    matter = matter_of(release, definition)
    ids = section_ids(matter)
    return {one: titles[at] for one in ids if (at := one.replace(":", "-")) in titles}


def kind_options(wanted: Wanted) -> list[Option]:
    """Every kind of report with the sentence that says what it is for; of a unit that was named,
    the kinds there are for it."""
    lang, units = wanted.lang, wanted.units
    return [
        {
            "name": getattr(plan_of(kind).name, lang),
            "about": getattr(plan_of(kind).about, lang),
            "href": replace(wanted, kind=kind).href(),
        }
        for kind in Kind
        if all(written_for(unit, kind) for unit in units)
    ]


def about_context(release: Release, wanted: Wanted, typed: str) -> dict[str, Any]:
    """Whom and what: chips of units, a field that adds one, a list of subjects."""
    lang, t = wanted.lang, strings(wanted.lang)
    names = told_apart(wanted.units, lang)
    kind = wanted.kind
    assert kind is not None
    return {
        "unit_chips": [
            {
                "words": f"{name} ({unit.code})",
                "href": wanted.of([one for one in wanted.units if one is not unit]).href(),
            }
            for name, unit in zip(names, wanted.units, strict=True)
        ],
        "full": len(wanted.units) >= wanted.most > 1,
        "add_words": t["report_builder_add" if wanted.most > 1 else "report_builder_unit"],
        "place_options": _places(release, wanted) if _of_wojewodztwa(kind) else [],
        "hidden": list(wanted.query().items()),
        "without_subject": _without(wanted, SUBJECTS.get(kind, "")),
        "without_units": _without(wanted, "jst"),
        "without_role": _without(wanted, "rola"),
        "subject_name": SUBJECTS.get(kind, ""),
        "subject_words": t[f"report_builder_{kind.value}"] if kind in SUBJECTS else "",
        "subjects": _subjects(release, wanted) if kind in SUBJECTS else [],
        "role_options": _roles(wanted),
        "suggest_href": wanted.href(f"{PATH}/podpowiedzi.json"),
        "typed": typed,
        "candidates": candidates(release, wanted, typed) if typed else [],
        "nobody": t["search_nothing"].format(asked=typed),
    }


def candidates(release: Release, wanted: Wanted, typed: str) -> list[dict[str, str]]:
    """Units of this name or code the report can be about, with the address that takes them."""
    lang = wanted.lang
    kept = wanted.units if wanted.most > 1 else ()
    hits = search(release.territory, typed, limit=4 * CANDIDATES)
    fitting = [
        hit.unit
        for hit in hits
        if wanted.kind and hit.unit not in kept and written_for(hit.unit, wanted.kind)
    ]
    return [
        {
            "kind": "unit",
            "name": title(unit, lang),
            "note": where(unit, release.territory, lang),
            "href": wanted.of([*kept, unit]).href(),
        }
        for unit in fitting[:CANDIDATES]
    ]


def content_context(
    release: Release, wanted: Wanted, usual: Definition, filled: Filled
) -> dict[str, Any]:
    """What is to be in the report: sections with comments, own texts, years, beside whom, office.

    Raises CannotWrite.
    """
    t, lang = strings(wanted.lang), wanted.lang
    years = list(reversed(release.indicators.years))
    return {
        "parts": _parts(parts_of(release, usual), filled),
        "places": _own_texts(composed(release, usual), filled),
        "most_characters": MOST_CHARACTERS,
        "comparators": [
            {
                "id": one,
                "words": t[f"report_builder_beside_{one}"],
                "chosen": one in filled.comparators,
            }
            for one in COMPARATORS
        ],
        "first_years": _years(years, filled.years[0]),
        "last_years": _years(years, filled.years[1]),
        "languages": [
            {"value": one, "words": t[f"report_builder_{one}"], "chosen": one == filled.lang}
            for one in ("pl", "en")
        ],
        "office": filled.office,
        "subject": list(wanted.query().items()),
        "action": Addresses(lang).page(PATH),
    }


def _parts(titles: Mapping[str, str], filled: Filled) -> list[Option]:
    """Every section in the order asked for, with its comment; those left out are not chosen."""
    return [
        {
            "id": one,
            "at": one.replace(":", "-"),
            "title": titles[one],
            "chosen": one in filled.chosen,
            "comment": filled.comments.get(one, ""),
        }
        for one in filled.order
    ]


def _own_texts(document: Document, filled: Filled) -> list[Option]:
    """The places of a document for the author's own words, with what was typed."""
    return [
        {
            "id": one.id,
            "prompt": one.prompt,
            "basis": one.basis,
            "text": filled.texts.get(one.id, ""),
        }
        for one in placeholders_of(document.sections)
    ]


def _of_wojewodztwa(kind: Kind) -> bool:
    """Is the report one about a whole województwo? There are few: a list does."""
    return set(plan_of(kind).units) <= {"wojewodztwo", "kraj"}


def _places(release: Release, wanted: Wanted) -> list[Option]:
    units = release.territory.of_level(Level.WOJEWODZTWO)
    named = [{"value": one.code, "words": one.name, "chosen": one in wanted.units} for one in units]
    return sorted(named, key=lambda one: sort_key(str(one["words"])))


def _roles(wanted: Wanted) -> list[Option]:
    """The roles of a unit that has a choice."""
    levels = wanted.units[0].levels if wanted.units else ()
    if len(levels) < 2 or wanted.kind is Kind.COMPARISON:
        return []
    words = strings(wanted.lang)["report_builder_both_roles"]
    named = [{"value": "", "words": words, "chosen": wanted.role is None}]
    return named + [
        {
            "value": level.value,
            "words": level_name(level, wanted.lang),
            "chosen": level is wanted.role,
        }
        for level in levels
    ]


def _subjects(release: Release, wanted: Wanted) -> list[dict[str, Any]]:
    """Services or indicators in the groups of their areas; the areas themselves without groups."""
    catalogue, lang = release.catalogue, wanted.lang

    def option(one: Area | Service | Indicator) -> Option:
        return {
            "value": one.id,
            "words": getattr(one.name, lang),
            "chosen": one.id == wanted.subject,
        }

    if wanted.kind is Kind.AREA:
        return [{"name": "", "options": [option(one) for one in catalogue.areas.values()]}]
    fed = [one for one in catalogue.shown if release.years_of(one.id)]
    groups = []
    inside: list[Service] | list[Indicator]
    for area in catalogue.areas.values():
        if wanted.kind is Kind.SERVICE:
            known = {one.service for one in fed}
            inside = [one for one in catalogue.services_of(area.id) if one.id in known]
        else:
            inside = [one for one in fed if one.area == area.id]
        options = sorted((option(one) for one in inside), key=lambda o: sort_key(o["words"]))
        if options:
            groups.append({"name": getattr(area.name, lang), "options": options})
    return groups


def _without(wanted: Wanted, name: str) -> list[tuple[str, str]]:
    return [(key, value) for key, value in wanted.query().items() if key != name]


def _years(years: list[int], chosen: str) -> list[Option]:
    return [{"value": year, "words": year, "chosen": str(year) == chosen} for year in years]

"""``/jakosc`` and ``/jakosc/{code}``: what is wrong or unusual in the data of a release."""

import difflib
from collections import Counter
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse

from smup.catalogue.quality import State
from smup.language import Lang, format_number, plural
from smup.quality import CODES, Severity
from smup.quality.codes import SEVERITIES
from smup.quality.decisions import Stated
from smup.quality.judging import reasons
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.findings.listing import Wanted, findings_of, kind_name, kinds, rows, sources
from smup.telling.strings import strings
from smup.web.config.current import release_of
from smup.web.portal.page import render
from smup.web.portal.reading import NothingHere

PER_PAGE = 50
SEVERITY, SOURCE, STATE, UNIT, PAGE = "waga", "zrodlo", "stan", "jst", "strona"
IMPORTANT: tuple[Severity, ...] = ("error", "warning")  # shown where nothing else is asked
EVERY = "wszystkie"


def quality(request: HttpRequest, lang: Lang) -> HttpResponse:
    """The kinds of findings of the release, and the list under the conditions asked for."""
    release, t = release_of(request), strings(lang)
    found = findings_of(release)
    counts = Counter(one.finding.severity for one in found)
    facts = [
        {"name": t[f"quality_{severity}s"], "value": format_number(counts[severity], 0, lang)}
        for severity in SEVERITIES
    ]
    corrected = len(release.manifest.get("corrections", ()))
    facts.append({"name": t["quality_corrections"], "value": format_number(corrected, 0, lang)})
    context = {
        "kinds": kinds(found, lang),
        "facts": facts,
        "file": f"/files/{release.id}/findings.csv",
        **_listed(request, release, found, "/jakosc", "", lang),
    }
    return render(request, "quality.html", context, lang, release)


def one_code(request: HttpRequest, code: str, lang: Lang) -> HttpResponse:
    """What a code means, why it matters, what to do, and its findings."""
    release, t = release_of(request), strings(lang)
    known = CODES.get(code)
    if known is None:
        raise NothingHere("finding", code, _near(code, lang))
    found = [one for one in findings_of(release) if one.finding.code == code]
    context = {
        "code": code,
        "meaning": kind_name(code, lang),
        "about": [
            {"name": t["quality_why"], "text": getattr(known.why, lang)},
            {"name": t["quality_do"], "text": getattr(known.do, lang)},
            {"name": t["quality_whose"], "text": t[f"quality_owner_{known.owner}"]},
            {"name": t["quality_severity"], "text": t[f"quality_severity_{known.severity}"]},
        ],
        "rules": [getattr(why, lang) for why in reasons(code, release.catalogue.quality)],
        **_listed(request, release, found, f"/jakosc/{code}", code, lang),
    }
    return render(request, "quality_code.html", context, lang, release)


def _near(code: str, lang: Lang) -> list[dict[str, str]]:
    to = Addresses(lang)
    return [
        {
            "name": kind_name(one, lang),
            "note": one,
            "href": to.page(f"/jakosc/{one}"),
        }
        for one in difflib.get_close_matches(code, list(CODES), n=5, cutoff=0.4)
    ]


def _listed(
    request: HttpRequest,
    release: Release,
    found: list[Stated] | tuple[Stated, ...],
    path: str,
    code: str,
    lang: Lang,
) -> dict[str, Any]:
    """The list with its conditions and pages, as the template shows it."""
    t, asked = strings(lang), request.GET
    chosen = {key: asked.get(key, "").strip()[:80] for key in (SEVERITY, SOURCE, STATE)}
    unit = asked.get(UNIT, "").strip()[:20]
    known = release.territory.get(unit) if unit else None
    wanted = Wanted(
        code,
        _severities(chosen[SEVERITY], code),
        chosen[SOURCE],
        known.code if known else "",
        chosen[STATE],
    )
    matching = [one for one in found if wanted.holds(one)]
    pages = max(1, -(-len(matching) // PER_PAGE))
    number = asked.get(PAGE, "")
    page = min(int(number), pages) if number.isascii() and number.isdecimal() else 1
    page = max(page, 1)
    to = Addresses(lang)

    def address(other: int) -> str:
        more = {**chosen, UNIT: unit, PAGE: other if other > 1 else ""}
        return to.page(path, **more) + "#lista"

    forms = t["quality_found_one"], t["quality_found_few"], t["quality_found_many"]
    return {
        "empty": not found,
        "action": to.page(path),
        "clear": to.page(path) if any((*chosen.values(), unit)) else "",
        "choices": _choices(release, found, chosen, code, lang),
        "unit_asked": unit,
        "unit_unknown": t["quality_no_unit"].format(asked=unit) if unit and not known else "",
        "found_words": plural(len(matching), *forms).format(
            n=format_number(len(matching), 0, lang)
        ),
        "rows": rows(release, matching[(page - 1) * PER_PAGE : page * PER_PAGE], lang),
        "page_words": t["page_of"].format(page=page, pages=pages),
        "pages": pages,
        "previous": address(page - 1) if page > 1 else "",
        "next": address(page + 1) if page < pages else "",
    }


def _severities(asked: str, code: str) -> tuple[Severity, ...]:
    """Unless asked for, harmless findings stay out of the list of all codes."""
    exact = tuple(one for one in SEVERITIES if one == asked)
    return exact or (() if code or asked == EVERY else IMPORTANT)


def _choices(
    release: Release,
    found: list[Stated] | tuple[Stated, ...],
    chosen: dict[str, str],
    code: str,
    lang: Lang,
) -> list[dict[str, Any]]:
    t = strings(lang)
    severities = {one: t[f"quality_severity_{one}"] for one in SEVERITIES}
    states = {one: t[f"quality_state_{one}"] for one in get_args(State)}
    lists = [
        (SOURCE, t["quality_source"], {"": t["quality_all"]} | sources(release, found, lang)),
        (STATE, t["quality_state"], {"": t["quality_all"]} | states),
    ]
    if not code:
        first = {"": t["quality_important"]} | severities | {EVERY: t["quality_all"]}
        lists.insert(0, (SEVERITY, t["quality_severity"], first))
    return [
        {
            "name": name,
            "words": words,
            "options": [
                {"value": value, "name": said, "chosen": value == chosen[name]}
                for value, said in options.items()
            ],
        }
        for name, words, options in lists
    ]

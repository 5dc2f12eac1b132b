"""``/jst/{code}/podobne?obszar=AREA``: which units are alike, how much, and in what they differ.

The published list of the release, or one of the reader's own (``own_peers``).
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from smup.catalogue import Area
from smup.catalogue.methods import PeerFeature
from smup.compare.peers import Peer, Peers
from smup.compare.peers.features import all_features
from smup.compare.peers.runs import RUNS
from smup.language import Lang, format_number
from smup.present.charts.shares import SharesSpec, share_columns
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title, where
from smup.telling.strings import strings
from smup.territory import Unit
from smup.web.config.current import release_of
from smup.web.portal.asking.peers import (
    CLASSIC,
    asked_of,
    difference,
    form,
    own_list,
    statement,
    weights_in,
)
from smup.web.portal.page import render
from smup.web.portal.reading import the_unit
from smup.web.portal.views.unit import introduction

AREA = "obszar"


@dataclass(frozen=True)
class Line:
    """One peer in words; ``columns`` is SVG."""

    name: str
    where: str
    href: str
    distance: str
    stability: str
    columns: str
    largest: str


def peers(request: HttpRequest, code: str, lang: Lang) -> HttpResponse:
    """The list of one area, or of the common set."""
    release = release_of(request)
    unit = the_unit(release, code, lang, "/podobne")
    t, to = strings(lang), Addresses(lang)
    asked = request.GET.get(AREA, "")
    area = release.catalogue.areas.get(asked)
    context: dict[str, Any] = introduction(release, unit, None, lang) | {
        "name": title(unit, lang),
        "choices": _choices(release, unit.code, area.id if area else "", lang),
        "methodology": to.page("/metodologia") + "#podobne",
        "area": getattr(area.name, lang) if area else t["peers_common"],
        "runs": RUNS,
        "built": release.peer_tables is not None,
    }
    if release.peer_tables is not None:
        published = release.peers(unit.code, area.id if area else None)
        own = _own(request, release, unit, area, published, lang)
        context |= own | _told(release, own.get("found", published), lang)
    return render(request, "peers.html", context, lang, release)


def _own(
    request: HttpRequest,
    release: Release,
    unit: Unit,
    area: Area | None,
    published: Peers,
    lang: Lang,
) -> dict[str, Any]:
    """The form and, where something else than the published list is asked for, ``found``."""
    weights = weights_in(release, unit, area)
    if not weights or not published.peers:
        return {}
    asked = asked_of(request.GET, weights, lang)
    shown: dict[str, Any] = {
        "form": form(release, unit, area, asked, weights, lang),
        "troubles": asked.troubles,
    }
    if not asked.is_own:
        return shown
    found = own_list(release, unit, area, asked)
    return shown | {
        "found": found,
        "classic": asked.method == CLASSIC,
        "own_words": [
            statement(release, asked, weights, lang),
            *difference(release, found, published, lang),
        ],
        "published_href": Addresses(lang).unit_peers(unit.code, obszar=area.id if area else ""),
    }


def _choices(release: Release, code: str, chosen: str, lang: Lang) -> list[dict[str, Any]]:
    to = Addresses(lang)
    named = [("", strings(lang)["peers_common"])]
    named += [
        (area.id, getattr(area.name, lang))
        for area in release.catalogue.areas.values()
        if area.id in release.catalogue.peers
    ]
    return [
        {"name": name, "href": to.unit_peers(code, obszar=area), "chosen": area == chosen}
        for area, name in named
    ]


def _told(release: Release, found: Peers, lang: Lang) -> dict[str, Any]:
    known = all_features(release.catalogue)
    rules = release.catalogue.peers.get(found.area or "common")
    reason = f"peers_{found.reason}" if found.reason else ""
    return {
        "reason": strings(lang)[reason].format(year=found.year) if reason else "",
        "outside": found.outside and bool(found.peers),
        "year": found.year,
        "note": getattr(rules.note, lang) if rules else "",
        "features": [
            {
                "name": getattr(known[one.id].name, lang),
                "weight": f"{format_number(100 * one.weight, 0, lang)}%",
                "year": "–" if known[one.id].formula is None else one.year,
                "value": _value(release, known[one.id], one.value, lang),
            }
            for one in found.features
        ],
        "lines": [_line(release, found, peer, known, lang) for peer in found.peers],
    }


def _line(
    release: Release, found: Peers, peer: Peer, known: dict[str, PeerFeature], lang: Lang
) -> Line:
    unit = release.territory.units[peer.unit]
    names = [one.id for one in found.features]
    shares = [peer.contributions.get(name) for name in names]
    label = ", ".join(
        f"{getattr(known[name].name, lang)} {format_number(100 * share, 0, lang)}%"
        for name, share in peer.contributions.items()
    )
    most = max(peer.contributions, key=lambda name: peer.contributions[name])
    own = next(one.value for one in found.features if one.id == most)
    return Line(
        title(unit, lang),
        where(unit, release.territory, lang),
        Addresses(lang).unit(unit.code),
        format_number(peer.distance, 2, lang),
        f"{format_number(100 * peer.stability, 0, lang)}%",
        share_columns(SharesSpec(shares, label)),
        strings(lang)["peers_largest"].format(
            feature=getattr(known[most].name, lang),
            share=format_number(100 * peer.contributions[most], 0, lang),
            peer=_value(release, known[most], peer.values[most], lang),
            own=_value(release, known[most], own, lang),
        ),
    )


def _value(release: Release, feature: PeerFeature, value: float | None, lang: Lang) -> str:
    if value is None:
        return "–"
    symbol = getattr(release.catalogue.measures[feature.unit].symbol, lang)
    gap = "" if symbol.startswith("%") else "\u00a0"
    return f"{format_number(value, feature.decimals, lang)}{gap}{symbol}"

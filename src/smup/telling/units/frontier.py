"""The efficiency frontier on the page of a unit's service, with everything that warns of it."""

from functools import lru_cache
from typing import Any

from smup.compare.frontier import Amount, Frontier, FrontierRefused, concerns, frontier_of
from smup.language import Lang, format_number
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import ROOT
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.telling.units.company import group_words
from smup.territory import Unit


def has_frontier(release: Release, unit: Unit, service: str) -> bool:
    """Is there a model of the service, made for this kind of unit?"""
    model = release.catalogue.frontier.get(service)
    return model is not None and concerns(model, unit)


def frontier_section(release: Release, unit: Unit, service: str, lang: Lang) -> dict[str, Any]:
    """``frontier`` of the page: words and tables, or why there are none; nothing without a model
    or for a kind of unit it is not made for."""
    model = release.catalogue.frontier.get(service)
    if model is None or not concerns(model, unit):
        return {"frontier": None}
    t = strings(lang)
    told: dict[str, Any] = {
        "limits": getattr(model.limits, lang),
        "mixed": getattr(model.mixed_scope_reason, lang) if model.mixed_scope_reason else "",
        "methodology": Addresses(lang).page(ROOT) + "#granica-efektywnosci",
    }
    found = _drawn(release, unit.code, service)
    if isinstance(found, str):
        return {"frontier": told | {"refused": t[f"frontier_refused_{found}"]}}
    return {"frontier": told | _told(release, unit, found, lang)}


@lru_cache(maxsize=256)
def _drawn(release: Release, unit: str, service: str) -> Frontier | str:
    """The frontier, or the reason why there is none; remembered, for it takes up to half a second
    and both languages show it."""
    try:
        return frontier_of(release.frame, unit, service)
    except FrontierRefused as refused:
        return refused.why


def _told(release: Release, unit: Unit, found: Frontier, lang: Lang) -> dict[str, Any]:
    t, names = strings(lang), release.territory.units
    lead = t["frontier_lead_on" if found.score == 1 else "frontier_lead_off"]
    return {
        "lead": lead.format(
            name=title(unit, lang), year=found.year, score=_percent(found.score, lang)
        ),
        "interval": t["frontier_interval"].format(
            low=_percent(found.bounds.low, lang), high=_percent(found.bounds.high, lang)
        )
        if found.bounds
        else t["frontier_no_interval"],
        "set": t["frontier_set"].format(
            n=format_number(len(found.units), 0, lang),
            group=group_words(release, unit, lang),
            on=format_number(found.on_frontier, 0, lang),
        ),
        "scale": _scale(found, lang),
        "alone": t["frontier_alone"] if found.alone else "",
        "without": t["frontier_without"].format(
            name=title(names[found.peers[0][0]], lang),
            score=_percent(found.without_strongest, lang),
        )
        if found.without_strongest is not None
        else "",
        "amounts": [_amount(release, a, t["frontier_input"], lang) for a in found.inputs]
        + [_amount(release, a, t["frontier_output"], lang) for a in found.outputs],
        "peers": [
            {
                "name": title(names[code], lang),
                "href": Addresses(lang).unit_service(code, found.service),
                "weight": _percent(weight, lang) + "%",
            }
            for code, weight in found.peers
        ]
        if not found.alone
        else [],
    }


def _scale(found: Frontier, lang: Lang) -> str:
    """What size alone explains; nothing where it explains less than a percentage point."""
    part = 100 * (found.score - found.point.constant)
    if found.point.returns == "constant" or part < 1:
        return ""
    t = strings(lang)
    return t["frontier_scale"].format(
        part=format_number(part, 0, lang), returns=t[f"frontier_returns_{found.point.returns}"]
    )


def _amount(release: Release, amount: Amount, what: str, lang: Lang) -> dict[str, str]:
    symbol = getattr(release.catalogue.measures[amount.factor.unit].symbol, lang)
    decimals = 0 if max(amount.value, amount.target) >= 100 else 1
    return {
        "name": getattr(amount.factor.name, lang),
        "what": what,
        "symbol": symbol,
        "value": format_number(amount.value, decimals, lang),
        "target": format_number(amount.target, decimals, lang),
    }


def _percent(share: float, lang: Lang) -> str:
    return format_number(100 * share, 0, lang)

"""The reader's own list of similar units: what an address asks for, checked, and the form for it.

``?k=20&waga.ludnosc=3&bez=saldo-migracji&metoda=cipfa``, beside ``obszar``. What cannot be taken is
left as published and said in ``troubles``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from smup.catalogue import Area
from smup.compare.peers import DEFAULT_K, Peers, peers_of, rules_of
from smup.compare.peers.features import all_features
from smup.compare.peers.rules import MOST_K
from smup.language import Lang, plural
from smup.panel.panel import Values
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import title
from smup.telling.strings import strings
from smup.territory import Unit

COUNT, WEIGHT, WITHOUT, METHOD = "k", "waga.", "bez", "metoda"
PLAIN, CLASSIC = "smup", "cipfa"
MOST_WEIGHT = 100.0
MOST_NAMED = 12  # units named as having come to the list or gone from it


@dataclass(frozen=True)
class Asked:
    """``weights`` are those that differ from the published, ``without`` features left out."""

    k: int
    weights: Mapping[str, float]
    without: tuple[str, ...]
    method: str
    troubles: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Does the answer differ from the published list by anything?"""
        changed = self.weights or self.without
        return bool(changed) or self.k != DEFAULT_K or self.method != PLAIN


def asked_of(query: QueryDict, published: Mapping[str, float], lang: Lang) -> Asked:
    """What is asked for, by features with their ``published`` weights."""
    t, troubles = strings(lang), []
    k = _count(query.get(COUNT, ""))
    if k is None:
        troubles.append(t["peers_own_bad_count"].format(most=MOST_K, k=DEFAULT_K))
    method = query.get(METHOD, "") or PLAIN
    if method not in (PLAIN, CLASSIC):
        troubles.append(t["peers_own_bad_method"])
        method = PLAIN
    weights: dict[str, float] = {}
    named = [name.removeprefix(WEIGHT) for name in query if name.startswith(WEIGHT)]
    without = [name for name in dict.fromkeys(query.getlist(WITHOUT)) if name]
    for name in dict.fromkeys((*named, *without)):
        if name not in published:
            known = ", ".join(published)
            troubles.append(t["peers_own_bad_feature"].format(name=name[:40], known=known))
    for name in (one for one in named if one in published):
        weight = _weight(query.get(WEIGHT + name, ""), published[name])
        if weight is None:
            troubles.append(t["peers_own_bad_weight"].format(name=name, most=int(MOST_WEIGHT)))
        elif weight != published[name] and name not in without:
            weights[name] = weight
    if weights and method == CLASSIC:
        troubles.append(t["peers_own_equal_weights"])
        weights = {}
    left_out = tuple(name for name in without if published.get(name))
    if not any((dict(published) | weights | dict.fromkeys(left_out, 0.0)).values()):
        troubles.append(t["peers_own_nothing_left"])
        weights, left_out = {}, ()
    return Asked(k or DEFAULT_K, weights, left_out, method, tuple(troubles))


def _count(text: str) -> int | None:
    if not text:
        return DEFAULT_K
    small = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_K))
    return int(text) if small and 1 <= int(text) <= MOST_K else None


def _weight(text: str, published: float) -> float | None:
    """A number with a comma or a point; an emptied field is the published weight."""
    if not text.strip():
        return published
    try:
        weight = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return weight if math.isfinite(weight) and 0 <= weight <= MOST_WEIGHT else None


def weights_in(release: Release, unit: Unit, area: Area | None) -> dict[str, float]:
    """The published weights of the features that units of this kind have; none without lists."""
    tables = release.peer_tables
    at = None if tables is None else tables.space.place.get(unit.code)
    if tables is None or at is None:
        return {}
    stratum = tables.space.stratum_of(at)
    weights = rules_of(release.catalogue, area.id if area else None).weights
    usable: Values = tables.space.used(stratum, weights * 0 + 1)
    return {
        name: float(weights[f]) for f, name in enumerate(tables.space.features) if usable[f] > 0
    }


def own_list(release: Release, unit: Unit, area: Area | None, asked: Asked) -> Peers:
    """The list of the reader."""
    features = None
    if asked.without:
        features = [n for n in all_features(release.catalogue) if n not in asked.without]
    return peers_of(
        release.frame,
        unit.code,
        area.id if area else None,
        asked.k,
        asked.weights,
        features,
        variant=asked.method,
    )


def difference(release: Release, own: Peers, published: Peers, lang: Lang) -> list[str]:
    """How the reader's list differs from the published one, in sentences."""
    t, units = strings(lang), release.territory.units
    both = set(own.codes) & set(published.codes)
    words = [t["peers_own_common"].format(common=len(both), of=len(published.codes))]
    for key, codes, others in (
        ("peers_own_came", own.codes, published.codes),
        ("peers_own_went", published.codes, own.codes),
    ):
        names = [title(units[code], lang) for code in codes if code not in others]
        if names:
            more = len(names) - MOST_NAMED
            told = ", ".join(names[:MOST_NAMED])
            told += t["peers_own_more"].format(n=more) if more > 0 else ""
            words.append(t[key].format(names=told))
    return words


def statement(release: Release, asked: Asked, published: Mapping[str, float], lang: Lang) -> str:
    """What about the reader's list is not as published."""
    t, known = strings(lang), all_features(release.catalogue)
    noun = plural(asked.k, "jednostka", "jednostki", "jednostek")
    parts = [t["peers_own_units"].format(k=asked.k, noun=noun)]
    if asked.method == CLASSIC:
        parts.append(t["peers_own_classic"])
    if asked.weights:
        changed = ", ".join(
            t["peers_own_weight"].format(
                name=getattr(known[name].name, lang),
                now=_written(weight, lang),
                then=_written(published[name], lang),
            )
            for name, weight in asked.weights.items()
        )
        parts.append(t["peers_own_weights"].format(changed=changed))
    if asked.without:
        names = ", ".join(getattr(known[name].name, lang) for name in asked.without)
        parts.append(t["peers_own_without"].format(names=names))
    return f"{t['peers_own_is']} {'; '.join(parts)}."


def form(
    release: Release,
    unit: Unit,
    area: Area | None,
    asked: Asked,
    published: Mapping[str, float],
    lang: Lang,
) -> dict[str, Any]:
    """What the form shows: the list as asked for, ready to be changed."""
    known = all_features(release.catalogue)
    return {
        "action": Addresses(lang).unit_peers(unit.code),
        "area": area.id if area else "",
        "k": asked.k,
        "most": MOST_K,
        "most_weight": int(MOST_WEIGHT),
        "methods": [
            {"value": one, "name": strings(lang)[f"peers_own_{one}"], "chosen": one == asked.method}
            for one in (PLAIN, CLASSIC)
        ],
        "features": [
            {
                "id": name,
                "name": getattr(known[name].name, lang),
                "weight": f"{asked.weights.get(name, weight):g}",
                "published": _written(weight, lang),
                "without": name in asked.without,
            }
            for name, weight in published.items()
        ],
    }


def _written(weight: float, lang: Lang) -> str:
    return f"{weight:g}".replace(".", "," if lang == "pl" else ".")

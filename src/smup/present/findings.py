"""What stands out about a unit: which of its places are worth a sentence, and the sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from smup.catalogue import Indicator, Measure
from smup.compute.rounding import round_one
from smup.language import Lang, format_number
from smup.present.values import with_symbol

FAR = 80.0  # percentile from which a place is strong; from 100 - FAR down it is weak
MOST = 5  # findings of one kind
Others = Literal["peers", "group", "wojewodztwa"]
Of = Literal["gmina", "powiat", "miasto", "wojewodztwo"]

_WHO: dict[Others, dict[Lang, str]] = {
    "peers": {"pl": "podobnych {of}", "en": "similar {of}"},
    "group": {"pl": "innych {of} tej samej grupy", "en": "other {of} of the same group"},
    "wojewodztwa": {"pl": "pozostałych {of}", "en": "other {of}"},
}
_OF: dict[Of, dict[Lang, str]] = {
    "gmina": {"pl": "gmin", "en": "gminas"},
    "powiat": {"pl": "powiatów", "en": "powiats"},
    "miasto": {"pl": "miast", "en": "cities"},
    "wojewodztwo": {"pl": "województw", "en": "voivodeships"},
}
_EACH: dict[Of, str] = {  # "w każdej z 15 gmin", "w każdym z 15 powiatów"
    "gmina": "w każdej",
    "powiat": "w każdym",
    "miasto": "w każdym",
    "wojewodztwo": "w każdym",
}


@dataclass(frozen=True)
class Finding:
    """A place among the others in one indicator.

    ``ahead`` and ``behind`` count the others placed before and after the unit, ``compared`` all of
    them with data; ``spread`` is the distance between their quartiles.
    """

    indicator: Indicator
    year: int
    value: float
    median: float
    spread: float
    percentile: float
    ahead: int
    behind: int
    compared: int


def strongest(findings: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """The best placed of each service, the most outstanding first."""
    return _chosen([one for one in findings if one.percentile >= FAR and _speaks(one)], most)


def weakest(findings: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """The worst placed of each service, the most outstanding first."""
    return _chosen([one for one in findings if one.percentile <= 100 - FAR and _speaks(one)], most)


def _speaks(one: Finding) -> bool:
    """May it be called good or bad, and does it differ from the others as published?"""
    decimals = one.indicator.decimals
    return (
        one.indicator.better != "neither"
        and one.indicator.service is not None
        and round_one(one.value, decimals) != round_one(one.median, decimals)
    )


def _chosen(found: list[Finding], most: int) -> list[Finding]:
    best: dict[str | None, Finding] = {}
    for one in sorted(found, key=_outstanding):
        best.setdefault(one.indicator.service, one)
    return list(best.values())[:most]


def _outstanding(one: Finding) -> tuple[float, float, str]:
    """First by the place, then by how many quartile distances lie to the median."""
    distance = abs(one.value - one.median)
    far = distance / one.spread if one.spread > 0 else float("inf")
    return -abs(one.percentile - 50), -far, one.indicator.id


def finding_sentence(
    one: Finding, others: Others, of: Of, measure: Measure, lang: Lang = "pl"
) -> str:
    """What follows the name of the indicator: "48,2% (2024), więcej niż w 14 z 15 podobnych gmin
    (mediana: 36,1%)." Names and numbers stay in their first form."""
    decimals = one.indicator.decimals
    value, median = (format_number(v, decimals, lang) for v in (one.value, one.median))
    beaten = one.behind if one.percentile >= FAR else one.ahead
    who = _WHO[others][lang].format(of=_OF[of][lang])
    if lang == "en":
        among = f"each of {one.compared}" if beaten == one.compared else _out_of(one, beaten, "of")
        where = f"in {among} {who}"
        middle = "median"
    else:
        among = f"{_EACH[of]} z {one.compared}" if beaten == one.compared else ""
        where = f"{among or 'w ' + _out_of(one, beaten, 'z')} {who}"
        middle = "mediana"
    than = _than(one, lang)
    return f"{with_symbol(value, measure, lang)} ({one.year}), {than} {where} ({middle}: {median})."


def _out_of(one: Finding, beaten: int, word: str) -> str:
    return f"{beaten} {word} {one.compared}"


def _than(one: Finding, lang: Lang) -> str:
    if one.indicator.better == "target":
        closer = one.percentile >= FAR
        if lang == "en":
            return "closer to the target than" if closer else "farther from the target than"
        return "bliżej wartości docelowej niż" if closer else "dalej od wartości docelowej niż"
    more = one.value > one.median
    if lang == "en":
        return "more than" if more else "less than"
    return "więcej niż" if more else "mniej niż"

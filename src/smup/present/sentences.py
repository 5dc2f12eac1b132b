"""Sentences that say what a number means: where it stands, how it changed.

Names are never inflected; a sentence is built so that they need no other form than the first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smup.catalogue import Indicator, Measure
from smup.compute.rounding import round_one
from smup.language import Lang, format_number, plural
from smup.present.values import with_symbol

_SIDES: dict[Lang, tuple[str, str, str]] = {
    "pl": ("poniżej mediany", "równo z medianą", "powyżej mediany"),
    "en": ("below the median", "equal to the median", "above the median"),
}
_THAN: dict[Lang, tuple[str, str, str]] = {
    "pl": ("mniej niż mediana", "tyle co mediana", "więcej niż mediana"),
    "en": ("less than the median", "the same as the median", "more than the median"),
}
_JUDGED: dict[Lang, tuple[str, str]] = {
    "pl": ("korzystnie", "niekorzystnie"),
    "en": ("favourable", "unfavourable"),
}
# Words of measures that end with a full stop of their own.
_SHORTENED = frozenset(
    ("asyst.", "czyt.", "godz.", "mies.", "mieszk.", "naucz.", "oddz.", "os.", "p.p.", "plac.",
     "proc.", "prow.", "przel.", "rodz.", "szk.", "szt.", "ucz.", "uczestn.", "wn.", "wol.")
)  # fmt: skip
_LAST = re.compile(r"[^\s/×]*$")


@dataclass(frozen=True)
class Verdict:
    """``side`` is -1, 0 or 1 against the median; ``judgement`` is empty where the indicator has
    no better direction."""

    side: int
    words: str
    judgement: str

    @property
    def arrow(self) -> str:
        return "▼=▲"[self.side + 1]


def verdict(value: float, median: float, indicator: Indicator, lang: Lang = "pl") -> Verdict:
    """Where a value stands against a median, both rounded as published: what reads the same is
    the same."""
    side = _side(value, median, indicator.decimals)
    judgement = ""
    if side and indicator.better in ("higher", "lower"):
        good = (side > 0) == (indicator.better == "higher")
        judgement = _JUDGED[lang][0 if good else 1]
    return Verdict(side, _SIDES[lang][side + 1], judgement)


def said(number: str, measure: Measure, lang: Lang) -> str:
    """A number as it is said in a sentence: "4,8 na 1000 ludności", otherwise with its symbol."""
    if measure.per is not None:
        return f"{number} {getattr(measure.per, lang)}"
    return with_symbol(number, measure, lang)


def position_sentence(
    name: str,
    year: int,
    value: float,
    group: str,
    median: float,
    indicator: Indicator,
    measure: Measure,
    lang: Lang = "pl",
) -> str:
    """Hel, 2024 r.: 4,8 na 1000 osób, mniej niż mediana grupy „gminy miejskie” (7,1)."""
    own, middle = (format_number(v, indicator.decimals, lang) for v in (value, median))
    than = _THAN[lang][_side(value, median, indicator.decimals) + 1]
    when = f"{year} r." if lang == "pl" else str(year)
    whose = f"grupy „{group}”" if lang == "pl" else f"of the group “{group}”"
    return f"{name}, {when}: {said(own, measure, lang)}, {than} {whose} ({middle})."


def order_words(indicator: Indicator, lang: Lang = "pl") -> str:
    """From which end places are counted: "od najwyższej (najlepszej) wartości"."""
    highest = indicator.better != "lower"
    judged = indicator.better in ("higher", "lower")
    if lang == "en":
        return f"from the {'highest' if highest else 'lowest'}{' (best)' if judged else ''} value"
    end = "najwyższej" if highest else "najniższej"
    return f"od {end}{' (najlepszej)' if judged else ''} wartości"


def trend_sentence(
    name: str,
    points: Sequence[tuple[int, float]],
    indicator: Indicator,
    measure: Measure,
    lang: Lang = "pl",
) -> str:
    """First and last known value and the change between them, in the way the catalogue wants.

    ``points`` are (year, value) ascending. One point: the sentence says the source has one year.
    """
    if len(points) == 1:
        return one_year_sentence(points[0][0], lang)
    (first, start), (last, end) = points[0], points[-1]
    low, high = (format_number(v, indicator.decimals, lang) for v in (start, end))
    side = _side(end, start, indicator.decimals)
    if lang == "en":
        verb = ("fell", "did not change", "rose")[side + 1]
        if not side:
            return f"{name}: between {first} and {last} the value {verb} ({low})."
        by = _change(start, end, indicator, measure, lang)
        return f"{name}: between {first} and {last} the value {verb} from {low} to {high}{by}."
    verb = ("zmalała", "nie zmieniła się", "wzrosła")[side + 1]
    if not side:
        return f"{name}: między {first} a {last} r. wartość {verb} ({low})."
    by = _change(start, end, indicator, measure, lang)
    return ended(f"{name}: między {first} a {last} r. wartość {verb} z {low} do {high}{by}")


def one_year_sentence(year: int, lang: Lang = "pl") -> str:
    if lang == "en":
        return f"The source holds one year ({year}), so no trend can be shown."
    return f"Źródło zawiera jeden rok ({year}), więc nie można pokazać zmiany w czasie."


def apart_sentence(lang: Lang = "pl") -> str:
    if lang == "en":
        return "Years stand on different scales and are not comparable: no line is drawn."
    return "Lat nie można porównywać ze sobą (różne skale), dlatego nie łączy ich linia."


def ended(words: str) -> str:
    """Words as a sentence: with a full stop, but not a second one after "pkt proc."."""
    return words if words.endswith(".") else f"{words}."


def as_title(sentence: str) -> str:
    """A sentence without its full stop, which "pkt proc." and "os./oddz." keep."""
    last = _LAST.search(sentence)
    return sentence if last and last[0] in _SHORTENED else sentence.removesuffix(".")


def out_of(n: int, lang: Lang = "pl") -> str:
    """All units that some are counted among: (z) 1 jednostki, 382 jednostek."""
    if lang == "en":
        return units_counted(n, lang)
    return f"{format_number(n, 0, lang)} {plural(n, 'jednostki', 'jednostek', 'jednostek')}"


def units_counted(n: int, lang: Lang = "pl") -> str:
    """1 jednostka, 2 jednostki, 5 jednostek."""
    number = format_number(n, 0, lang)
    if lang == "en":
        return f"{number} {'unit' if n == 1 else 'units'}"
    return f"{number} {plural(n, 'jednostka', 'jednostki', 'jednostek')}"


def _change(start: float, end: float, indicator: Indicator, measure: Measure, lang: Lang) -> str:
    """A per cent, percentage points or an amount; empty where a per cent has no base."""
    link = ", o " if lang == "pl" else ", by "
    difference = abs(end - start)
    if indicator.change == "percentage_points":
        points = "pkt proc." if lang == "pl" else "percentage points"
        return f"{link}{format_number(difference, max(indicator.decimals, 1), lang)} {points}"
    if indicator.change == "percent":
        if start <= 0:
            return ""
        return f"{link}{format_number(100 * difference / start, 1, lang)}%"
    amount = format_number(difference, indicator.decimals, lang)
    return f"{link}{with_symbol(amount, measure, lang)}"


def _side(value: float, other: float, decimals: int) -> int:
    own, middle = round_one(value, decimals), round_one(other, decimals)
    return (own > middle) - (own < middle)

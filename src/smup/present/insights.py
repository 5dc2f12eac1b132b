"""A comparison explained: what could be expected, who improved, what it would take.

Where there is no answer one sentence says why.
"""

from smup.compare import Comparison, Frame
from smup.compare.expected import FEWEST, LEAST_R2, expected_value
from smup.compare.expected import Reason as NotExpected
from smup.compare.improvers import Reason as NobodySought
from smup.compare.improvers import improvers
from smup.compare.needed import Blocked, needed
from smup.compare.needed import Reason as NoWay
from smup.language import Lang, format_number

_PLACE: dict[Lang, str] = {
    "pl": "Wskaźnik opisuje miejsce, a nie usługę.",
    "en": "The indicator describes the place, not a service.",
}
_NO_VALUE: dict[Lang, str] = {
    "pl": "Jednostka nie ma wartości w tym roku.",
    "en": "The unit has no value in this year.",
}
_NOT_COMPARED: dict[Lang, str] = {
    "pl": "Jednostka nie jest porównywana w tym wskaźniku.",
    "en": "The unit is not compared in this indicator.",
}
_EXPECTED: dict[NotExpected, dict[Lang, str]] = {
    "no_service": _PLACE,
    "count": {
        "pl": "Zwykła liczba rośnie razem z jednostką; oczekiwaną wartość ma sens podawać dla "
        "wskaźnika w przeliczeniu na mieszkańca, ucznia albo kilometr.",
        "en": "A plain count grows with the unit; an expected value makes sense for an indicator "
        "per inhabitant, pupil or kilometre.",
    },
    "not_compared": _NOT_COMPARED,
    "no_value": _NO_VALUE,
    "few_units": {
        "pl": "Tylko {n} jednostek tego rodzaju ma wartość i wszystkie cechy miejsca; "
        "potrzeba co najmniej {fewest}.",
        "en": "Only {n} units of this kind have a value and all features of the place; at least "
        "{fewest} are needed.",
    },
    "no_features": {
        "pl": "Nie są znane żadne cechy miejsca, które wolno tu wziąć pod uwagę.",
        "en": "No feature of the place that may be used here is known.",
    },
    "feature_missing": {
        "pl": "Nie wszystkie cechy tej jednostki są znane.",
        "en": "Not all features of this unit are known.",
    },
    "no_spread": {
        "pl": "Co najmniej połowa jednostek ma tę samą wartość, więc nie ma czego wyjaśniać.",
        "en": "At least half of the units have the same value, so there is nothing to explain.",
    },
    "no_fit": {
        "pl": "Wartości układają się w skupiska, przez które nie da się poprowadzić jednej reguły.",
        "en": "The values lie in clusters through which no single rule can be drawn.",
    },
    "low_fit": {
        "pl": "Cechy miejsca wyjaśniają zbyt mało: {r2}% różnic między jednostkami (potrzeba "
        "{least}%). O wyniku decyduje coś innego niż położenie, wielkość i wiek mieszkańców.",
        "en": "The features of the place explain too little: {r2}% of the differences between "
        "units ({least}% are needed). Something other than location, size and age decides.",
    },
}
_IMPROVERS: dict[NobodySought, dict[Lang, str]] = {
    "neither": {
        "pl": "Ten wskaźnik niczego nie ocenia, więc nikt nie może mieć wartości lepszej.",
        "en": "This indicator judges nothing, so nobody can have a better value.",
    },
    "not_comparable": {
        "pl": "Wartości z różnych lat stoją na różnych skalach.",
        "en": "Values of different years stand on different scales.",
    },
    "not_compared": _NOT_COMPARED,
    "no_value": _NO_VALUE,
    "no_earlier_value": {
        "pl": "Jednostka nie ma wartości sprzed 3–7 lat.",
        "en": "The unit has no value of 3 to 7 years earlier.",
    },
    "break": {
        "pl": "W ostatnich latach zmienił się sposób liczenia, więc dawnych wartości nie da się "
        "zestawić z dzisiejszą.",
        "en": "The way of counting changed in recent years, so former values cannot be set beside "
        "the present one.",
    },
}
_NEEDED: dict[NoWay, dict[Lang, str]] = {
    "no_service": _PLACE,
    "no_value": _NO_VALUE,
    "no_goal": {"pl": "Nie ma mediany, do której można się odnieść.", "en": "There is no median."},
    "already": {"pl": "Cel jest osiągnięty.", "en": "The goal has been reached."},
    "against": {
        "pl": "Wskaźnik jest odległością od wartości kraju, która sama się zmienia.",
        "en": "The indicator is a distance from the country's value, which itself changes.",
    },
    "not_linear": {
        "pl": "Wzór nie jest ilorazem sum, więc nie da się go odwrócić.",
        "en": "The formula is no quotient of sums and cannot be turned round.",
    },
    "no_inputs": {
        "pl": "Wartość nie powstaje z liczb samej jednostki, tylko z sumy gmin albo wprost z "
        "publikacji.",
        "en": "The value is not made of the unit's own figures but of the sum of its gminas, or "
        "comes straight from a publication.",
    },
    "no_lever": {
        "pl": "Żadnej liczby z licznika nie można tu zmienić.",
        "en": "No figure of the numerator can be changed here.",
    },
}
_BLOCKED: dict[Blocked, dict[Lang, str]] = {
    "place": {"pl": "opisuje miejsce, a nie usługę", "en": "describes the place, not a service"},
    "past": {"pl": "zależy od minionych lat", "en": "depends on past years"},
    "rate": {
        "pl": "źródło podaje gotowy wskaźnik bez licznika",
        "en": "the source gives a finished ratio without its numerator",
    },
    "unreachable": {
        "pl": "zmiana samej tej liczby nie wystarczy",
        "en": "changing this figure alone is not enough",
    },
}


def no_expected(reason: NotExpected, number: float | None, lang: Lang = "pl") -> str:
    """``number`` is the count of units or the R² that decided it."""
    n = 0.0 if number is None else number
    return _EXPECTED[reason][lang].format(
        n=format_number(n, 0, lang),
        fewest=FEWEST,
        r2=format_number(max(0.0, 100 * n), 0, lang) if reason == "low_fit" else "",
        least=round(100 * LEAST_R2),
    )


def no_improvers(reason: NobodySought, lang: Lang = "pl") -> str:
    return _IMPROVERS[reason][lang]


def no_way(reason: NoWay, lang: Lang = "pl") -> str:
    return _NEEDED[reason][lang]


def blocked_words(reason: Blocked, lang: Lang = "pl") -> str:
    """Fits after the name of a variable and a colon."""
    return _BLOCKED[reason][lang]


def explanation(frame: Frame, result: Comparison, lang: Lang = "pl") -> dict[str, object]:
    """The keys ``expected``, ``improvers`` and ``needed`` (a list, one a goal) of an explained
    comparison; ``why`` is the sentence for a refusal, empty where there is none."""
    asked = (frame, result.unit, result.indicator, result.year, result.role)
    expected, improved = expected_value(*asked), improvers(*asked)
    refusal = expected.refusal
    return {
        "expected": expected.to_dict()
        | {"why": no_expected(refusal.reason, refusal.number, lang) if refusal else ""},
        "improvers": improved.to_dict()
        | {"why": no_improvers(improved.reason, lang) if improved.reason else ""},
        "needed": [
            one.to_dict() | {"why": no_way(one.reason, lang) if one.reason else ""}
            for one in needed(frame, result)
        ],
    }

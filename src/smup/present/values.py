"""One value as words: the number with its unit of measure, or the reason why there is none."""

from smup.catalogue import Indicator, Measure
from smup.language import Lang, format_number
from smup.panel import Flag, Status

_REASONS: dict[Status, dict[Lang, str]] = {
    Status.CONFIDENTIAL: {"pl": "tajemnica statystyczna", "en": "statistical confidentiality"},
    Status.SUPPRESSED_SMALL: {
        "pl": "zbyt mało przypadków, by podać wartość",
        "en": "too few cases to give a value",
    },
    Status.DELEGATED: {
        "pl": "zadanie prowadzi związek, spółka albo inna instytucja",
        "en": "the task is run by a union, company or another institution",
    },
    Status.NOT_APPLICABLE: {
        "pl": "wskaźnik nie dotyczy tej jednostki",
        "en": "the indicator does not apply to this unit",
    },
    Status.NO_DENOMINATOR: {
        "pl": "podstawa wskaźnika równa zeru",
        "en": "the base of the indicator is zero",
    },
    Status.NOT_EXISTING: {
        "pl": "jednostka wtedy nie istniała",
        "en": "the unit did not exist then",
    },
    Status.NOT_BRIDGEABLE: {
        "pl": "zmiana granic, wartości nie da się przeliczyć",
        "en": "boundaries changed and the value cannot be converted",
    },
    Status.BELOW_FORMAT: {
        "pl": "wartość mniejsza niż dokładność źródła",
        "en": "value below the precision of the source",
    },
    Status.NOT_COLLECTED: {
        "pl": "źródło nie podaje tej wartości",
        "en": "the source does not give this value",
    },
    Status.MISSING: {"pl": "danych nie dostarczono", "en": "data not delivered"},
    Status.NOT_YET: {"pl": "jeszcze nie opublikowano", "en": "not published yet"},
}
CLOSE = ("%", "‰")  # symbols that are part of the number
_NO_DATA: dict[Lang, str] = {"pl": "Brak danych", "en": "No data"}
_FLAGS: dict[Flag, dict[Lang, str]] = {
    Flag.PROVISIONAL: {"pl": "dane wstępne", "en": "provisional"},
    Flag.ESTIMATED: {"pl": "wartość szacowana", "en": "estimated"},
    Flag.LOW_PRECISION: {"pl": "mała precyzja", "en": "low precision"},
    Flag.BREAK: {"pl": "przerwa w porównywalności", "en": "break in the series"},
    Flag.JOINT: {"pl": "wspólnie z inną jednostką", "en": "jointly with another unit"},
    Flag.OWN: {"pl": "dane własne jednostki, nieurzędowe", "en": "the unit's own data"},
    Flag.BRIDGED: {"pl": "przeliczone na obecne granice", "en": "converted to present boundaries"},
    Flag.CORRECTED: {"pl": "po poprawce danych źródłowych", "en": "source data corrected"},
}


def reason(status: Status, lang: Lang = "pl") -> str:
    """Why there is no value, in words that fit after a colon. Raises KeyError for a value."""
    return _REASONS[status][lang]


def gap(status: Status, lang: Lang = "pl") -> str:
    """A gap as a sentence without its full stop: "Brak danych: tajemnica statystyczna"."""
    return f"{_NO_DATA[lang]}: {_REASONS[status][lang]}"


def flag_words(flags: int, lang: Lang = "pl") -> list[str]:
    """What stands beside a value, in bit order."""
    return [words[lang] for flag, words in _FLAGS.items() if flags & flag]


def with_symbol(number: str, measure: Measure, lang: Lang) -> str:
    """A written number with the sign of its measure; "%" stands close in English."""
    symbol = getattr(measure.symbol, lang)
    if symbol in ("–", "-", "1"):
        return number
    space = "" if lang == "en" and symbol == "%" else "\u00a0"
    return f"{number}{space}{symbol}"


def number_and_symbol(
    value: float, indicator: Indicator, measure: Measure, lang: Lang = "pl"
) -> tuple[str, str]:
    """The published number and, apart, the symbol of its measure, so that numbers of a column
    align; "%" and "‰" stay with the number and leave the second part empty."""
    number = format_number(value, indicator.decimals, lang)
    symbol = getattr(measure.symbol, lang)
    if symbol in CLOSE:
        return with_symbol(number, measure, lang), ""
    return number, symbol


def value_text(value: float, indicator: Indicator, measure: Measure, lang: Lang = "pl") -> str:
    """The published value: all its decimals and the symbol of its measure."""
    return with_symbol(format_number(value, indicator.decimals, lang), measure, lang)

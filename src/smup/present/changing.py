"""Sentences about change: by how much, against others, is it real, does it go on."""

from collections.abc import Sequence

from smup.catalogue import Indicator, Measure
from smup.compare.breaks import Break
from smup.compare.change import Among, Change
from smup.compare.trend import Segment
from smup.language import Lang, format_number, plural
from smup.language.numbers import MINUS, significant
from smup.present.sentences import ended, said
from smup.present.values import with_symbol

Quarter = tuple[int, int]

POINTS: dict[Lang, str] = {"pl": "pkt proc.", "en": "percentage points"}

_UNSURE: dict[str, dict[Lang, str]] = {
    "not_comparable": {
        "pl": "lat nie można porównywać ze sobą (różne skale)",
        "en": "years stand on different scales and are not comparable",
    },
    "no_value_before": {
        "pl": "brak wartości w roku początkowym",
        "en": "no value in the first year",
    },
    "no_value_after": {
        "pl": "brak wartości w roku końcowym",
        "en": "no value in the last year",
    },
    "no_base": {
        "pl": "procentu nie liczymy od wartości, która nie jest dodatnia",
        "en": "no per cent is taken of a value that is not positive",
    },
    "break": {
        "pl": "między tymi latami jest przerwa w porównywalności",
        "en": "there is a break in the series between these years",
    },
    "borders": {
        "pl": "między tymi latami zmieniły się granice jednostki",
        "en": "the borders of the unit changed between these years",
    },
    "few_years": {
        "pl": "za mało lat danych, by poznać zwykłe wahania",
        "en": "too few years of data to know the usual variation",
    },
    "overlapping_years": {
        "pl": "obie wartości są sumami kilku lat i mają wspólne lata",
        "en": "both values are sums over several years and share some of them",
    },
}
# In the better half or not, change better than the median or not
_JUDGED: dict[tuple[bool, bool], dict[Lang, str]] = {
    (True, True): {"pl": "Przoduje i zyskuje", "en": "Ahead and gaining"},
    (True, False): {"pl": "Przoduje, ale traci", "en": "Ahead, losing ground"},
    (False, True): {"pl": "Nadrabia", "en": "Catching up"},
    (False, False): {"pl": "Zostaje w tyle", "en": "Falling behind"},
}
# To the right and upwards or not
_NEUTRAL: dict[tuple[bool, bool], dict[Lang, str]] = {
    (True, True): {"pl": "Wyżej, zmiana wyższa", "en": "Higher, higher change"},
    (True, False): {"pl": "Wyżej, zmiana niższa", "en": "Higher, lower change"},
    (False, True): {"pl": "Niżej, zmiana wyższa", "en": "Lower, higher change"},
    (False, False): {"pl": "Niżej, zmiana niższa", "en": "Lower, lower change"},
}
_REAL: dict[Lang, str] = {
    "pl": "Zmiana jest wyraźna: {why}",
    "en": "The change is real: {why}",
}
_NOISE: dict[Lang, str] = {
    "pl": "Zmiana mieści się w granicach przypadku: {why}",
    "en": "The change is within what chance explains: {why}",
}


def unsure_words(reason: str, lang: Lang) -> str:
    """Why a change cannot be told or told from chance, without a full stop."""
    return _UNSURE[reason][lang]


def quarter_names(indicator: Indicator, lang: Lang) -> dict[Quarter, str]:
    """What the quarters of situation and change are called, by side of the value (or, with a
    target, of the distance to it) and of the change: good and bad only where there is a better."""
    if indicator.better == "neither":
        return {(x, y): _NEUTRAL[x > 0, y > 0][lang] for x in (-1, 1) for y in (-1, 1)}
    good = 1 if indicator.better == "higher" else -1
    return {(x, y): _JUDGED[x == good, y == good][lang] for x in (-1, 1) for y in (-1, 1)}


def amount_words(amount: float, indicator: Indicator, measure: Measure, lang: Lang) -> str:
    """A change with its sign: "+1,2 pkt proc.", "−4,4%", "+12 zł/os."."""
    percent = indicator.change == "percent"
    written = format_number(abs(amount), 1 if percent else indicator.decimals, lang)
    sign = "+" if amount > 0 else MINUS if amount < 0 else ""
    if percent:
        return f"{sign}{written}%"
    if indicator.change == "percentage_points":
        return f"{sign}{written}\u00a0{POINTS[lang]}"
    return with_symbol(f"{sign}{written}", measure, lang)


def change_sentence(
    name: str, change: Change, indicator: Indicator, measure: Measure, lang: Lang
) -> str:
    """Hel: z 4,8 na 1000 ludności w 2019 r. do 5,1 w 2024 r. (+0,3 na 1000 ludności)."""
    if change.before is None or change.after is None or change.reason == "not_comparable":
        head = "Nie da się podać zmiany" if lang == "pl" else "No change can be given"
        return f"{name}: {head[0].lower()}{head[1:]}: {unsure_words(change.reason or '', lang)}."
    before = said(format_number(change.before, indicator.decimals, lang), measure, lang)
    after = format_number(change.after, indicator.decimals, lang)
    if lang == "pl":
        text = f"{name}: z {before} w {change.start} r. do {after} w {change.end} r."
    else:
        text = f"{name}: from {before} in {change.start} to {after} in {change.end}"
    if change.amount is not None:
        amount = amount_words(change.amount, indicator, measure, lang)
        text = f"{text.removesuffix('.')}"
        return f"{text}{'.' if lang == 'pl' else ''} ({amount})."
    return f"{text.removesuffix('.')}; {unsure_words('no_base', lang)}."


def constant_sentence(change: Change, indicator: Indicator, measure: Measure, lang: Lang) -> str:
    """The same change of an amount in constant prices; "" where there is none."""
    if change.constant is None:
        return ""
    amount = amount_words(change.constant, indicator, measure, lang)
    if lang == "en":
        return ended(f"In constant prices of {change.end}: {amount}")
    return ended(f"W cenach stałych z {change.end} r.: {amount}")


def among_sentence(
    one: Among, group: str, indicator: Indicator, measure: Measure, lang: Lang
) -> str:
    """W grupie „gminy wiejskie” mediana zmian to +0,1 pkt proc. (jednostek z danymi: 1 480); …

    ``group`` is the name of the fixed group; peers need none.
    """
    if one.median is None:
        return ""
    middle = amount_words(one.median, indicator, measure, lang)
    number = format_number(one.with_data, 0, lang)
    peers = one.id == "peers"
    if lang == "en":
        where = "Among similar units" if peers else f"In the group “{group}”"
        text = f"{where} the median change is {middle} (units with data: {number})"
        return text + (f"; this unit is number {one.position}." if one.position else ".")
    where = "Wśród jednostek podobnych" if peers else f"W grupie „{group}”"
    text = f"{where} mediana zmian to {middle} (jednostek z danymi: {number})"
    return text + (f"; ta jednostka jest na miejscu {one.position}." if one.position else ".")


def chance_sentence(change: Change, indicator: Indicator, measure: Measure, lang: Lang) -> str:
    """Is the change real, and by which measure; or why that cannot be said."""
    chance = change.chance
    if chance is None:
        head = "Czy zmiana jest wyraźna, nie da się powiedzieć" if lang == "pl" else ""
        head = head or "Whether the change is real cannot be told"
        return f"{head}: {unsure_words(change.unsure or '', lang)}."
    frame = (_REAL if chance.real else _NOISE)[lang]
    if chance.low is not None and chance.high is not None:
        low, high = (_signed(value, indicator, lang) for value in (chance.low, chance.high))
        why = (
            f"przypadkiem mogłaby wynieść od {low} do {high} (95%)"
            if lang == "pl"
            else f"by chance it could have come out from {low} to {high} (95%)"
        )
    elif chance.p is not None:
        percent = format_number(100 * chance.p, 1, lang)
        below = "<\u00a00,1" if lang == "pl" else "<\u00a00.1"
        shown = below if 100 * chance.p < 0.05 else percent
        why = (
            f"przy tej samej częstości zdarzeń taka różnica trafia się w {shown}% przypadków"
            if lang == "pl"
            else f"with an unchanged rate such a difference comes up in {shown}% of cases"
        )
    else:
        limit = amount_words(chance.limit or 0.0, indicator, measure, lang).lstrip("+")
        why = (
            f"zwykłe wahania z roku na rok sięgają {limit}"
            if lang == "pl"
            else f"usual variation from year to year reaches {limit}"
        )
    return ended(frame.format(why=why))


def _signed(value: float, indicator: Indicator, lang: Lang) -> str:
    written = format_number(abs(value), indicator.decimals, lang)
    return f"{MINUS if value < 0 else '+'}{written}"


def trend_test_sentence(
    segments: Sequence[Segment], indicator: Indicator, measure: Measure, lang: Lang
) -> str:
    """What the test says of the newest segment, or of the newest one long enough."""
    if not segments:
        return "Brak wartości." if lang == "pl" else "No values."
    newest = segments[-1]
    tested = next((one for one in reversed(segments) if one.slope is not None), None)
    if tested is None:
        return _too_few(newest, broken=len(segments) > 1, lang=lang)
    told = _tested(tested, indicator, measure, lang)
    if tested is newest:
        return told
    return f"{_too_few(newest, broken=True, lang=lang)} {told}"


def _too_few(segment: Segment, broken: bool, lang: Lang) -> str:
    years = format_number(segment.n, 0, lang)
    if lang == "en":
        since = f" since the break of {segment.start}" if broken else ""
        noun = "year" if segment.n == 1 else "years"
        return f"Only {years} {noun} with a value{since}; a trend needs five."
    noun = plural(segment.n, "rok", "lata", "lat")
    since = f" od przerwy w {segment.start} r." if broken else ""
    return f"Tylko {years} {noun} z wartością{since}; do oceny trendu trzeba pięciu."


def _tested(segment: Segment, indicator: Indicator, measure: Measure, lang: Lang) -> str:
    slope = segment.slope or 0.0
    written = significant(abs(slope), 2, lang)
    sign = "+" if slope > 0 else MINUS if slope < 0 else ""
    each = f"{sign}{written}\u00a0{POINTS[lang]}"
    if indicator.change != "percentage_points":
        each = with_symbol(f"{sign}{written}", measure, lang)
    chance = _p_words(segment.p or 0.0, lang)
    if lang == "en":
        span = f"{segment.start}–{segment.end}, {segment.n} years with a value"
        word = {"rising": "rising", "falling": "falling"}.get(segment.direction)
        if word is None:
            return f"No clear trend ({span}): the order of values may well be chance ({chance})."
        return f"The trend is {word} ({span}): typically {each} a year ({chance})."
    span = f"{segment.start}–{segment.end}, lat z wartością: {segment.n}"
    word = {"rising": "rosnący", "falling": "malejący"}.get(segment.direction)
    if word is None:
        return f"Bez wyraźnego trendu ({span}): kolejność wartości może być przypadkiem ({chance})."
    return f"Trend {word} ({span}): przeciętnie {each} rocznie ({chance})."


def _p_words(p: float, lang: Lang) -> str:
    less = p < 0.001
    number = format_number(0.001 if less else p, 3, lang)
    return f"p\u00a0{'<' if less else '='}\u00a0{number}"


def breaks_sentence(breaks: Sequence[Break], lang: Lang) -> str:
    """Every break between the years, with its reason; "" for none."""
    if not breaks:
        return ""
    told = "; ".join(_break(one, lang) for one in breaks)
    head = "Przerwa w porównywalności" if lang == "pl" else "Break in the series"
    return f"{head}: {told}."


def _break(one: Break, lang: Lang) -> str:
    year = f"{one.year} r." if lang == "pl" else str(one.year)
    if one.reason is None:
        marked = "oznaczona przez źródło" if lang == "pl" else "marked by the source"
        return f"{year} ({marked})"
    return f"{year} ({getattr(one.reason, lang)})"

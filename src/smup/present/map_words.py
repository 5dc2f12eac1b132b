"""What a map shows, in words: where the ends are, how many units have a value."""

from collections.abc import Sequence

from smup.language import Lang, format_number

_OF_LEVEL: dict[str, dict[Lang, tuple[str, str]]] = {
    "gmina": {"pl": ("gminy", "gmin"), "en": ("gmina", "gminas")},
    "powiat": {"pl": ("powiatu", "powiatów"), "en": ("powiat", "powiats")},
    "wojewodztwo": {"pl": ("województwa", "województw"), "en": ("voivodeship", "voivodeships")},
}


def ends_sentence(
    highest: Sequence[str], lowest: Sequence[str], top: str, low: str, lang: Lang
) -> str:
    """Najwyższa wartość: Warszawa (1 861 599 os.), najniższa: Krynica Morska (1 182 os.).

    ``highest`` and ``lowest`` are the names of the units that share the greatest and the least
    value, ``top`` and ``low`` those values in words. One value for all is said as such.
    """
    if top == low:
        if lang == "en":
            return f"Every unit with a value has the same: {top}."
        return f"Wszystkie jednostki z wartością mają tę samą: {top}."
    first, last = _named(highest, top, lang), _named(lowest, low, lang)
    if lang == "en":
        return f"Highest value: {first}; lowest: {last}."
    return f"Najwyższa wartość: {first}; najniższa: {last}."


def shown_sentence(known: int, of: int, level: str, lang: Lang) -> str:
    """Wartość podano dla 2 301 z 2 479 gmin (92%)."""
    one, many = _OF_LEVEL[level][lang]
    numbers = f"{format_number(known, 0, lang)} {'of' if lang == 'en' else 'z'} "
    numbers += f"{format_number(of, 0, lang)} {one if of == 1 else many}"
    share = f" ({100 * known // of}%)" if 0 < known < of else ""
    if lang == "en":
        return f"A value is given for {numbers}{share}."
    return f"Wartość podano dla {numbers}{share}."


def _named(names: Sequence[str], value: str, lang: Lang) -> str:
    """One name and the value; of many that share it, how many they are."""
    if len(names) == 1:
        return f"{names[0]} ({value})"
    if len(names) == 2:
        return f"{names[0]} {'and' if lang == 'en' else 'i'} {names[1]} ({value})"
    n = format_number(len(names), 0, lang)
    return f"{value} ({n} units)" if lang == "en" else f"{value} (jednostek: {n})"

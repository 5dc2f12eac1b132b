"""How a unit is called and introduced. Names keep the form of the register."""

from collections.abc import Mapping

from smup.language import Lang
from smup.territory import Kind, Level, Territory, Unit

_KINDS: dict[Kind, dict[Lang, str]] = {
    Kind.GMINA_MIEJSKA: {"pl": "gmina miejska", "en": "urban gmina"},
    Kind.GMINA_WIEJSKA: {"pl": "gmina wiejska", "en": "rural gmina"},
    Kind.GMINA_MIEJSKO_WIEJSKA: {"pl": "gmina miejsko-wiejska", "en": "urban-rural gmina"},
    Kind.MIASTO: {"pl": "miasto na prawach powiatu", "en": "city with powiat rights"},
    Kind.POWIAT: {"pl": "powiat", "en": "powiat"},
    Kind.GMINY_POWIATU: {"pl": "gminy powiatu razem", "en": "gminas of the powiat together"},
    Kind.WOJEWODZTWO: {"pl": "województwo", "en": "voivodeship"},
    Kind.KRAJ: {"pl": "kraj", "en": "country"},
}
_LEVELS: dict[Level, dict[Lang, str]] = {
    Level.GMINA: {"pl": "gminy", "en": "gminas"},
    Level.POWIAT: {"pl": "powiaty", "en": "powiats"},
    Level.WOJEWODZTWO: {"pl": "województwa", "en": "voivodeships"},
    Level.KRAJ: {"pl": "kraj", "en": "country"},
}


def kind_name(kind: Kind, lang: Lang) -> str:
    return _KINDS[kind][lang]


def level_name(level: Level, lang: Lang) -> str:
    """The units of a level in the plural: "gminy"."""
    return _LEVELS[level][lang]


def title(unit: Unit, lang: Lang = "pl") -> str:
    """The name by which a unit is headed: "Hel", "powiat bolesławiecki", "Polska"."""
    if unit.kind is Kind.KRAJ:
        return "Polska" if lang == "pl" else "Poland"
    if unit.kind is Kind.GMINY_POWIATU:
        name = " ".join(
            word.removesuffix("ego") for word in unit.name.removeprefix("gminy powiatu ").split(" ")
        )  # bolesławieckiego -> bolesławiecki
        return f"powiat {name}: gminy razem" if lang == "pl" else f"powiat {name}: all gminas"
    if unit.kind in (Kind.POWIAT, Kind.WOJEWODZTWO):
        return f"{kind_name(unit.kind, lang)} {unit.name}"
    return unit.name


def where(unit: Unit, territory: Territory, lang: Lang = "pl") -> str:
    """Kind and place, enough to tell units of one name apart."""
    parts = [] if unit.kind in (Kind.POWIAT, Kind.WOJEWODZTWO) else [kind_name(unit.kind, lang)]
    parts += [title(territory.units[code], lang) for code in unit.parents if code != unit.code]
    return ", ".join(parts)


def telling_title(unit: Unit, territory: Territory, lang: Lang = "pl") -> str:
    """The title, with kind and place where another unit is headed alike: no two are the same."""
    heading = title(unit, lang)
    if unit.code not in territory.namesakes:
        return heading
    place = where(unit, territory, lang) or kind_name(unit.kind, lang)
    gone = f", {unit.code}" if unit.valid_to else ""
    return f"{heading} ({place}{gone})"


def telling_titles(territory: Territory, lang: Lang) -> Mapping[str, str]:
    """The telling title of every unit, by code; those of the territory asked for last are kept."""
    kept = _KEPT.get(lang)
    if kept is None or kept[0] is not territory:
        titles = {unit.code: telling_title(unit, territory, lang) for unit in territory}
        kept = _KEPT[lang] = territory, titles
    return kept[1]


_KEPT: dict[Lang, tuple[Territory, Mapping[str, str]]] = {}  # to make them takes 10 ms

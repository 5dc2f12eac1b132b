"""How a unit is called and introduced. Names keep the form of the register."""

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
        name = unit.name.removeprefix("powiat ")
        return f"powiat {name}: gminy razem" if lang == "pl" else f"powiat {name}: all gminas"
    if unit.kind in (Kind.POWIAT, Kind.WOJEWODZTWO):
        return f"{kind_name(unit.kind, lang)} {unit.name}"
    return unit.name


def where(unit: Unit, territory: Territory, lang: Lang = "pl") -> str:
    """Kind and place, enough to tell units of one name apart."""
    parts = [] if unit.kind in (Kind.POWIAT, Kind.WOJEWODZTWO) else [kind_name(unit.kind, lang)]
    parts += [title(territory.units[code], lang) for code in unit.parents if code != unit.code]
    return ", ".join(parts)


def year_span(years: list[int]) -> str:
    """Years with data as runs: "2024", "2015, 2019, 2023", "1995–2022, 2024"; "" for none."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)

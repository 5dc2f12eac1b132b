"""The words around every figure: what is measured, where it comes from, what it must say."""

from smup.catalogue import Indicator
from smup.compute.formula import names
from smup.language import Lang, format_number
from smup.present.sentences import out_of
from smup.store.releases import Release
from smup.telling.strings import strings


def subtitle(release: Release, indicator: Indicator, when: str, lang: Lang) -> str:
    """What is measured, in which unit, when."""
    measure = release.catalogue.measures[indicator.unit]
    return f"{getattr(indicator.name, lang)}, {getattr(measure.symbol, lang)}, {when}"


def foot(release: Release, indicator: Indicator, lang: Lang) -> str:
    return sources_foot(release, published_by(release, indicator, lang), lang)


def sources_foot(release: Release, sources: list[str], lang: Lang) -> str:
    """The foot of a figure made from these sources."""
    t, publishers = strings(lang), "; ".join(sources).removesuffix(".")
    return f"{t['source']}: {publishers}. {t['release']} {release.id}."


def counted_foot(
    release: Release, indicator: Indicator, known: int, everybody: int, lang: Lang
) -> str:
    """The foot of a figure of many units: how many have a value, then source and release."""
    return f"{counted(known, everybody, lang)} {foot(release, indicator, lang)}"


def counted(known: int, everybody: int, lang: Lang) -> str:
    """How many units have a value, of how many."""
    whole = out_of(everybody, lang)
    return strings(lang)["chart_counted"].format(known=format_number(known, 0, lang), all=whole)


def published_by(release: Release, indicator: Indicator, lang: Lang) -> list[str]:
    """Where the values of the release come from: of the sources of an indicator those it holds
    files of. Nobody published invented ones; of values nobody has yet, all that may give them."""
    if release.synthetic:
        return [strings(lang)["synthetic_source"]]
    named, held = source_ids(release, indicator, lang), {str(one["id"]) for one in release.sources}
    return [words for ident, words in named.items() if ident in held] or list(named.values())


def mark(release: Release, lang: Lang) -> str:
    """What a picture of invented figures says of itself, short enough for a phone; nothing for
    official ones."""
    return strings(lang)["synthetic_mark"] if release.synthetic else ""


def source_titles(release: Release, indicator: Indicator, lang: Lang) -> list[str]:
    """Publisher and title of every source of the variables a formula names, each once."""
    return list(source_ids(release, indicator, lang).values())


def source_ids(release: Release, indicator: Indicator, lang: Lang) -> dict[str, str]:
    """The same by the id of the source."""
    catalogue = release.catalogue
    found: dict[str, str] = {}
    for variable in variables_of(release, indicator):
        for place in catalogue.variables[variable].sources:
            source = catalogue.sources.get(place.source)
            if source is not None:
                found[source.id] = f"{source.publisher}, {getattr(source.title, lang)}"
    return found


def variables_of(release: Release, indicator: Indicator) -> list[str]:
    """Variables behind an indicator, in order of appearance."""
    return [name.id for name in names(release.frame.formulas[indicator.id])]


def invented_column(lang: Lang) -> tuple[list[str], list[str]]:
    """The last column of a table of invented figures: its heading, and what every row says."""
    t = strings(lang)
    return [t["synthetic_name"]], [t["synthetic_row"]]

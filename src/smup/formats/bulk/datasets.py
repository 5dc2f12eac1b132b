"""What a release offers as data sets: one of everything, and one an area.

The catalogue of the European Union, the national portal and search engines are told the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from smup.catalogue.base import Text
from smup.formats.bulk.listing import (
    METADATA,
    BulkFile,
    areas,
    built_in,
    by_area,
    whole,
)
from smup.store.release import Release

WHOLE = "smup"
# Themes of the European catalogue, which the national portal knows under the same names.
REGIONS = "REGI"
THEMES: Mapping[str, tuple[str, ...]] = {
    "edukacja": ("EDUC",),
    "lokalna-polityka-spoleczna": ("SOCI",),
    "kultura-i-rekreacja": ("EDUC", "SOCI"),
    "drogownictwo-i-transport": ("TRAN",),
    "ochrona-srodowiska": ("ENVI",),
    "gospodarowanie-nieruchomosciami": ("GOVE",),
    "inwestycje-i-budownictwo": ("GOVE",),
    "geodezja-i-kartografia": ("GOVE",),
    "podatki-i-oplaty-lokalne": ("ECON",),
    "finanse-jst": ("ECON",),
    "kontekst": ("SOCI",),
}
_TITLE = Text(
    pl="Wskaźniki usług publicznych gmin, powiatów i województw",
    en="Indicators of public services of Polish gminas, powiats and voivodeships",
)
_DESCRIPTION = Text(
    pl="Wartości wskaźników albo powód ich braku, zmienne, z których je obliczono, definicje, "
    "jednostki i uwagi do danych źródłowych. Jeden wiersz opisuje jedną wartość.",
    en="Values of indicators or the reason for their absence, the variables they were computed "
    "from, definitions, units and remarks on source data. One row describes one value.",
)
KEYWORDS = {
    "pl": ("usługi publiczne", "samorząd terytorialny", "gminy", "powiaty", "statystyka"),
    "en": ("public services", "local government", "municipalities", "statistics"),
}
INVENTED = Text(pl="DANE ZMYŚLONE", en="INVENTED DATA")


@dataclass(frozen=True)
class Dataset:
    """One data set of a release; ``area`` is None for all of it. ``page`` is a path of the portal,
    ``years`` the first and last with any value (None where there is none)."""

    id: str
    area: str | None
    title: Text
    description: Text
    keywords: Mapping[str, tuple[str, ...]]
    themes: tuple[str, ...]
    years: tuple[int, int] | None
    page: str
    files: tuple[BulkFile, ...]


def datasets(release: Release) -> tuple[Dataset, ...]:
    """The data sets of a release, that of everything first."""
    return (_everything(release), *(_of_area(release, area) for area in areas(release)))


def _everything(release: Release) -> Dataset:
    files = [one for one in built_in(release) if not one.path.endswith(METADATA)]
    return Dataset(
        id=WHOLE,
        area=None,
        title=_marked(_TITLE, release),
        description=_DESCRIPTION,
        keywords=KEYWORDS,
        themes=(REGIONS, "GOVE"),
        years=_span(release, list(release.indicators.items)),
        page="/pliki",
        files=(*whole(), *files),
    )


def _of_area(release: Release, area: str) -> Dataset:
    told = release.catalogue.areas[area]
    title = Text(
        pl=f"Wskaźniki usług publicznych: {told.name.pl}",
        en=f"Indicators of public services: {told.name.en}",
    )
    description = Text(
        pl=f"{told.summary.pl} {_DESCRIPTION.pl}", en=f"{told.summary.en} {_DESCRIPTION.en}"
    )
    named = {lang: (*words, getattr(told.name, lang).lower()) for lang, words in KEYWORDS.items()}
    return Dataset(
        id=f"{WHOLE}-{area}"[:36],
        area=area,
        title=_marked(title, release),
        description=description,
        keywords=named,
        themes=(REGIONS, *THEMES.get(area, ())),
        years=_span(release, areas(release)[area]),
        page=f"/obszar/{area}",
        files=tuple(
            one for one in by_area(release) if one.scope == area and not one.path.endswith(METADATA)
        ),
    )


def _span(release: Release, items: list[str]) -> tuple[int, int] | None:
    years = {year for item in items for year in release.years_of(item)}
    return (min(years), max(years)) if years else None


def _marked(title: Text, release: Release) -> Text:
    if not release.synthetic:
        return title
    return Text(pl=f"{INVENTED.pl}. {title.pl}", en=f"{INVENTED.en}. {title.en}")

"""Indicators that wait for data: which variables are missing and who is to supply them."""

from collections.abc import Iterable
from typing import Any

from smup.catalogue import Indicator
from smup.language import Lang, plural
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.strings import strings


def is_fed(release: Release, indicator: Indicator) -> bool:
    """Has anybody a value in any year?"""
    return bool(release.years_of(indicator.id))


def fed(release: Release, indicators: Iterable[Indicator]) -> list[Indicator]:
    return [one for one in indicators if is_fed(release, one)]


def waiting(release: Release, indicators: Iterable[Indicator], lang: Lang) -> list[dict[str, Any]]:
    """Name, address and supplier of those without a single value."""
    return [
        {
            "name": getattr(one.name, lang),
            "href": Addresses(lang).indicator(one.id),
            "suppliers": ", ".join(suppliers(release, one)),
        }
        for one in indicators
        if not is_fed(release, one)
    ]


def suppliers(release: Release, indicator: Indicator) -> tuple[str, ...]:
    """Who is to supply what is missing; nobody where all variables have values somewhere."""
    return release.fed.suppliers(release.catalogue, indicator.id)


def missing_variables(release: Release, indicator: Indicator, lang: Lang) -> list[dict[str, str]]:
    """The variables an indicator waits for, each with its first source."""
    catalogue = release.catalogue
    found = []
    for name in release.fed.waits_for[indicator.id]:
        variable = catalogue.variables[name]
        source = catalogue.sources[variable.sources[0].source]
        found.append(
            {
                "name": getattr(variable.name, lang),
                "publisher": source.publisher,
                "source": getattr(source.title, lang),
                "form": variable.sources[0].form or "",
            }
        )
    return found


def waiting_words(count: int, lang: Lang) -> str:
    """ "12 wskaźników czeka na dane"; "" for none."""
    if not count:
        return ""
    t = strings(lang)
    form = plural(count, t["waiting_one"], t["waiting_few"], t["waiting_many"])
    return form.format(n=count)

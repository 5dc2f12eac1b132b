"""What is new in a release beside the one built before it, in a few lines."""

from typing import Any

from smup.language import Lang, format_number, plural
from smup.store.errors import StoreError
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import year_span
from smup.telling.strings import strings
from smup.web.config.current import releases
from smup.web.portal.known_releases import before, changed

SHOWN = 6  # indicators named


def news(release: Release, lang: Lang) -> dict[str, Any] | None:
    """None where there is no earlier release to compare with."""
    earlier = before(release)
    if earlier is None:
        return None
    try:
        found = changed(releases().open(earlier.id), release)
    except (StoreError, OSError, ValueError):
        return None
    t, to = strings(lang), Addresses(lang)
    totals = {key: sum(getattr(one, key) for one in found) for key in ("appeared", "revised")}
    newer = sorted((one for one in found if one.years), key=lambda one: -one.appeared)
    return {
        "lead": t["start_news_lead"].format(id=earlier.id),
        "totals": ", ".join(_counted(key, n, lang) for key, n in totals.items() if n)
        or t["start_news_none"],
        "indicators": [
            {
                "name": getattr(release.catalogue.indicators[one.indicator].name, lang),
                "href": to.indicator(one.indicator),
                "note": year_span(list(one.years)),
            }
            for one in newer[:SHOWN]
        ],
        "href": to.page(f"/wydania/{earlier.id}/{release.id}"),
    }


def _counted(key: str, count: int, lang: Lang) -> str:
    t = strings(lang)
    forms = (t[f"start_news_{key}_{form}"] for form in ("one", "few", "many"))
    one, few, many = forms
    words = plural(count, one, few, many) if lang == "pl" else (one if count == 1 else many)
    return words.format(n=format_number(count, 0, lang))

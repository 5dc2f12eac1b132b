"""What became of one indicator's values since the release built before this one."""

from collections.abc import Mapping

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.store.errors import StoreError
from smup.store.releases import Release
from smup.store.revisions import IndicatorRevisions, revisions
from smup.telling.strings import strings
from smup.web.config.current import releases
from smup.web.portal.known_releases import before, diff_address


def revised(release: Release, indicator: Indicator, lang: Lang) -> Mapping[str, str]:
    """Words and the address of the whole comparison; {} where there is no earlier release, or the
    indicator was not in it."""
    earlier = before(release)
    if earlier is None or indicator.id not in release.indicators.item_index:
        return {}
    try:
        old = releases().open(earlier.id).indicators
    except (StoreError, OSError, ValueError):
        return {}
    names = (indicator.id, *indicator.renamed_from)
    held = next((name for name in names if name in old.item_index), None)
    if held is None:
        return {}
    now = release.indicators.select(items=[indicator.id])
    found = next(iter(revisions(old, now, {indicator.id: held})), None)
    href = diff_address(earlier, release.id, lang)
    return {"words": _words(found, earlier.id, lang), "href": href}


def _words(found: IndicatorRevisions | None, earlier: str, lang: Lang) -> str:
    t = strings(lang)
    if found is None:
        return t["number_not_revised"].format(id=earlier)
    parts = ("appeared", "revised", "gone", "reasons")
    counts = {part: format_number(getattr(found, part), 0, lang) for part in parts}
    return t["number_revised"].format(id=earlier, **counts)

"""The releases of the store in order of building, and what two of them say otherwise."""

from functools import lru_cache

from smup.language import Lang
from smup.store.errors import StoreError
from smup.store.releases import Release, ReleaseInfo
from smup.store.revisions import IndicatorRevisions, revisions
from smup.telling.addresses import Addresses
from smup.web.config.current import releases
from smup.web.portal.reading import NothingHere


def the_release(asked: str, lang: Lang) -> Release:
    """The release of this id. Raises NothingHere with those there are."""
    try:
        return releases().open(asked)
    except (StoreError, OSError, ValueError) as error:
        to = Addresses(lang)
        known = [
            {"name": one.id, "note": "", "href": to.page(f"/wydania/{one.id}")}
            for one in by_creation()
        ]
        raise NothingHere("release", asked, known[:10]) from error


def by_creation() -> list[ReleaseInfo]:
    """Releases of the store, the one built last first; damaged ones last."""
    return sorted(releases().list(), key=lambda info: info.created, reverse=True)


def before(release: Release) -> ReleaseInfo | None:
    """The release built before this one; None where it is the first, or the others are damaged."""
    earlier = (one for one in by_creation() if one.created and one.created < release.created)
    return next(earlier, None)


def diff_address(one: ReleaseInfo, other: str, lang: Lang) -> str:
    """The page of what changed from the earlier of the two to the later."""
    first, second = sorted((one, releases().info(other)), key=lambda info: info.created)
    return Addresses(lang).page(f"/wydania/{first.id}/{second.id}")


@lru_cache(maxsize=8)
def changed(old: Release, new: Release) -> tuple[IndicatorRevisions, ...]:
    """Remembered: two releases never change, and a whole country takes about a second."""
    return revisions(old.indicators, new.indicators, former_names(new))


def former_names(new: Release) -> dict[str, str]:
    return {today: once for once, today in new.catalogue.renamed.items()}

"""A correction in words."""

from smup.catalogue.quality import Correction, Told
from smup.language import Lang
from smup.panel import STATUS_NAMES
from smup.present.values import reason, with_symbol
from smup.store.releases import Release
from smup.telling.strings import strings
from smup.telling.units.facts import day_words

_STATUSES = {name: status for status, name in STATUS_NAMES.items()}


def corrected(release: Release, one: Correction, lang: Lang) -> str:
    """What the source said, what the release says, why and by what right."""
    return strings(lang)["quality_corrected"].format(
        expect=_words(release, one, one.expect, lang),
        becomes=_words(release, one, one.becomes, lang),
        reason=getattr(one.reason, lang),
        document=one.evidence.document,
        by=one.by,
        day=day_words(one.day, lang),
    )


def _words(release: Release, one: Correction, told: Told, lang: Lang) -> str:
    if told.value is None:
        why = reason(_STATUSES[str(told.status)], lang)
        return strings(lang)["quality_gap"].format(reason=why)
    catalogue = release.catalogue
    number = f"{told.value:.15g}".replace(".", "," if lang == "pl" else ".")
    return with_symbol(number, catalogue.measures[catalogue.variables[one.variable].unit], lang)

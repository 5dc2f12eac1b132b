"""The appendix: how places, groups, similar units, intervals and gaps are made."""

from functools import lru_cache

from smup.describe import Speaker, method_page
from smup.documents import Block, Facts, Paragraph, Section, Strong
from smup.documents.blocks import plain
from smup.language import Lang
from smup.reports.matter import Matter
from smup.store.releases import Release
from smup.telling.strings import strings

# Sections of the methodology with how many of their paragraphs a report needs.
TOLD = {
    "zaokraglanie": 1,
    "porownania": 3,
    "podobne": 1,
    "miasta": 2,
    "przypadek": 1,
    "tajemnica": 1,
    "zmiana": 3,
}
GAPS = "braki"


def method(matter: Matter, _: str = "") -> Section:
    """The part of the methodology that a reader of these figures needs."""
    title = strings(matter.lang)["report_method"]
    return Section("method", title, _blocks(matter.release, matter.lang))


@lru_cache(maxsize=8)
def _blocks(release: Release, lang: Lang) -> tuple[Block, ...]:
    page = method_page(Speaker(release.catalogue, lang))
    found: dict[str, Section] = {one.id: one for one in page.sections}
    told: list[Block] = [Paragraph((strings(lang)["report_method_lead"],), "quiet")]
    for name, most in TOLD.items():
        told.append(Section(f"method-{name}", found[name].title, found[name].blocks[:most]))
    told.append(_gaps(found[GAPS]))
    return tuple(told)


def _gaps(section: Section) -> Section:
    """Every reason with its meaning, as a list of names."""
    lead = tuple(one for one in section.blocks if isinstance(one, Paragraph))
    reasons = (one for one in section.blocks if isinstance(one, Section))
    rows = tuple(
        ((Strong(one.title),), tuple((plain(p.line),) for p in one.blocks
                                     if isinstance(p, Paragraph)))
        for one in reasons
    )  # fmt: skip
    return Section(f"method-{section.id}", section.title, (*lead, Facts(rows)))

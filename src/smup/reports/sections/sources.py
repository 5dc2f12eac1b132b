"""Where the figures come from: publisher, title, day of retrieval, terms; and the release."""

from collections.abc import Mapping
from typing import Any

from smup.documents import Block, Items, Line, Paragraph, Section, Strong, line
from smup.present.sentences import ended
from smup.reports.matter import Matter
from smup.reports.titling import edition, status_words
from smup.telling.captions import source_ids
from smup.telling.strings import strings

Named = tuple[str, Mapping[str, Any]]  # publisher and title in words, and what the release knows


def sources(matter: Matter, _: str = "") -> Section:
    """The release and its status, then every source of a figure told; on a paper of two pages only
    the publishers."""
    t = strings(matter.lang)
    status = status_words(matter)
    told = [edition(matter), *([status[:1].upper() + status[1:]] if status else [])]
    blocks: list[Block] = [Paragraph((" ".join(map(ended, told)),))]
    found = _of_release(matter) if matter.release.synthetic else _of_figures(matter)
    if matter.is_short:
        names = dict.fromkeys(str(one["publisher"]) for _, one in found)
        said = t["report_publishers"].format(names="; ".join(names))
        blocks += [Paragraph((said,))] if names else []
    elif found:
        blocks.append(Items(tuple(_told(matter, words, one) for words, one in found)))
    return Section("sources", t["sources"], tuple(blocks))


def _of_figures(matter: Matter) -> list[Named]:
    """The sources of the values told, with what the release knows of their files."""
    held = {str(one["id"]): one for one in matter.release.sources}
    found: dict[str, str] = {}
    for one in matter.told:
        if one.value is not None:
            found |= source_ids(matter.release, one.indicator, matter.lang)
    return [(words, held[ident]) for ident, words in found.items() if ident in held]


def _of_release(matter: Matter) -> list[Named]:
    """Nobody published invented figures: the release itself says where they are from."""
    return [(f"{one['publisher']}, {one['title']}", one) for one in matter.release.sources]


def _told(matter: Matter, words: str, source: Mapping[str, Any]) -> Line:
    """Publisher and title, the days of retrieval and the terms."""
    t = strings(matter.lang)
    days = sorted({str(file["retrieved"]) for file in source["files"]})
    when = "–".join(dict.fromkeys((days[0], days[-1]))) if days else ""
    said = t["report_source"].format(day=when, licence=source["licence"])
    return line(Strong(ended(words)), f" {ended(said)}")

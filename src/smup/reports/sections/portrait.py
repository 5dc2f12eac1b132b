"""Who the unit is: kind and place, size, borders, and those it is set beside."""

from collections.abc import Sequence

from smup.documents import Block, Fact, Facts, Items, Section, Strong
from smup.documents.blocks import Picture
from smup.reports.matter import Matter
from smup.reports.pictures import trend_picture
from smup.telling.naming import kind_name, title, where
from smup.telling.strings import strings
from smup.telling.units.company import company, group_words
from smup.telling.units.facts import Link, changes, facts, inside, neighbours, successors
from smup.territory import Level

POPULATION = "ludnosc"
MANY = 16  # names said in a row; of more only their number


def portrait(matter: Matter, _: str = "") -> Section:
    """Facts; in a full report also the course of the population and changes of the unit."""
    release, unit, lang, t = matter.release, matter.unit, matter.lang, strings(matter.lang)
    blocks: list[Block] = [Facts(tuple(_facts(matter)))]
    if not matter.is_short:
        blocks += _population(matter)
        changed = [*changes(release, unit, lang)]
        changed += [f"{one.name}: {one.note}" for one in successors(release, unit, lang)]
        if changed:
            items = Items(tuple((one,) for one in changed))
            blocks.append(Section("portrait-changes", t["changes"], (items,)))
    return Section("portrait", t["report_portrait"], tuple(blocks))


def _facts(matter: Matter) -> list[Fact]:
    release, unit, lang, t = matter.release, matter.unit, matter.lang, strings(matter.lang)
    kind, place = kind_name(unit.kind, lang), where(unit, release.territory, lang)
    told = place if place.startswith(kind) else ", ".join(one for one in (kind, place) if one)
    rows = [(t["report_kind"], [told])]
    rows += [(one.name, [f"{one.value} ({one.note})"]) for one in facts(release, unit, lang)]
    group = group_words(release, unit, lang)
    near = _names(neighbours(release, unit, matter.role or unit.level, lang))
    rows += [
        (t["report_group"], [group] if group else []),
        (t["neighbours"], _named(near)),
        (t["comparator_peers"], _named(_peers(matter))),
    ]
    if not matter.is_short:
        within = _names(inside(release, unit, lang))
        rows.append((t.get(f"inside_{unit.kind.value}", ""), _named(within)))
    return [
        ((Strong(f"{name[:1].upper()}{name[1:]}"),), tuple((words,) for words in told))
        for name, told in rows
        if told and name
    ]


def _names(links: Sequence[Link]) -> list[str]:
    """Names of units, of one name with what tells them apart."""
    return [f"{one.name} ({one.note})" if one.note else one.name for one in links]


def _named(names: Sequence[str]) -> list[str]:
    """Names in a row, where they are not too many to be read."""
    if not names:
        return []
    return [", ".join(names)] if len(names) <= MANY else [str(len(names))]


def _peers(matter: Matter) -> list[str]:
    """The similar units of the first area, which stand for the rest; none for who has a group."""
    release, unit = matter.release, matter.unit
    first = matter.definition.area or next(iter(release.catalogue.areas))
    found = company(release, unit, first, matter.role or unit.level or Level.POWIAT)
    if found.basis != "peers":
        return []
    return [title(release.territory.units[code], matter.lang) for code in found.codes]


def _population(matter: Matter) -> list[Block]:
    """Drawn where the release knows more than one year."""
    one = matter.release.catalogue.indicators.get(POPULATION)
    drawn = trend_picture(matter, one) if one is not None and one.id in matter.standings else ""
    return [drawn] if isinstance(drawn, Picture) else []

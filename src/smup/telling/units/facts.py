"""Who a unit is: kind and place, population and area, neighbours, changes, what is missing."""

from dataclasses import dataclass
from datetime import date

from smup.language import Lang, sort_key
from smup.panel import Panel
from smup.panel.panel import FIRST_GAP
from smup.present.values import value_text
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.naming import kind_name, title, where
from smup.telling.strings import strings
from smup.territory import Change, Kind, Level, Succession, Unit

INTRODUCING = ("ludnosc", "powierzchnia", "gestosc-zaludnienia")  # indicators in the heading
_MONTHS = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
]


@dataclass(frozen=True)
class Link:
    name: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of the introduction: what, how much, as of when."""

    name: str
    value: str
    note: str = ""


def day_words(day: date, lang: Lang) -> str:
    """1 stycznia 2019 r., 1 January 2019."""
    if lang == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} r."


def facts(release: Release, unit: Unit, lang: Lang) -> list[Fact]:
    """Population, area and density where the release knows them, each of its newest year."""
    found = []
    for name in INTRODUCING:
        known = newest(release.indicators, name, unit.code)
        if known is None:
            continue
        indicator = release.catalogue.indicators[name]
        words = value_text(known[1], indicator, release.catalogue.measures[indicator.unit], lang)
        found.append(Fact(getattr(indicator.label, lang), words, str(known[0])))
    return found


def parents(release: Release, unit: Unit, lang: Lang) -> list[Link]:
    """The units it lies in, the country first; none for the country itself."""
    to = Addresses(lang)
    codes = [code for code in ("PL", *reversed(unit.parents)) if code != unit.code]
    return [Link(title(release.territory.units[c], lang), to.unit(c)) for c in codes]


def neighbours(release: Release, unit: Unit, role: Level | None, lang: Lang) -> list[Link]:
    """Units with a common border at the level of the role, by name."""
    if role is None:
        return []
    codes = release.territory.neighbours.get((unit.code, role), ())
    return links(release, [release.territory.units[c] for c in codes], lang)


def inside(release: Release, unit: Unit, lang: Lang) -> list[Link]:
    """What lies in a larger unit: województwa of the country, powiats of a województwo, gminas of
    a powiat; existing ones only."""
    units = [u for u in release.territory if u.valid_to is None]
    if unit.kind is Kind.KRAJ:
        wanted = [u for u in units if u.kind is Kind.WOJEWODZTWO]
    elif unit.kind is Kind.WOJEWODZTWO:
        wanted = [u for u in release.territory.powiats_of(unit.code) if u.valid_to is None]
    elif unit.kind is Kind.POWIAT:
        wanted = [u for u in release.territory.members(unit.code) if u.valid_to is None]
    else:
        return []
    return links(release, wanted, lang)


def links(release: Release, units: list[Unit], lang: Lang) -> list[Link]:
    """Links in Polish order; units of one name among them are told apart by kind."""
    names = [title(u, lang) for u in units]
    to = Addresses(lang)
    made = [
        Link(name, to.unit(u.code), kind_name(u.kind, lang) if names.count(name) > 1 else "")
        for u, name in zip(units, names, strict=True)
    ]
    return sorted(made, key=lambda link: sort_key(link.name))


def namesakes(release: Release, unit: Unit, lang: Lang) -> list[Link]:
    """Other units of the same name, with what tells them apart."""
    to = Addresses(lang)
    return [
        Link(title(u, lang), to.unit(u.code), where(u, release.territory, lang))
        for u in release.territory.alternatives(unit)
    ]


def notices(release: Release, unit: Unit, lang: Lang) -> list[str]:
    """What a reader must know before the numbers: abolished, created lately, no outline."""
    t = strings(lang)
    found = []
    if unit.valid_to is not None:
        changes = release.territory.changes_of(unit.code)
        if any(change.what == "zniesienie" and change.day for change in changes):
            found.append(t["unit_abolished"].format(day=day_words(unit.valid_to, lang)))
        else:
            found.append(t["unit_gone"].format(year=unit.valid_to.year - 1))
        if next_ := dict.fromkeys(link.name for link in successors(release, unit, lang)):
            found.append(t["unit_successors"].format(names=", ".join(next_)))
    if unit.valid_from is not None:
        words = t["unit_created"].format(day=day_words(unit.valid_from, lang))
        found.append(words + " " + t["unit_created_gap"].format(year=unit.valid_from.year - 1))
    if not unit.outline and unit.kind not in (Kind.KRAJ, Kind.GMINY_POWIATU, Kind.WOJEWODZTWO):
        found.append(t["no_outline"])
    return found


def changes(release: Release, unit: Unit, lang: Lang) -> list[str]:
    return [_change(change, lang) for change in release.territory.changes_of(unit.code)]


def successors(release: Release, unit: Unit, lang: Lang) -> list[Link]:
    """Where the land of the unit went: link, day, how much of it where known, and in which words
    of the ledger; a change that stands at two levels once."""
    territory, to, found = release.territory, Addresses(lang), {}
    for one in territory.successors_of(unit.code):
        next_ = territory.get(one.to_unit)
        if next_ is not None:
            words = [day_words(one.day, lang), *_shares(one, lang), one.note]
            key = one.to_unit, one.day
            found[key] = Link(title(next_, lang), to.unit(next_.code), "; ".join(words))
    return list(found.values())


def _shares(one: Succession, lang: Lang) -> list[str]:
    t = strings(lang)
    known = {"share_population": one.share_population, "share_area": one.share_area}
    return [t[key].format(share=f"{100 * s:.0f}") for key, s in known.items() if s is not None]


def _change(change: Change, lang: Lang) -> str:
    """A change of the register as a sentence; an unknown day as the window it fell in."""
    t = strings(lang)
    if change.day is not None:
        when = day_words(change.day, lang)
    else:
        when = t["between_days"].format(
            after=day_words(change.after, lang), by=day_words(change.by, lang)
        )
    words = t[f"change_{change.what.replace('-', '_')}"]
    return words.format(when=when, before=change.before, now=change.now) + f" ({change.source})"


def newest(panel: Panel, item: str, unit: str) -> tuple[int, float] | None:
    """The newest (year, value) of one cell row; None where it is unknown or all gaps."""
    if item not in panel.item_index or unit not in panel.unit_index:
        return None
    at = panel.item_index[item], slice(None), panel.unit_index[unit]
    for year, value, status in zip(
        reversed(panel.years), panel.values[at][::-1], panel.status[at][::-1], strict=True
    ):
        if status < FIRST_GAP:
            return year, float(value)
    return None

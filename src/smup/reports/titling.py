"""What a report is called, and what stands on its first page and at the foot of every other."""

from smup.documents import Fact
from smup.documents.document import TitlePage
from smup.language import format_number
from smup.panel import Flag
from smup.reports.definition import Kind
from smup.reports.matter import Matter
from smup.reports.papers import level_of
from smup.reports.papers.saying import year_words
from smup.telling.captions import mark
from smup.telling.naming import kind_name, told_apart, where
from smup.telling.strings import strings
from smup.telling.units.facts import day_words


def title_page(matter: Matter) -> TitlePage:
    """Title, whom it is about, who hands it in, and from which figures it was made; on a paper of
    two pages what its sections do not say."""
    return TitlePage(
        subject_words(matter),
        _subtitle(matter),
        matter.definition.office.name,
        tuple(_facts(matter)),
        mark(matter.release, matter.lang),
    )


def edition(matter: Matter) -> str:
    """What the figures are from, as it stands on every page."""
    return f"{strings(matter.lang)['release_of_data']}: {release_words(matter)}"


def release_words(matter: Matter) -> str:
    """Release and its day."""
    return strings(matter.lang)["report_release"].format(
        release=matter.release.id, day=day_words(matter.made, matter.lang)
    )


def kind_words(matter: Matter) -> str:
    """The name of the kind; the papers of gminas and of powiats have names of their own."""
    level = level_of(matter.unit) if matter.plan.duty else matter.role or matter.unit.level
    named = strings(matter.lang).get(f"report_name_{matter.definition.kind}_{level}")
    return named or str(getattr(matter.plan.name, matter.lang))


def subject_words(matter: Matter) -> str:
    """What the report is about: "Profil jednostki: Hel", "Edukacja: Hel"."""
    subject = _subject(matter)
    names = ", ".join(told_apart(matter.units, matter.lang))
    return f"{subject or kind_words(matter)}: {names}"


def _subtitle(matter: Matter) -> str:
    release, unit = matter.release, matter.unit
    place = where(unit, release.territory, matter.lang) if len(matter.units) == 1 else ""
    parts = [kind_words(matter) if _subject(matter) else "", place]
    return " · ".join(part for part in parts if part)


def _subject(matter: Matter) -> str:
    """The area, service or indicator a report is about; "" for everything."""
    asked, catalogue = matter.definition, matter.release.catalogue
    match asked.kind:
        case Kind.AREA:
            found = catalogue.areas[asked.area].name
        case Kind.SERVICE:
            found = catalogue.services[asked.service].name
        case Kind.INDICATOR:
            found = catalogue.indicators[asked.indicator].name
        case _:
            return ""
    return str(getattr(found, matter.lang))


def _facts(matter: Matter) -> list[Fact]:
    t, lang, unit = strings(matter.lang), matter.lang, matter.unit
    office = matter.definition.office
    role = t[f"role_{(matter.role or unit.levels[0]).value}"] if len(unit.levels) > 1 else ""
    code = f"{kind_name(unit.kind, lang)}, TERYT {unit.teryt7 or unit.code}"
    is_alone, is_whole = len(matter.units) == 1, not matter.is_short
    told = [
        (t["unit_word"], code if is_alone and is_whole else ""),
        (t["role_label"], role if is_alone else ""),
        (t["report_about_year"], year_words(matter) if matter.plan.duty else str(matter.year)),
        (t["years"], _years(matter)),
        (t["release_of_data"], release_words(matter) if is_whole else ""),
        (t["report_status"], status_words(matter) if is_whole else ""),
        (t["report_author"], office.author),
        (t["report_session"], office.session),
    ]
    return [((name,), ((words,),)) for name, words in told if words]


def _years(matter: Matter) -> str:
    asked = matter.definition.years
    return f"{asked[0]}–{asked[1]}" if asked else ""


def status_words(matter: Matter) -> str:
    """Are the figures final? How many of those told are marked provisional; "" without figures."""
    t = strings(matter.lang)
    if matter.release.synthetic:
        return t["synthetic_words"]
    known = [one for one in matter.told if one.value is not None]
    if not known:
        return ""
    early = sum(bool(one.flags & Flag.PROVISIONAL) for one in known)
    if not early:
        return t["report_status_final"]
    count = format_number(early, 0, matter.lang)
    return t["report_status_early"].format(n=count, all=format_number(len(known), 0, matter.lang))

"""A definition and a release become a document: a pure function, the same bytes every time."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from smup.documents import Section
from smup.documents.document import Document, placeholders_of
from smup.reports.definition import Definition
from smup.reports.looking import matter_of
from smup.reports.matter import CannotWrite, Matter
from smup.reports.numbers import numbers
from smup.reports.own_text import own_text
from smup.reports.sections import EVERY, GENERAL, SECTIONS
from smup.reports.slides import slides
from smup.reports.titling import edition, title_page
from smup.reports.words import words
from smup.store.releases import Release
from smup.telling.strings import strings

__all__ = ["CannotWrite", "compose", "section_ids"]


def compose(release: Release, definition: Definition) -> Document:
    """The whole report.

    Raises CannotWrite for a unit, service, area or indicator the release does not have, for a kind
    that is not written for such a unit, and for a part, a text or a comment that belongs nowhere.
    """
    matter = matter_of(release, definition)
    ids = tuple(section_ids(matter))
    made = ((each, _section(matter, each)) for each in ids)
    written = {each: section for each, section in made if section is not None}
    if not written:
        raise CannotWrite(f"Żaden z rozdziałów ({', '.join(ids)}) nie ma tu nic do powiedzenia.")
    _check_comments(matter, tuple(written))
    sections = tuple(_commented(matter, each, section) for each, section in written.items())
    _check_texts(matter, sections)
    return Document(
        title_page=title_page(matter),
        lang=matter.lang,
        edition=edition(matter),
        made=matter.made,
        words=words(matter.lang),
        sections=sections,
        slides=slides(matter, sections),
        contents=matter.plan.contents,
        numbers=partial(numbers, matter),
    )


def section_ids(matter: Matter) -> Iterator[str]:
    """The ids asked for, else those of the kind; ``name:*`` is spelled out.

    Raises CannotWrite for one that this kind of report does not have.
    """
    plan = matter.plan
    own = (one.partition(":")[0] for one in (*plan.sections, *plan.optional))
    fitting = tuple(dict.fromkeys((*own, *GENERAL)))
    for each in matter.definition.sections or plan.sections:
        name, _, argument = each.partition(":")
        if name not in fitting:
            raise CannotWrite(f"Nie ma tu rozdziału „{each}”. Są: {', '.join(fitting)}.")
        every = EVERY.get(name, _none)
        if argument == "*":
            yield from (f"{name}:{one}" for one in every(matter))
        elif argument and argument not in (known := tuple(every(matter))):
            listed = ", ".join(f"{name}:{one}" for one in known) or name
            raise CannotWrite(f"Nie ma tu rozdziału „{each}”. Są: {listed}.")
        else:
            yield each


def _none(_: Matter) -> tuple[str, ...]:
    """What may follow the colon of a part without arguments."""
    return ()


def _section(matter: Matter, each: str) -> Section | None:
    """A part under the id by which it was asked for, as an anchor: links and files know it."""
    name, _, argument = each.partition(":")
    made = SECTIONS[name](matter, argument)
    return None if made is None else replace(made, id=each.replace(":", "-"))


def _commented(matter: Matter, each: str, section: Section) -> Section:
    """With the author's own words at its end."""
    own = own_text(matter.definition.comments.get(each, ""))
    if not own:
        return section
    heading = strings(matter.lang)["report_comment"]
    return replace(
        section, blocks=(*section.blocks, Section(f"{section.id}-komentarz", heading, own))
    )


def _check_comments(matter: Matter, written: tuple[str, ...]) -> None:
    """No word of the author's is lost in silence."""
    for each in matter.definition.comments:
        if each not in written:
            raise CannotWrite(
                f"Komentarz do rozdziału „{each}” nie ma swojego miejsca: tego rozdziału nie ma w "
                f"raporcie. Są: {', '.join(written)}."
            )


def _check_texts(matter: Matter, sections: tuple[Section, ...]) -> None:
    places = [one.id for one in placeholders_of(sections)]
    for each in matter.definition.texts:
        if each not in places:
            known = ", ".join(places) or "brak"
            raise CannotWrite(
                f"Tekst „{each}” nie ma w tym raporcie swojego miejsca. Miejsca na własny tekst: "
                f"{known}."
            )

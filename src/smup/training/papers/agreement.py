"""The agreement between an organiser and a unit, with its annexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from smup.documents import Block, Fact, Section, Table
from smup.documents.document import Document, TitlePage
from smup.language import plural
from smup.language.dates import day_in_words
from smup.training.papers import declarations
from smup.training.papers.setting import LINE, annex, document, fact, listed, sections
from smup.training.papers.texts import declaration, filled, text
from smup.training.rules.settings import Course, EditionSettings


@dataclass(frozen=True)
class Party:
    """Who signs: ``lines`` are the address and what else tells it from others."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """A participant; ``training`` is kind and area in words."""

    name: str
    training: str


@dataclass(frozen=True)
class Terms:
    """One agreement. ``versions`` (paper -> version) were in force on the day it was ``made``."""

    number: str
    made: date
    deadline: date
    organiser: Party
    unit: Party
    people: tuple[Person, ...]
    versions: Mapping[str, str]
    settings: EditionSettings


def agreement(terms: Terms) -> Document:
    """The agreement and, each on a sheet of its own, its annexes.

    Raises NoSuchText for a version the program does not have.
    """
    said = text("agreement", terms.versions["agreement"])
    annexes = _annexes(terms)
    fields = _fields(terms, annexes)
    body = sections(said, fields, "umowa", {"participants": (_people(terms),)})
    title, subtitle = filled(said.title, fields), filled(said.subtitle, fields)
    facts = (
        _party("Organizator", terms.organiser),
        _party("Jednostka", terms.unit),
        fact("Dzień przygotowania", day_in_words(terms.made, "pl")),
    )
    first = TitlePage(title, subtitle, terms.organiser.name, facts, said.mark)
    version = f"wersja {terms.versions['agreement']}"
    foot = (title, version, *funding(terms.settings))
    return document(first, (*body, *annexes), terms.made, foot)


def _party(role: str, party: Party) -> Fact:
    return fact(role, party.name, *party.lines, f"w imieniu: {LINE}")


def funding(settings: EditionSettings) -> tuple[str, ...]:
    """Who pays, as every paper of the edition says."""
    return tuple(one.pl for one in settings.funding)


def _fields(terms: Terms, annexes: tuple[Section, ...]) -> dict[str, str]:
    courses = terms.settings.courses
    return {
        "number": terms.number,
        "edition": terms.settings.name.pl,
        "deadline": day_in_words(terms.deadline, "pl"),
        "online": _extent(courses.online),
        "in_person": _extent(courses.in_person),
        "attendance": str(round(100 * terms.settings.min_attendance)),
        "annexes": "; ".join(one.title for one in annexes),
    }


def _extent(course: Course) -> str:
    days = f"{course.days} {plural(course.days, 'dzień', 'dni', 'dni')}"
    if course.meetings > 1:
        meetings = plural(course.meetings, "spotkanie", "spotkania", "spotkań")
        days = f"{course.meetings} {meetings} po {days}"
    hours = course.hours
    return f"{days}, {hours} {plural(hours, 'godzina', 'godziny', 'godzin')}" if hours else days


def _people(terms: Terms) -> Block:
    rows = tuple(listed(n, one.name, one.training) for n, one in enumerate(terms.people, 1))
    return Table(("Lp.", "Imię i nazwisko", "Szkolenie"), rows, "Uczestnicy")


def _annexes(terms: Terms) -> tuple[Section, ...]:
    """The declarations as forms to fill in, then both programmes."""
    blank = declarations.blank(terms.organiser.name, terms.organiser.lines, terms.settings)
    papers = [declaration(one.id) for one in terms.settings.documents.declarations]
    made = []
    for n, paper in enumerate([*papers, "programme-online", "programme-in-person"], 1):
        version = terms.versions[paper]
        said = text(paper, version)
        title = f"Załącznik nr {n}. {said.title} (wersja {version})"
        made.append(annex(said, blank, f"zalacznik-{n}", title))
    return tuple(made)

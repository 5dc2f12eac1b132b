"""The list people sign, a sheet for each day."""

from dataclasses import dataclass, replace
from datetime import date

from smup.documents import Table
from smup.documents.document import Document, TitlePage
from smup.training.papers.setting import document, fact, listed, sections
from smup.training.papers.texts import text

VERSION = "1"
PLACE = "." * 34  # to sign on


@dataclass(frozen=True)
class Group:
    """A training: ``days`` and ``people`` (name, unit) as they are to be read, in their order."""

    title: str
    organiser: str
    place: str
    trainer: str
    days: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def attendance_list(group: Group, funding: tuple[str, ...], made: date) -> Document:
    """Free listeners are not on it: the programme does not account for them."""
    said = text("attendance-list", VERSION)
    rows = tuple(listed(n, *one, PLACE) for n, one in enumerate(group.people, 1))
    table = Table(("Lp.", "Imię i nazwisko", "Jednostka", "Podpis"), rows, "Uczestnicy")
    sheets = []
    for n, when in enumerate(group.days, 1):
        (sheet,) = sections(said, {"meeting": when}, f"dzien-{n}", {"people": (table,)})
        sheets.append(replace(sheet, apart=n > 1))
    known = [("Miejsce", group.place), ("Osoba prowadząca", group.trainer)]
    facts = tuple(fact(name, value) for name, value in known if value)
    first = TitlePage(said.title, group.title, group.organiser, facts)
    return document(first, tuple(sheets), made, (said.title, group.title, *funding))

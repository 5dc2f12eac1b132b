"""The certificate of somebody who was there."""

from dataclasses import dataclass
from datetime import date

from smup.documents import Paragraph, Section
from smup.documents.document import Document, TitlePage
from smup.language.dates import day_in_words
from smup.training.papers.setting import document, fact
from smup.training.papers.texts import filled, text

VERSION = "1"


@dataclass(frozen=True)
class Completed:
    """Who completed what. ``about`` (area, kind, extent) and ``days`` are in words; ``check`` is
    the address at which anybody may check the ``code``."""

    person: str
    unit: str
    training: str
    about: str
    days: str
    number: str
    code: str
    check: str
    organiser: str
    issued: date


def certificate(one: Completed, funding: tuple[str, ...]) -> Document:
    """One sheet."""
    said = text("certificate", VERSION)
    fields = {
        "person": one.person,
        "unit": one.unit,
        "training": one.training,
        "about": one.about,
        "days": one.days,
    }
    lines = [filled(words, fields) for words in said.parts[0].text]
    blocks = tuple(
        Paragraph((line,), role="answer" if line == one.person else "text") for line in lines
    )
    facts = (
        fact("Numer", one.number),
        fact("Data wydania", day_in_words(one.issued, "pl")),
        fact("Kod do sprawdzenia", one.code),
        fact("Gdzie sprawdzić", one.check),
    )
    first = TitlePage(said.title, said.subtitle, one.organiser, facts, said.mark)
    section = Section("tresc", said.parts[0].title, blocks)
    return document(first, (section,), one.issued, funding)

"""The declarations of one participant, ready to be signed."""

from dataclasses import dataclass, replace
from datetime import date

from smup.documents.document import Document, TitlePage
from smup.language import plural
from smup.training.papers.setting import LINE, Fields, annex, document
from smup.training.papers.texts import declaration, text
from smup.training.rules.settings import EditionSettings

TITLE = "Oświadczenia uczestnika"
_YEAR = 365.25


@dataclass(frozen=True)
class Signing:
    """Who declares, with kind and area of their training in words."""

    person: str
    unit: str
    training: str


def papers(
    who: Signing, organiser: str, address: tuple[str, ...], settings: EditionSettings, made: date
) -> Document:
    """All declarations, a sheet each."""
    fields = {
        **blank(organiser, address, settings),
        "person": who.person,
        "unit": who.unit,
        "training": who.training,
    }
    named = [
        (one, text(declaration(one.id), one.version)) for one in settings.documents.declarations
    ]
    sheets = [
        annex(said, fields, one.id, f"{said.title} (wersja {one.version})") for one, said in named
    ]
    sheets[0] = replace(sheets[0], apart=False)  # the title stands on it
    first = TitlePage(TITLE, who.person, organiser, (), named[0][1].mark)
    foot = (TITLE, *(one.pl for one in settings.funding))
    return document(first, tuple(sheets), made, foot)


def blank(organiser: str, address: tuple[str, ...], settings: EditionSettings) -> Fields:
    """What stands in a declaration before anybody fills it in."""
    years = round(settings.retention_days / _YEAR)
    kept = (
        f"{years} {plural(years, 'rok', 'lata', 'lat')}"
        if years
        else f"{settings.retention_days} dni"
    )
    return {
        "person": LINE,
        "unit": LINE,
        "training": LINE,
        "edition": settings.name.pl,
        "organiser": organiser,
        "organiser_address": ", ".join(address),
        "retention": kept,
    }

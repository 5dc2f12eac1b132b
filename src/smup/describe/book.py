"""The whole methodology as one book: method, every area with its services and indicators, words."""

from smup.catalogue import Area
from smup.describe.glossary import glossary_page
from smup.describe.indicator import indicator_page
from smup.describe.method import method_page
from smup.describe.service import service_page
from smup.describe.speaker import Speaker
from smup.documents import Book, Page, Part


def methodology(speaker: Speaker, release: str, synthetic: bool = False) -> Book:
    """Everything a reader needs to understand the figures of ``release``.

    ``synthetic``: the figures are invented, which every sheet must say.
    """
    method = method_page(speaker)
    glossary = glossary_page(speaker)
    parts = [Part("metoda", method.title, "", (_untitled(method),))]
    parts += [area_part(speaker, area) for area in speaker.catalogue.areas.values()]
    parts.append(Part("slownik", glossary.title, "", (_untitled(glossary),)))
    return Book(
        title=speaker.say("book_title"),
        subtitle=speaker.say("book_subtitle"),
        lang=speaker.lang,
        edition=speaker.say("edition_synthetic" if synthetic else "edition", release=release),
        contents=speaker.say("contents"),
        page_word=speaker.say("page_word"),
        parts=tuple(part for part in parts if part.pages),
    )


def area_part(speaker: Speaker, area: Area) -> Part:
    """The services of the area, then its indicators."""
    catalogue = speaker.catalogue
    shown = [i for i in catalogue.indicators.values() if i.area == area.id and i.is_shown]
    pages = [service_page(speaker, service.id) for service in catalogue.services_of(area.id)]
    pages += [indicator_page(speaker, one.id) for one in shown]
    number = f"{area.number}. " if area.number is not None else ""
    return Part(area.id, number + speaker.text(area.name), speaker.text(area.summary), tuple(pages))


def _untitled(page: Page) -> Page:
    """A page that is a whole part needs no heading beside that of the part."""
    return Page(page.id, "", "", page.lead, page.blocks)

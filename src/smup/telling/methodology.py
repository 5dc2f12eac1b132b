"""Methodology pages: which address belongs to what, and blocks turned into HTML."""

from collections.abc import Callable
from dataclasses import dataclass

from smup.describe.method import gap_anchor
from smup.documents import Book, Page, Section
from smup.documents.html import html
from smup.language import Lang
from smup.panel import Status
from smup.telling.addresses import Addresses

ROOT = "/metodologia"


@dataclass(frozen=True)
class Shown:
    """A page ready for its template; ``contents`` are its sections by id."""

    title: str
    lead: str
    body: str
    contents: tuple[Section, ...]


def address_of(lang: Lang) -> Callable[[str], str]:
    """Where what a link names stands on the portal."""
    to = Addresses(lang)

    def address(name: str) -> str:
        page, _, anchor = name.partition("#")
        kind, _, one = page.partition(":")
        path = {
            "indicator": f"{ROOT}/wskaznik/{one}",
            "service": f"{ROOT}/usluga/{one}",
            "method": ROOT,
            "glossary": f"{ROOT}/slownik",
        }[kind]
        return to.page(path) + (f"#{anchor}" if anchor else "")

    return address


def shown(page: Page, lang: Lang, level: int = 2) -> Shown:
    """One page, its links leading to the other pages of the portal."""
    body = html(page.blocks, level, address_of(lang))
    return Shown(page.title, page.lead, body, page.sections)


def gap_address(status: Status, lang: Lang) -> str:
    """Where the reason of a gap is explained."""
    return address_of(lang)(f"method#{gap_anchor(status)}")


@dataclass(frozen=True)
class Sheet:
    """A page within the printable whole."""

    id: str
    title: str
    over: str
    lead: str
    body: str
    flows: bool


@dataclass(frozen=True)
class Chapter:
    id: str
    title: str
    lead: str
    sheets: tuple[Sheet, ...]


def chapters(book: Book) -> list[Chapter]:
    """The whole as one page: links lead to anchors, every id carries that of its page."""
    known = {page.id for part in book.parts for page in part.pages}

    def address(name: str) -> str:
        page, _, anchor = name.partition("#")
        if page not in known:
            return ""
        return f"#{anchor_of(page)}-{anchor}" if anchor else f"#{anchor_of(page)}"

    def sheet(page: Page) -> Sheet:
        level = 4 if page.title else 3
        own = anchor_of(page.id)
        body = html(page.blocks, level, address, f"{own}-")
        return Sheet(own, page.title, page.over, page.lead, body, page.flows)

    return [
        Chapter(part.id, part.title, part.lead, tuple(map(sheet, part.pages)))
        for part in book.parts
    ]


def anchor_of(page: str) -> str:
    """The anchor of a page: ``wskaznik-ludnosc`` for ``indicator:ludnosc``."""
    kind, _, one = page.partition(":")
    name = _ANCHORS[kind]
    return f"{name}-{one}" if one else name


_ANCHORS = {
    "indicator": "wskaznik",
    "service": "usluga",
    "method": "zasady",
    "glossary": "slowa",
}

"""A document as one HTML file that needs nothing else: no network, no script, ready for paper."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from smup.documents.blocks import Facts, Section
from smup.documents.document import Document
from smup.documents.html import address_in, document_html, facts_html

MAIN = "document"  # the id of what the skip link leads to


def page(document: Document) -> bytes:
    """The file: UTF-8, its policy forbids every request and every script."""
    return whole(document, document_html(document)).encode()


def whole(document: Document, body: str, scripts: Iterable[str] = ()) -> str:
    """The page around ``body``; ``scripts`` are let run by their own hash and nothing else is."""
    style = _style() + _margins(document)
    name = document.title_page.title
    kind = ' class="title-page"' if document.contents else ""
    return (
        f'<!doctype html>\n<html lang="{document.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripts)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="dcterms.date" content="{document.made.isoformat()}">\n'
        f"<title>{escape(name, quote=False)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body{kind}>\n"
        f'<a class="skip" href="#{MAIN}">{escape(document.words.skip, quote=False)}</a>\n'
        f"{_head(document)}\n{_contents(document)}\n"
        f'<main id="{MAIN}" tabindex="-1">\n{body}\n</main>\n{_foot(document)}\n'
        f"{''.join(f'<script>{script}</script>' for script in scripts)}</body>\n</html>\n"
    )


def _policy(style: str, scripts: Iterable[str]) -> str:
    run = " ".join(f"'{_hash(script)}'" for script in scripts) or "'none'"
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src {run}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _margins(document: Document) -> str:
    """The edition, the mark and the number of every printed page."""
    told = " · ".join(one for one in (document.title_page.mark, document.edition) if one)
    text = "color: #525a64; font: 8pt system-ui, sans-serif;"
    number = f"{_css(document.words.page + ' ')} counter(page)"
    return (
        f"@page {{ @bottom-left {{ content: {_css(told)}; {text} width: 80%; }}\n"
        f"@bottom-right {{ content: {number}; {text} }} }}\n"
    )


def _css(text: str) -> str:
    """A string of CSS: only letters and digits stand for themselves."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'


def _head(document: Document) -> str:
    told = document.title_page
    lines = [
        ("mark", told.mark),
        ("office", told.office),
        ("", told.title),
        ("lead", told.subtitle),
    ]
    written = [
        f'<p class="{name}">{escape(text, quote=False)}</p>'
        if name
        else f"<h1>{escape(text, quote=False)}</h1>"
        for name, text in lines
        if text
    ]
    facts = facts_html(Facts(told.facts), address_in(document)) if told.facts else ""
    edition = f'<p class="quiet">{escape(document.edition, quote=False)}</p>'
    return f"<header>{''.join(written)}{facts}{edition}</header>"


def _contents(document: Document) -> str:
    """Sections and what is right below them; a document without a title page is too short."""
    if not document.contents:
        return ""
    name = escape(document.words.contents, quote=False)
    return (
        f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">{name}</h2>'
        f"{_list(document.sections, depth=2)}</nav>"
    )


def _list(sections: tuple[Section, ...], depth: int) -> str:
    entries = []
    for one in sections:
        inside = tuple(block for block in one.blocks if isinstance(block, Section))
        below = _list(inside, depth - 1) if inside and depth > 1 else ""
        link = f'<a href="#{escape(one.id)}">{escape(one.title, quote=False)}</a>'
        entries.append(f"<li>{link}{below}</li>")
    return f"<ol>{''.join(entries)}</ol>"


def _foot(document: Document) -> str:
    told = (document.edition, document.title_page.mark, document.words.terms)
    return (
        "<footer>"
        + "".join(f"<p>{escape(one, quote=False)}</p>" for one in told if one)
        + ("</footer>")
    )

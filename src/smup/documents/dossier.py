"""A document with every number of its unit in one HTML file: to be searched, sorted and taken along
without a network."""

import base64
from functools import cache
from html import escape
from pathlib import Path

from smup.documents.document import Document, Numbers, Words
from smup.documents.html import document_html, table_html
from smup.documents.page import whole


def dossier(document: Document) -> bytes:
    """The page of the document and its numbers: tables, and the same as CSV within the file.

    Without scripts the tables are plain ones and the links still give the CSV.
    """
    found = document.numbers()
    if not found:
        return whole(document, document_html(document)).encode()
    name = escape(document.words.numbers, quote=False)
    tables = "".join(
        _table(one, f"numbers-{at}", document.words) for at, one in enumerate(found, start=1)
    )
    numbers = (
        f'<section class="numbers" aria-labelledby="numbers"><h2 id="numbers">{name}</h2>'
        f"{tables}</section>"
    )
    return whole(document, f"{document_html(document)}\n{numbers}", [_script()]).encode()


def _table(numbers: Numbers, ident: str, words: Words) -> str:
    data = base64.b64encode(numbers.csv()).decode()
    link = (
        f'<a download="{escape(numbers.file)}" href="data:text/csv;charset=utf-8;base64,{data}">'
        f"{escape(words.download, quote=False)}</a>"
    )
    return (
        f'<p class="download">{link} <span class="quiet">{escape(numbers.file)}</span></p>'
        f'<div class="all-numbers">{_find(ident, words)}'
        f"{table_html(numbers.table, escape(numbers.table.caption, quote=False), exact=True)}"
        f'</div><p class="foot">{escape(numbers.table.foot, quote=False)}</p>'
    )


def _find(ident: str, words: Words) -> str:
    """Shown by the script, which answers it."""
    return (
        f'<div class="find" role="search" hidden data-shown="{escape(words.shown)}">'
        f'<label for="{ident}">{escape(words.search, quote=False)}</label>'
        f'<input id="{ident}" type="search" autocomplete="off"><output for="{ident}"></output>'
        f"</div>"
    )


@cache
def _script() -> str:
    return Path(__file__).with_name("dossier.js").read_text(encoding="utf-8")

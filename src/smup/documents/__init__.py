"""Documents as plain blocks, and what makes files of them: for a screen, paper, an office.

This room knows no indicator: a document is headings, paragraphs, lists, tables, pictures, formulas
and places for the author's own words. ``document`` is a whole, each other module or folder a form.
"""

from smup.documents.blocks import (
    Block,
    Book,
    Code,
    Fact,
    Facts,
    Formula,
    Inline,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Part,
    Section,
    Signatures,
    Strong,
    Table,
    line,
)

__all__ = [
    "Block",
    "Book",
    "Code",
    "Fact",
    "Facts",
    "Formula",
    "Inline",
    "Items",
    "Line",
    "Link",
    "Page",
    "Paragraph",
    "Part",
    "Section",
    "Signatures",
    "Strong",
    "Table",
    "line",
]

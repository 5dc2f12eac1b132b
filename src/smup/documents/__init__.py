"""Documents as plain blocks, and what makes Markdown, HTML and PDF of them.

This room knows no indicator: a document is headings, paragraphs, lists, tables and formulas.
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
    "Strong",
    "Table",
    "line",
]

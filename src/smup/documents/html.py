"""Blocks as HTML: fragments for a page that brings its own head and style sheet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count

from smup.documents.blocks import (
    Block,
    Cell,
    Code,
    Column,
    DataTable,
    Facts,
    Formula,
    Inline,
    Items,
    Line,
    Link,
    Paragraph,
    Picture,
    Placeholder,
    Section,
    Signatures,
    Strong,
    Table,
)
from smup.documents.document import Document, Words, blocks_of
from smup.documents.inline import inline_svg

Address = Callable[[str], str]

_CLASSES = {"text": "", "answer": "answer", "note": "notice", "quiet": "quiet"}


def html(
    blocks: tuple[Block, ...],
    level: int,
    address: Address,
    prefix: str = "",
    words: Words | None = None,
) -> str:
    """The blocks one after another, sections under headings of ``level``.

    ``address`` turns what links name into an address or ""; ``prefix`` stands before every id, so
    that several pages can be one. Tables of figures and pictures are numbered with ``words``.
    """
    return _Writer(address, prefix, words).blocks(blocks, level)


def document_html(document: Document, level: int = 2, prefix: str = "") -> str:
    """The sections of a document, for a page that says the title itself."""
    return html(document.sections, level, address_in(document, prefix), prefix, document.words)


def address_in(document: Document, prefix: str = "") -> Address:
    """Links to sections lead to them, whole addresses stay; a path without a host leads nowhere
    from a file."""
    known = {block.id for block in blocks_of(document.sections) if isinstance(block, Section)}

    def address(to: str) -> str:
        if to in known:
            return f"#{prefix}{to}"
        return to if to.startswith("https://") else ""

    return address


def facts_html(facts: Facts, address: Address) -> str:
    """Names and what is said of them, without anything around."""
    return _Writer(address, "", None).block(facts, 2)


def table_html(table: DataTable, caption: str, *, exact: bool = False) -> str:
    """A table of figures under ``caption``; ``exact`` adds every number in full precision, for a
    script that sorts."""
    head = "".join(_heading(column) for column in table.columns)
    body = "".join(
        f"<tr{_OURS if at in table.mine else ''}>{''.join(_cells(table, row, exact))}</tr>"
        for at, row in enumerate(table.rows)
    )
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(table.caption)}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


_OURS = ' class="ours"'
_SHORT = 12  # letters of a cell that stay on one line, as a year with its sign


def _heading(column: Column) -> str:
    unit = f' <span class="quiet">{escape(column.unit, quote=False)}</span>' if column.unit else ""
    side = ' class="num"' if column.number else ""
    return f'<th scope="col"{side}>{escape(column.title, quote=False)}{unit}</th>'


def _cells(table: DataTable, row: tuple[Cell, ...], exact: bool) -> Iterator[str]:
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        tag, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
        side = f' class="{name}"' if (name := _look(cell, column, at)) else ""
        value = f' data-value="{cell.value!r}"' if exact and cell.value is not None else ""
        yield f"<{tag}{scope}{side}{value}>{escape(cell.text, quote=False)}</{tag}>"


def _look(cell: Cell, column: Column, at: int) -> str:
    """The class of a cell. The reason of a gap stands where the column has what it stands for."""
    if cell.gap:
        return "gap quiet" if column.number else "gap quiet words"
    return "num" if column.number else "short" if at and len(cell.text) <= _SHORT else ""


@dataclass
class _Writer:
    """Counts pictures and tables while it writes them in reading order."""

    address: Address
    prefix: str
    words: Words | None
    figures: "count[int]" = field(default_factory=lambda: count(1))
    tables: "count[int]" = field(default_factory=lambda: count(1))

    def blocks(self, blocks: tuple[Block, ...], level: int) -> str:
        return "\n".join(self.block(block, level) for block in blocks)

    def block(self, block: Block, level: int) -> str:
        match block:
            case Paragraph(one, role):
                name = f' class="{_CLASSES[role]}"' if _CLASSES[role] else ""
                return f"<p{name}>{self.line(one)}</p>"
            case Items(lines, ordered):
                tag = "ol" if ordered else "ul"
                return f"<{tag}>{''.join(f'<li>{self.line(one)}</li>' for one in lines)}</{tag}>"
            case Facts(rows):
                return f'<dl class="pairs">{"".join(self.fact(*row) for row in rows)}</dl>'
            case Table():
                return self.table(block)
            case DataTable():
                return self.figures_table(block)
            case Picture():
                return self.picture(block)
            case Placeholder():
                return self.placeholder(block, level)
            case Formula(mathml, words, text):
                return (
                    f'<div class="formula"><div class="scroll" tabindex="0" role="group" '
                    f'aria-label="{escape(words)}">{mathml}</div>'
                    f"<p>{escape(words)}</p><p><code>{escape(text)}</code></p></div>"
                )
            case Signatures(who):
                return f"<ul>{''.join(f'<li>{escape(one, quote=False)}</li>' for one in who)}</ul>"
            case Section(name, title, inside):
                own = f"{self.prefix}{name}"
                return (
                    f'<section aria-labelledby="{own}"><h{level} id="{own}">{escape(title)}'
                    f"</h{level}>{self.blocks(inside, min(level + 1, 6))}</section>"
                )

    def fact(self, name: Line, values: tuple[Line, ...]) -> str:
        inside = "".join(f"<dd>{self.line(one)}</dd>" for one in values)
        return f"<div><dt>{self.line(name)}</dt>{inside}</div>"

    def table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
        body = "".join(self.row(row) for row in table.rows)
        return (
            f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(table.label)}">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def row(self, row: tuple[Line, ...]) -> str:
        first, *rest = (self.line(cell) for cell in row)
        return (
            f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        )

    def figures_table(self, table: DataTable) -> str:
        name = f"{self.words.table} {next(self.tables)}" if self.words else ""
        made = table_html(table, _caption(name, table.caption))
        return f'<div class="figure">{made}{_foot(table.foot)}</div>'

    def picture(self, picture: Picture) -> str:
        number = next(self.figures)
        name = f"{self.words.figure} {number}" if self.words else ""
        drawn = inline_svg(
            picture.svg, f"{self.prefix}picture-{number}", picture.caption, picture.alt
        )
        return (
            f'<figure class="figure"><figcaption>{_caption(name, picture.caption)}</figcaption>'
            f'<div class="plot">{drawn}</div>{_foot(picture.below)}'
            f"{self.numbers_of(picture, name)}</figure>"
        )

    def numbers_of(self, picture: Picture, name: str) -> str:
        """The numbers behind a picture, folded away."""
        if self.words is None or not picture.data.rows:
            return ""
        summary = f"{escape(self.words.data, quote=False)}: {escape(name, quote=False)}"
        made = table_html(picture.data, escape(picture.data.caption, quote=False))
        return f'<details class="data"><summary>{summary}</summary>{made}</details>'

    def placeholder(self, place: Placeholder, level: int) -> str:
        if place.own:
            return self.blocks(place.own, level)
        name = f"<p><strong>{escape(self.words.own_text)}</strong></p>" if self.words else ""
        basis = f'<p class="quiet">{escape(place.basis, quote=False)}</p>' if place.basis else ""
        prompt = f"<p>{escape(place.prompt, quote=False)}</p>"
        return f'<div class="notice place">{name}{prompt}{basis}</div>'

    def line(self, one: Line) -> str:
        return "".join(self.inline(piece) for piece in one)

    def inline(self, piece: Inline) -> str:
        match piece:
            case str():
                return escape(piece, quote=False)
            case Strong(text):
                return f"<strong>{escape(text, quote=False)}</strong>"
            case Code(text):
                return f"<code>{escape(text, quote=False)}</code>"
            case Link(text, to):
                target = self.address(to)
                words = escape(text, quote=False)
                return f'<a href="{escape(target)}">{words}</a>' if target else words


def _caption(name: str, caption: str) -> str:
    number = f"<b>{escape(name, quote=False)}.</b> " if name else ""
    return f"{number}{escape(caption, quote=False)}"


def _foot(foot: str) -> str:
    return f'<p class="foot">{escape(foot, quote=False)}</p>' if foot else ""

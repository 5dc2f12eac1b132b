"""Blocks as HTML: fragments for a page that brings its own head and style sheet."""

from collections.abc import Callable
from html import escape

from smup.documents.blocks import (
    Block,
    Code,
    Facts,
    Formula,
    Inline,
    Items,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    Table,
)

Address = Callable[[str], str]

_CLASSES = {"text": "", "answer": "answer", "note": "notice", "quiet": "quiet"}


def html(blocks: tuple[Block, ...], level: int, address: Address, prefix: str = "") -> str:
    """The blocks one after another, sections under headings of ``level``.

    ``address`` turns what links name into an address or ""; ``prefix`` stands before every id, so
    that several pages can be one.
    """
    return "\n".join(_block(block, level, address, prefix) for block in blocks)


def _block(block: Block, level: int, address: Address, prefix: str) -> str:
    match block:
        case Paragraph(one, role):
            name = f' class="{_CLASSES[role]}"' if _CLASSES[role] else ""
            return f"<p{name}>{_line(one, address)}</p>"
        case Items(lines, ordered):
            tag = "ol" if ordered else "ul"
            inside = "".join(f"<li>{_line(one, address)}</li>" for one in lines)
            return f"<{tag}>{inside}</{tag}>"
        case Facts(rows):
            return f'<dl class="pairs">{"".join(_fact(*row, address) for row in rows)}</dl>'
        case Table():
            return _table(block, address)
        case Formula(mathml, words, text):
            return (
                f'<div class="formula"><div class="scroll" tabindex="0" role="group" '
                f'aria-label="{escape(words)}">{mathml}</div>'
                f"<p>{escape(words)}</p><p><code>{escape(text)}</code></p></div>"
            )
        case Section(name, title, inside):
            own = f"{prefix}{name}"
            return (
                f'<section aria-labelledby="{own}"><h{level} id="{own}">{escape(title)}</h{level}>'
                f"{html(inside, min(level + 1, 6), address, prefix)}</section>"
            )


def _fact(name: Line, values: tuple[Line, ...], address: Address) -> str:
    inside = "".join(f"<dd>{_line(one, address)}</dd>" for one in values)
    return f"<div><dt>{_line(name, address)}</dt>{inside}</div>"


def _table(table: Table, address: Address) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    body = "".join(_row(row, address) for row in table.rows)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(table.label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: tuple[Line, ...], address: Address) -> str:
    first, *rest = (_line(cell, address) for cell in row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def _line(one: Line, address: Address) -> str:
    return "".join(_inline(piece, address) for piece in one)


def _inline(piece: Inline, address: Address) -> str:
    match piece:
        case str():
            return escape(piece, quote=False)
        case Strong(text):
            return f"<strong>{escape(text, quote=False)}</strong>"
        case Code(text):
            return f"<code>{escape(text, quote=False)}</code>"
        case Link(text, to):
            target = address(to)
            words = escape(text, quote=False)
            return f'<a href="{escape(target)}">{words}</a>' if target else words

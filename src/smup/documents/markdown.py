"""Blocks as Markdown (CommonMark with tables) for a repository."""

import re
from collections.abc import Callable, Iterator

from smup.documents.blocks import (
    Block,
    Cell,
    Code,
    DataTable,
    Facts,
    Formula,
    Inline,
    Items,
    Line,
    Link,
    Page,
    Paragraph,
    Picture,
    Placeholder,
    Section,
    Signatures,
    Strong,
    Table,
)
from smup.documents.columns import titled

Address = Callable[[str], str]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def markdown_page(page: Page, level: int, address: Address) -> str:
    """A page under a heading of ``level`` that carries the page's anchor."""
    parts = [f'{"#" * level} <a id="{anchor(page.id)}"></a>{escaped(page.title)}']
    if page.lead:
        parts.append(f"*{escaped(page.lead)}*")
    return "\n\n".join([*parts, markdown(page.blocks, level + 1, address)])


def markdown(blocks: tuple[Block, ...], level: int, address: Address) -> str:
    """The blocks one after another; ``address`` turns what links name into an address or ""."""
    return "\n\n".join(_block(block, level, address) for block in blocks)


def anchor(page: str) -> str:
    """The last part of a page's id: what stands after #."""
    return page.rpartition(":")[2]


def escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _block(block: Block, level: int, address: Address) -> str:
    match block:
        case Paragraph(one, role):
            text = _line(one, address)
            return f"> {text}" if role in ("answer", "note") else text
        case Items(lines, ordered):
            marks = (f"{n}." if ordered else "-" for n in range(1, len(lines) + 1))
            return "\n".join(
                f"{mark} {_line(one, address)}" for mark, one in zip(marks, lines, strict=True)
            )
        case Facts(rows):
            return "\n".join(_fact(name, values, address) for name, values in rows)
        case Table():
            return "\n".join(_table(block, address))
        case DataTable():
            return _figures(block)
        case Picture():
            said = f"![{escaped(block.alt)}](#)"
            return "\n\n".join([f"**{escaped(block.caption)}**", said, _figures(block.data)])
        case Placeholder(_, prompt, basis, own):
            wanted = ". ".join(escaped(part.rstrip(".")) for part in (prompt, basis) if part)
            return markdown(own, level, address) if own else f"> [ ] {wanted}."
        case Formula(_, words, text):
            return f"{escaped(words)}\n\n```\n{text}\n```"
        case Signatures(who):
            return "\n".join(f"- ………………… ({escaped(name)})" for name in who)
        case Section(_, title, inside):
            return f"{'#' * level} {escaped(title)}\n\n{markdown(inside, level + 1, address)}"


def _fact(name: Line, values: tuple[Line, ...], address: Address) -> str:
    """One line beside its name, several below it."""
    if len(values) == 1:
        return f"- {_line(name, address)}: {_line(values[0], address)}"
    below = (f"  - {_line(one, address)}" for one in values)
    return "\n".join([f"- {_line(name, address)}:", *below])


def _table(table: Table, address: Address) -> Iterator[str]:
    yield f"| {' | '.join(escaped(name) for name in table.head)} |"
    yield "|---" * len(table.head) + "|"
    for row in table.rows:
        yield f"| {' | '.join(_line(cell, address) for cell in row)} |"


def _figures(table: DataTable) -> str:
    """The caption above, the foot below; rows of whom it is about in bold, gaps in italics."""
    heads = (titled(column.title, column.unit) for column in table.columns)
    marks = "|".join("--:" if column.number else "---" for column in table.columns)
    rows = [
        f"| {' | '.join(_cell(cell, at in table.mine) for cell in row)} |"
        for at, row in enumerate(table.rows)
    ]
    head = f"| {' | '.join(escaped(one) for one in heads)} |"
    parts = (escaped(table.caption), "\n".join([head, f"|{marks}|", *rows]), escaped(table.foot))
    return "\n\n".join(part for part in parts if part)


def _cell(cell: Cell, mine: bool) -> str:
    mark = "*" if cell.gap else "**" if mine else ""
    return f"{mark}{escaped(cell.text)}{mark}" if cell.text else ""


def _line(one: Line, address: Address) -> str:
    return "".join(_inline(piece, address) for piece in one)


def _inline(piece: Inline, address: Address) -> str:
    match piece:
        case str():
            return escaped(piece)
        case Strong(text):
            return f"**{escaped(text)}**"
        case Code(text):
            return f"`{text}`"
        case Link(text, to):
            target = address(to)
            return f"[{escaped(text)}]({target})" if target else escaped(text)

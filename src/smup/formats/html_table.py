"""A cube as one page with one table, for any browser and screen reader."""

from collections.abc import Sequence
from html import escape
from math import prod

from smup.formats.cube import Cube
from smup.formats.pivot import Wording, combined, names, notes

CONTENT_TYPE = "text/html; charset=utf-8"


def encode(cube: Cube, wording: Wording, *, titled: bool, styles: Sequence[str] = ()) -> bytes:
    """The page; ``titled`` writes the title above the table too, as invented figures always do.

    ``styles`` are addresses of style sheets.
    """
    title = escape(cube.title)
    caption = f"<caption>{title}</caption>" if titled or cube.synthetic else ""
    told = "".join(f"<p>{escape(name)}: {escape(words)}</p>" for name, words in notes(cube)[1:])
    sheets = "".join(f'<link rel="stylesheet" href="{escape(one)}">' for one in styles)
    page = (
        f'<!doctype html>\n<html lang="{cube.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title>{sheets}</head>\n"
        '<body><main class="wrap data">\n'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{title}">'
        f"<table>{caption}\n<thead>{_head(cube, wording)}</thead>\n"
        f"<tbody>{_body(cube, wording)}</tbody></table></div>\n{told}</main></body></html>\n"
    )
    return page.encode()


def _head(cube: Cube, wording: Wording) -> str:
    """A row for each axis of the heading, whose names span those of the axes below."""
    stub, heading = cube.axes[: cube.stub], cube.axes[cube.stub :]
    deep = max(len(heading), 1)
    corner = "".join(f'<th scope="col" rowspan="{deep}">{escape(axis.label)}</th>' for axis in stub)
    rows, above = [], 1
    for at, axis in enumerate(heading):
        wide = prod(len(below) for below in heading[at + 1 :])
        cells = [
            f'<th class="num" scope="col" colspan="{wide}">{escape(name)}</th>'
            for name in names(cube, axis, wording)
        ]
        rows.append("".join(cells) * above)
        above *= len(axis)
    rows = rows or ["<th></th>"]
    return "".join(f"<tr>{corner if not at else ''}{row}</tr>" for at, row in enumerate(rows))


def _body(cube: Cube, wording: Wording) -> str:
    point = "," if cube.lang == "pl" else "."
    shape = prod(cube.shape[: cube.stub]), prod(cube.shape[cube.stub :])
    texts, gaps = cube.texts.reshape(shape), cube.gaps.reshape(shape)
    rows = []
    for at, leading in enumerate(combined(cube, cube.axes[: cube.stub], wording)):
        cells = zip(texts[at].tolist(), gaps[at].tolist(), strict=True)
        told = "".join(
            f'<td class="num">{t if gap else t.replace(".", point)}</td>' for t, gap in cells
        )
        named = "".join(f'<th scope="row">{escape(name)}</th>' for name in leading)
        rows.append(f"<tr>{named}{told}</tr>")
    return "\n".join(rows)

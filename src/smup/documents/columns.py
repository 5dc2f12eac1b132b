"""How wide the columns of a table become on a page where nothing measures letters."""

from collections.abc import Sequence

PAGE = 112  # letters of a table across the page
EDGES = 1.8  # letters that the distances beside a text take
OTHER_LETTERS = 2.1  # the same where letters may be wider than ours, and short words feel it most
BOLDER = "\u00a0"  # what a text in bold is longer by
_BOLD = 1.3  # letters of a heading for one of its column
_SHORT = 12  # letters of a cell that stay together
_READABLE = 18  # letters of a line of words one still likes to read
_WORDS, _NUMBERS = 44, 9  # letters a column wants before it breaks lines


def shares(
    columns: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    page: int = PAGE,
    edges: float = EDGES,
) -> list[float]:
    """The part of the width for each column, from its texts, the first its heading; sum to 1.
    ``page`` is the letters that fit across it, ``edges`` those of the distances beside a text.

    No column is narrower than its longest word while the page has room; what is left goes to those
    that want more, up to a limit that is lower for ``numbers``.
    """
    both = list(zip(columns, numbers, strict=True))
    least = [edges + _wide(texts, 0 if number else _READABLE) for texts, number in both]
    if sum(least) > page:
        least = [edges + _wide(texts, 0) for texts in columns]
    wanted = [edges + _wide(texts, _NUMBERS if number else _WORDS) for texts, number in both]
    room, missing = max(0, page - sum(least)), sum(wanted) - sum(least)
    part = min(1.0, room / missing) if missing else 0.0
    widths = [low + part * (more - low) for low, more in zip(least, wanted, strict=True)]
    return [width / sum(widths) for width in widths]


def _wide(texts: Sequence[str], limit: int) -> float:
    """Letters for the longest word, and for the longest text up to ``limit``."""
    bold = max((_BOLD * len(word) for word in texts[0].split(" ")), default=1)
    word = max((len(word) for text in texts for word in text.split(" ")), default=1)
    text = max(map(len, texts), default=1)
    return max(bold, word, min(text, limit))


def together(text: str) -> str:
    """A short text, such as a number or a place ("3 z 16"), in one line."""
    return text.replace(" ", "\u00a0") if len(text) <= _SHORT else text


def titled(title: str, unit: str) -> str:
    """The heading of a column with its unit: "Wydatki (zł)"."""
    return f"{title} ({unit})" if unit else title

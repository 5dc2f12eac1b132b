"""A letter with its fields filled in: subject and plain text, wrapped for reading in any program.

Paragraphs are wrapped; a line that begins with spaces stands by itself, and what follows in its
field is set below its beginning. An address is never broken.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from smup.language import Lang
from smup.mailing.letter import Letter, LetterRefused, fields, footers, is_one_line, is_text, pieces

WIDTH = 76
LONGEST_SUBJECT = 300  # characters, as the outbox keeps them
SIGNATURE = "-- "  # mail programs know by this line where the footer begins
# Tokens are values of ?klucz= (a right) and ?szkic= (a draft) in addresses, and stand nowhere else.
_TOKEN = re.compile(r"(?:(?<=klucz=)|(?<=szkic=))[^\s&#]+")
_MASK = "…"


@dataclass(frozen=True)
class Written:
    """``open_key`` says that the text holds a link that is a right."""

    subject: str
    text: str
    open_key: bool


def write(
    letter: Letter, lang: Lang, values: Mapping[str, str], subject: str, body: str
) -> Written:
    """Fill ``subject`` and ``body``, texts of ``letter``, in.

    Raises LetterRefused when a field is missing, unknown or empty, and when the subject would
    become more than one line.
    """
    _check_values(letter, values)
    clean = {name: _clean(value) for name, value in values.items()}
    line = _fill(subject, clean).strip()
    if not is_one_line(line) or len(line) > LONGEST_SUBJECT:
        raise LetterRefused(f"Temat listu {letter.name} nie jest jednym krótkim wierszem.")
    footer = footers()[letter.footer].text[lang]
    text = f"{_laid(paragraphs(body), clean)}\n\n{SIGNATURE}\n{_laid(footer, clean)}\n"
    return Written(line, text, masked(text) != text)


def masked(text: str) -> str:
    """A text in which no link opens anything any more."""
    return _TOKEN.sub(_MASK, text)


def paragraphs(body: str) -> str:
    """A body as people edit it: an empty line between paragraphs, none inside an indented block."""
    told = ""
    for line in body.splitlines():
        if line.strip():
            block = line.startswith(" ") and told.rpartition("\n")[2].startswith(" ")
            told += ("" if not told else "\n" if block else "\n\n") + line.rstrip()
    return told


def _check_values(letter: Letter, values: Mapping[str, str]) -> None:
    wanted = set(letter.every_field)
    if unknown := values.keys() - wanted:
        raise LetterRefused(f"List {letter.name} nie ma pól: {', '.join(sorted(unknown))}.")
    known = fields()
    empty = {
        name
        for name in wanted
        if not values.get(name, "").strip() and not (name in values and known[name].may_be_empty)
    }
    if empty:
        raise LetterRefused(f"Listowi {letter.name} brakuje pól: {', '.join(sorted(empty))}.")


def _clean(value: str) -> str:
    """Lines end one way; signs that are no text go."""
    lines = value.replace("\t", " ").splitlines()
    return "\n".join("".join(filter(is_text, line)) for line in lines).strip()


def _fill(text: str, values: Mapping[str, str]) -> str:
    return "".join(plain + (values[name] if name else "") for plain, name in pieces(text))


def _laid(text: str, values: Mapping[str, str]) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            lines.append("")
            continue
        filled = _fill(line, values)
        if not filled.strip():
            continue  # its field is empty, so is the line
        named = bool(pieces(line)[0][0].strip())  # words stand before the first field
        lines += _wrapped(filled, "  " if named else "")
    return "\n".join(lines)


def _wrapped(filled: str, further: str) -> list[str]:
    """The lines of one line of a text; the later ones of a block stand ``further`` in."""
    indent = " " * (len(filled) - len(filled.lstrip(" ")))
    within = indent + further if indent else ""
    lines: list[str] = []
    for part in filled.strip().split("\n"):
        lines += textwrap.wrap(
            part,
            WIDTH,
            initial_indent=within if lines else indent,
            subsequent_indent=within,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return lines

"""Typst at work: a template of ours and plain data become a PDF, or pictures of its pages.

The data travel as JSON, so no text is ever read as markup; nothing is fetched; only the fonts kept
here and those Typst ships are used, all of them embedded.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypedDict

import orjson
import typst

from smup.documents import fonts
from smup.documents.letters import drawable

Template = Literal["book", "report", "paper", "certificate"]
Standard = Literal["ua-1", "a-2a"]

FOLDER = Path(__file__).parent


class CannotSet(Exception):
    """A document that Typst refuses; the message is what Typst says."""


class Order(TypedDict):
    """What is to be set: ``data`` as ``template`` reads it; ``day`` (ISO) is the only date in the
    file, ``standards`` are those it keeps to."""

    template: Template
    data: dict[str, Any]
    day: str
    standards: list[Standard]


def typeset(order: Order) -> bytes:
    """The PDF, made in this process, which keeps what Typst remembers (``press`` does not).

    Raises CannotSet for what the standards forbid, such as a picture without alternative text or a
    document without a title.
    """
    noon = datetime.combine(date.fromisoformat(order["day"]), time(12), UTC)
    (made,) = _compiled(
        order["template"],
        order["data"],
        format="pdf",
        timestamp=noon,
        pdf_standards=order["standards"],
    )
    return made


def pages(template: Template, data: dict[str, Any], ppi: float) -> list[bytes]:
    """The pages as PNG, for people to look at."""
    return _compiled(template, data, format="png", ppi=ppi)


def _compiled(template: Template, data: dict[str, Any], **settings: Any) -> list[bytes]:
    inputs = {"data": orjson.dumps(_drawable(data)).decode()}
    try:
        made = _compiler(template).compile(sys_inputs=inputs, **settings)
    except typst.TypstError as error:
        raise CannotSet(" ".join([error.message, *error.hints])) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Typst broke on it; this is no Exception
            raise CannotSet(str(error)) from None
        raise
    return made if isinstance(made, list) else [made or b""]


def _drawable(data: Any) -> Any:
    """The same with every text drawable."""
    match data:
        case str():
            return drawable(data)
        case dict():
            return {key: _drawable(value) for key, value in data.items()}
        case list():
            return [_drawable(value) for value in data]
    return data


@cache
def _compiler(template: Template) -> typst.Compiler:
    """Kept: fonts are read and the template is parsed once."""
    return typst.Compiler(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts.FOLDER]),
    )

"""What a sign of a source means: ``catalogue/statuses.yaml`` as frozen tables.

Names of statuses and flags are those of ``smup.panel``, which lies above this room; they are
checked here as words and turned into numbers by whoever reads a source.
"""

from pathlib import Path
from typing import Literal, get_args

from smup.catalogue.base import Definition, Sentence, Text
from smup.catalogue.document import DocumentError, line_of, read_document
from smup.catalogue.errors import CatalogueError, CatalogueErrors
from smup.catalogue.validation import parse

StatusName = Literal[
    "observed",
    "zero",
    "confidential",
    "suppressed_small",
    "delegated",
    "not_applicable",
    "no_denominator",
    "not_existing",
    "not_bridgeable",
    "below_format",
    "not_collected",
    "missing",
    "not_yet",
]
FlagName = Literal["provisional", "estimated", "low_precision", "break", "joint", "own", "bridged"]
STATUS_NAMES: tuple[str, ...] = get_args(StatusName)
FLAG_NAMES: tuple[str, ...] = get_args(FlagName)


class Sign(Definition):
    """``status`` observed means: the number beside the sign is the value."""

    status: StatusName
    flags: tuple[FlagName, ...] = ()
    meaning: Sentence


class Convention(Definition):
    """The signs of one publisher."""

    name: Text
    signs: dict[str, Sign]


def load_statuses(folder: Path) -> dict[str, Convention]:
    """The tables of ``folder``/statuses.yaml by id. Raises CatalogueErrors with every fault."""
    file = f"{folder.name}/statuses.yaml"
    errors: list[CatalogueError] = []
    conventions: dict[str, Convention] = {}
    try:
        document = read_document(folder / "statuses.yaml", file)
    except DocumentError as error:
        raise CatalogueErrors(error.errors) from error
    except FileNotFoundError as error:
        message = "brakuje tego pliku; bez niego nie wiadomo, co znaczą znaki w źródłach"
        raise CatalogueErrors([CatalogueError(file, 1, "", message)]) from error
    for key, data in document.data.items():
        if not isinstance(data, dict):
            message = "oczekiwano kluczy „name” i „signs”"
            errors.append(
                CatalogueError(file, line_of(document.lines, str(key)), str(key), message)
            )
            continue
        one = parse(
            Convention, data, file=file, lines=document.lines, prefix=str(key), errors=errors
        )
        if one is not None:
            conventions[str(key)] = one
    if errors:
        raise CatalogueErrors(errors)
    return conventions

"""One YAML file as plain data that still knows the line of every key."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from smup.catalogue.errors import CatalogueError

# The C parser reads the whole catalogue about ten times faster; both build the same nodes.
_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)
_MAPPING = "tag:yaml.org,2002:map"
_DEEPEST = 30  # levels of nesting; an alias that contains itself would never end


@dataclass(frozen=True)
class Document:
    """``data`` is the top mapping, ``lines`` maps a dotted path of keys to its line (from 1)."""

    file: str
    data: dict[str, Any]
    lines: dict[str, int]

    @cached_property
    def below(self) -> dict[str, dict[str, int]]:
        """By key of the top mapping, the lines of what stands below it, paths counted from it."""
        found: dict[str, dict[str, int]] = {}
        for path, line in self.lines.items():
            top, dot, inside = path.partition(".")
            if dot:
                found.setdefault(top, {})[inside] = line
        return found


class DocumentError(ValueError):
    """The file cannot be used at all; ``errors`` says why."""

    def __init__(self, errors: list[CatalogueError]) -> None:
        self.errors = errors
        super().__init__("; ".join(str(error) for error in errors))


def read_document(path: Path, file: str) -> Document:
    """Parse ``path``, called ``file`` in messages.

    Raises DocumentError for bytes that are not UTF-8, for broken YAML, for a file that is not a
    mapping and for a key given twice (YAML itself would silently keep the last).
    """
    try:
        loader = _Loader(path.read_bytes().decode("utf-8-sig"))
        node = loader.get_single_node()
        if node is None or node.tag != _MAPPING:
            raise _error(file, 1, "", "plik powinien zawierać klucze z wartościami („klucz: …”)")
        lines, twice = _lines(node, file)
        if twice:
            raise DocumentError(twice)
        data = loader.construct_document(node)
    except UnicodeDecodeError as error:
        raise _error(
            file, 1, "", f"plik nie jest w UTF-8 (bajt {error.start}); zapisz go w tym kodowaniu"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = f"błąd zapisu YAML: {error.problem}; sprawdź wcięcia, cudzysłowy i dwukropki"
        raise _error(file, line, "", message) from error
    except yaml.YAMLError as error:
        raise _error(file, 1, "", f"błąd zapisu YAML: {str(error).splitlines()[0]}") from error
    return Document(file, data, lines)


def lines_of(text: str) -> dict[str, int]:
    """The line (from 1) of every dotted path of keys, in YAML that was read without a fault."""
    node = _Loader(text).get_single_node()
    return {} if node is None else _lines(node, "")[0]


def _error(file: str, line: int, key: str, message: str) -> DocumentError:
    return DocumentError([CatalogueError(file, line, key, message)])


def _lines(top: yaml.Node, file: str) -> tuple[dict[str, int], list[CatalogueError]]:
    lines: dict[str, int] = {"": top.start_mark.line + 1}
    twice = []
    for path, node, first in _walk(top, ""):
        line = node.start_mark.line + 1
        if first is not None:
            message = f"klucz podano dwa razy (pierwszy raz w wierszu {first}); usuń jeden"
            twice.append(CatalogueError(file, line, path, message))
        lines.setdefault(path, line)
    return lines, twice


def _walk(node: yaml.Node, path: str) -> Iterator[tuple[str, yaml.Node, int | None]]:
    """Every key and list entry below ``node``: dotted path, the node that names it, and the line
    where its mapping already had the same key."""
    if path.count(".") > _DEEPEST:
        raise yaml.YAMLError("zbyt głębokie zagnieżdżenie")
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            word, below = str(key.value), join(path, str(key.value))
            yield below, key, seen.get(word)
            seen.setdefault(word, key.start_mark.line + 1)
            yield from _walk(value, below)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            below = join(path, str(number))
            yield below, value, None
            yield from _walk(value, below)


def join(*parts: str) -> str:
    """A dotted path of keys."""
    return ".".join(part for part in parts if part)


def line_of(lines: dict[str, int], key: str) -> int:
    """The line of ``key``, or of the nearest key above it that the file has."""
    while key not in lines and "." in key:
        key = key.rpartition(".")[0]
    return lines.get(key, lines.get("", 1))

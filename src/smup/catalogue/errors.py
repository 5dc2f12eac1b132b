"""What is wrong in the definitions, with the place and the way out, all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class CatalogueError:
    """One fault. ``line`` counts from 1; ``key`` is the path of keys, "" for the whole file."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        key = f" [{self.key}]" if self.key else ""
        return f"{self.file}:{self.line}:{key} {self.message}"


class CatalogueErrors(ValueError):
    """The catalogue cannot be used; ``errors`` holds every fault found, by file and line."""

    def __init__(self, errors: Iterable[CatalogueError]) -> None:
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(str(error) for error in self.errors))


def nearest(word: str, known: Iterable[str]) -> str:
    """ "; najbliższe znane: …" for a word that nobody knows, "" where nothing is near."""
    matches = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; najbliższe znane: „{matches[0]}”" if matches else ""


def one_of(words: Sequence[str]) -> str:
    """The allowed values as a Polish enumeration."""
    quoted = [f"„{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} albo {quoted[-1]}"

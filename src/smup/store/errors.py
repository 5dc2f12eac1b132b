"""What can be wrong with a store, each as one Polish sentence a person can act on."""

from collections.abc import Sequence
from pathlib import Path

LISTED = 3  # damages named in the sentence itself; `smup release verify` lists all


class StoreError(ValueError):
    """Base of everything the store refuses; ``str()`` is a sentence for people."""


class NoRelease(StoreError):
    def __init__(self) -> None:
        super().__init__(
            "Nie ma jeszcze żadnego czynnego wydania – zbuduj je poleceniem `smup release build`."
        )


class UnknownRelease(StoreError):
    """No release has this id; ``suggestions`` are ids that exist, nearest first."""

    def __init__(self, release: str, suggestions: Sequence[str]) -> None:
        self.release = release
        self.suggestions = tuple(suggestions)
        hint = (
            f"najbliższe: {', '.join(self.suggestions)}"
            if self.suggestions
            else "nie zbudowano jeszcze żadnego (`smup release build`)"
        )
        super().__init__(f"Nie ma wydania „{release}” – {hint}.")


class NotPending(StoreError):
    """No release of this id waits for approval; ``waiting`` are those that do."""

    def __init__(self, release: str, waiting: Sequence[str]) -> None:
        hint = f"czeka: {', '.join(waiting)}" if waiting else "żadne teraz nie czeka"
        super().__init__(
            f"Wydanie „{release}” nie czeka na zatwierdzenie – {hint}; wydania, które już są, "
            "czyni bieżącymi `smup release activate`."
        )


class BuildBusy(StoreError):
    def __init__(self, holder: str) -> None:
        who = f" (proces {holder})" if holder else ""
        super().__init__(f"Inna budowa wydania{who} jeszcze trwa – poczekaj, aż się skończy.")


class MixedStore(StoreError):
    """Invented and official figures in one store; ``other`` is the release of the other nature."""

    def __init__(self, folder: Path, other: str, synthetic: bool) -> None:
        self.other = other
        here, there = ("zmyślone", "urzędowe") if synthetic else ("urzędowe", "zmyślone")
        super().__init__(
            f"To wydanie zawiera dane {here}, a w magazynie {folder} jest wydanie {other} z danymi "
            f"innymi niż {here} ({there} lub nieczytelne) – danych tych nie wolno mieszać: usuń "
            "folder wydania, które tu nie należy, albo wskaż inny magazyn zmienną SMUP_HOME."
        )


class DamagedRelease(StoreError):
    """A release whose bytes are not what its manifest says; ``damages`` lists all of it."""

    def __init__(self, release: str, damages: Sequence[str]) -> None:
        self.release = release
        self.damages = tuple(damages)
        shown = "; ".join(self.damages[:LISTED])
        more = len(self.damages) - LISTED
        tail = f" (i jeszcze {more})" if more > 0 else ""
        super().__init__(
            f"Wydanie {release} jest uszkodzone: {shown}{tail} – zbuduj je ponownie poleceniem "
            "`smup release build`."
        )

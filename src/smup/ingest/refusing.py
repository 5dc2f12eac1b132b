"""Why a file cannot be used."""


class SourceError(ValueError):
    """A file that cannot be used: a finding code and one Polish sentence with the place."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def unreadable(path: str, reason: str) -> SourceError:
    """The refusal of a file whose bytes are not what they should be; ``reason`` has no dot."""
    return SourceError("nieczytelny-plik", f"{path}: {reason}.")

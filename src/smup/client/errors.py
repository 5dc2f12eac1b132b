"""What a call of the client may raise."""

from collections.abc import Sequence


class ClientError(Exception):
    """One sentence; ``parameter`` is what to change, ``suggestions`` the nearest known values,
    ``status`` the HTTP status where a portal refused."""

    def __init__(
        self,
        message: str,
        parameter: str = "",
        suggestions: Sequence[str] = (),
        status: int | None = None,
    ) -> None:
        near = f" Najbliższe: {', '.join(suggestions)}." if suggestions else ""
        super().__init__(message + near)
        self.parameter, self.suggestions, self.status = parameter, list(suggestions), status

"""Why an answer could not be had: each one Polish sentence with the place and what to do."""

from datetime import datetime


class FetchError(Exception):
    """The base of all; the text never holds a key."""


class QuotaSpent(FetchError):
    """The limits of the provider let nothing through before ``until``."""

    def __init__(self, message: str, until: datetime) -> None:
        self.until = until
        super().__init__(message)


class Refused(FetchError):
    """The provider refuses this question (``status`` 4xx): asking again changes nothing."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


class Unreachable(FetchError):
    """No whole answer after several attempts."""


class NotAsAgreed(Unreachable):
    """Answers came, but not whole or not of the agreed shape; another question may fare better."""


class Unsound(Exception):
    """Raised by a check of bytes that are not whole, or not as the contract says; its text is the
    reason in Polish, without a full stop."""

"""Lines of the error log name the request they belong to, by the id its client was told."""

import logging
from contextvars import ContextVar

current_request: ContextVar[str] = ContextVar("current_request", default="-")


class FaultsAlone(logging.Filter):
    """Leaves out answers that are given on purpose: 503 means "not yet", and says when."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", 500) != 503


class NamesRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request = current_request.get()
        return True

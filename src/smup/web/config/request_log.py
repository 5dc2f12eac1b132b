"""Lines of the error log name the request they belong to, by the id its client was told."""

import logging
from contextvars import ContextVar

current_request: ContextVar[str] = ContextVar("current_request", default="-")


class NamesRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request = current_request.get()
        return True

"""What is asked of the Local Data Bank, word for word."""

from collections.abc import Sequence

from smup.fetch.request import Request

PROVIDER = "bdl"
PAGE = 100  # rows; the most the service gives
_COMMON = (("lang", "pl"), ("format", "json"))
Params = tuple[tuple[str, str], ...]


def attributes(page: int) -> Request:
    return _paged("attributes", (), page)


def subjects_named(name: str, page: int) -> Request:
    return _paged("subjects/search", (("name", name),), page)


def subject(id_: str) -> Request:
    return Request(PROVIDER, f"subjects/{id_}", _COMMON)


def variables_of(subject_id: str, page: int) -> Request:
    return _paged("variables", (("subject-id", subject_id),), page)


def variable(number: int) -> Request:
    return Request(PROVIDER, f"variables/{number}", _COMMON)


def data(number: int, level: int, years: Sequence[int], page: int, *, by_id: bool) -> Request:
    """All ``years`` in one answer. ``by_id`` asks for an order: other lists of the service know it,
    the description of this one does not, so it is asked for only where rows moved between pages."""
    asked: Params = (
        ("unit-level", str(level)),
        *(("year", str(year)) for year in years),
        *((("sort", "id"),) if by_id else ()),
    )
    return _paged(f"data/by-variable/{number}", asked, page)


def _paged(path: str, params: Params, page: int) -> Request:
    paging = (("page", str(page)), ("page-size", str(PAGE)))
    return Request(PROVIDER, path, (*params, *paging, *_COMMON))

"""The form of a report as it was sent: its fields become a definition."""

from django.http import QueryDict

from smup.reports.compose import section_ids
from smup.reports.definition import COMPARATORS, Definition, definition_of
from smup.reports.looking import matter_of
from smup.store.releases import Release
from smup.web.portal.reports.wanted import Wanted

ORDER, CHOSEN, COMMENT, TEXT = "kolejnosc", "rozdzial", "uwaga:", "tekst:"
UP, DOWN = "wyzej", "nizej"
YEARS = ("od", "do")


def order_of(post: QueryDict) -> list[str]:
    """Ids of all sections in the order sent, after the move that was asked for."""
    ids = list(dict.fromkeys(post.getlist(ORDER)))
    for name, step in ((UP, -1), (DOWN, 1)):
        moved = post.get(name, "")
        if moved in ids:
            at = ids.index(moved)
            ids.insert(min(max(at + step, 0), len(ids) - 1), ids.pop(at))
    return ids


def definition_sent(post: QueryDict, wanted: Wanted, release: Release) -> Definition:
    """The definition the form asks for; what is as usual is left out, so that the report grows
    with its kind.

    Raises ValueError for what cannot be a definition, CannotWrite for what the
    release does not have.
    """
    usual = wanted.definition()
    chosen = set(post.getlist(CHOSEN))
    ids = [one for one in order_of(post) if one in chosen]
    if not ids:
        raise ValueError("raport nie ma żadnego rozdziału")
    matter = matter_of(release, usual)
    if ids == order_of(post) and _is_usual(ids, list(section_ids(matter))):
        ids = []
    return definition_of(
        {
            **usual.model_dump(mode="json"),
            "lang": post.get("jezyk") or wanted.lang,
            "years": _years(post),
            "comparators": tuple(one for one in COMPARATORS if one in post.getlist("tlo")),
            "sections": ids,
            "office": {
                "name": post.get("urzad", ""),
                "author": post.get("autor", ""),
                "session": post.get("sesja", ""),
            },
            "texts": own_words(post, TEXT),
            "comments": own_words(post, COMMENT),
        }
    )


def _is_usual(ids: list[str], all_of: list[str]) -> bool:
    """Are these the sections of the kind, in its order, but for those with nothing to say?"""
    return ids == [one for one in all_of if one in set(ids)]


def _years(post: QueryDict) -> tuple[int, int] | None:
    first, last = (post.get(name, "") for name in YEARS)
    if not (first.isdecimal() and last.isdecimal()):
        return None
    return int(first), int(last)


def own_words(post: QueryDict, prefix: str) -> dict[str, str]:
    """Texts by what follows ``prefix`` in the names of fields; browsers end lines with CRLF."""
    told = {name.removeprefix(prefix): str(post[name]) for name in post if name.startswith(prefix)}
    lines = {name: text.replace("\r\n", "\n").strip() for name, text in told.items()}
    return {name: text for name, text in lines.items() if text}

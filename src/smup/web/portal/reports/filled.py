"""What stands in the form of a report: as usual, from a saved definition, or as it was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from smup.reports.definition import COMPARATORS, Definition, Office
from smup.web.portal.reports.sent import CHOSEN, COMMENT, TEXT, YEARS, order_of, own_words


@dataclass(frozen=True)
class Filled:
    """``order`` are the ids of all sections, ``chosen`` of those that are to be in the report."""

    order: tuple[str, ...]
    chosen: frozenset[str]
    lang: str
    years: tuple[str, str]
    comparators: tuple[str, ...]
    office: Mapping[str, str]
    comments: Mapping[str, str]
    texts: Mapping[str, str]


def filled_from(definition: Definition, known: Sequence[str]) -> Filled:
    """Of a definition; ``known`` are the sections there are, in their usual order. Those left out
    stand at the end, so that they can be put back."""
    chosen = [one for one in definition.sections if one in known] or list(known)
    years = definition.years or ("", "")
    return Filled(
        (*chosen, *(one for one in known if one not in chosen)),
        frozenset(chosen),
        definition.lang,
        (str(years[0]), str(years[1])),
        definition.comparators,
        definition.office.model_dump(),
        definition.comments,
        definition.texts,
    )


def filled_as_sent(post: QueryDict, known: Sequence[str], lang: str) -> Filled:
    """As somebody filled it in, right or wrong; the sections in the order asked for."""
    order = [one for one in order_of(post) if one in known]
    first, last = (post.get(name, "")[:4] for name in YEARS)
    fields = {"name": "urzad", "author": "autor", "session": "sesja"}
    return Filled(
        (*order, *(one for one in known if one not in order)),
        frozenset(post.getlist(CHOSEN)),
        post.get("jezyk", lang),
        (first, last),
        tuple(one for one in COMPARATORS if one in post.getlist("tlo")),
        {name: post.get(fields[name], "") for name in Office.model_fields},
        own_words(post, COMMENT),
        own_words(post, TEXT),
    )

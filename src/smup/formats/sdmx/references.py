"""Which artefacts refer to which, and what a question for structures therefore returns.

The scheme of agencies is left out of it: everything refers to that.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import get_args

from smup.formats.sdmx.model import (
    INDICATOR,
    Artefact,
    Class,
    Codelist,
    Concepts,
    Constraint,
    Flow,
    Key,
    Scheme,
    Structure,
    Structures,
)

REFERENCES = (
    "none",
    "parents",
    "parentsandsiblings",
    "ancestors",
    "children",
    "descendants",
    "all",
    *get_args(Class),
)
DETAILS = (
    "full",
    "allstubs",
    "referencestubs",
    "allcompletestubs",
    "referencecompletestubs",
    "referencepartial",
    "raw",
)
Step = Callable[[set[Key]], set[Key]]


def answer(known: Structures, matched: list[Artefact], references: str, detail: str) -> Structures:
    """The artefacts matched and those ``references`` asks for, told as far as ``detail`` says."""
    own = {one.key for one in matched}
    wanted = _wanted(known, own, references) - own
    others = [one for one in known if one.key in wanted]
    if detail == "referencepartial":
        others = [_partial(one, matched) for one in others]
    if detail in ("referencestubs", "referencecompletestubs", "allstubs", "allcompletestubs"):
        others = [stub(one, "complete" in detail) for one in others]
    if detail in ("allstubs", "allcompletestubs"):
        matched = [stub(one, "complete" in detail) for one in matched]
    return Structures.of([*matched, *others])


def stub(one: Artefact, complete: bool) -> Artefact:
    """Only what identifies it; with its description where ``complete``."""
    about = one.about if complete else {}
    if isinstance(one, Scheme):
        return replace(one, about=about, stub=True, items=())
    return replace(one, about=about, stub=True)


def _partial(one: Artefact, matched: Iterable[Artefact]) -> Artefact:
    """The list of indicators as far as the flows asked for use it."""
    flows = [flow for flow in matched if isinstance(flow, Flow)]
    if isinstance(one, Codelist) and one.id == f"CL_{INDICATOR}" and flows:
        return one.only(frozenset(name for flow in flows for name in flow.indicators))
    return one


def _wanted(known: Structures, own: set[Key], references: str) -> set[Key]:
    down = {one.key: _refers_to(one) for one in known}

    def children(of: set[Key]) -> set[Key]:
        return {key for one in of for key in down[one]}

    def parents(of: set[Key]) -> set[Key]:
        return {one for one, keys in down.items() if keys & of}

    above = parents(own)
    siblings = above | children(above)
    found: dict[str, set[Key]] = {
        "none": set(),
        "parents": above,
        "parentsandsiblings": siblings,
        "ancestors": _closure(own, parents),
        "children": children(own),
        "descendants": _closure(own, children),
    }
    found["all"] = siblings | found["descendants"]
    if references in found:
        return found[references]
    near = found["ancestors"] | found["descendants"] | siblings
    return {key for key in near if key[0] == references}


def _closure(start: set[Key], step: Step) -> set[Key]:
    found: set[Key] = set()
    fresh = step(start)
    while fresh - found:
        found |= fresh
        fresh = step(fresh)
    return found


def _refers_to(one: Artefact) -> set[Key]:
    if isinstance(one, Constraint):
        return {("dataflow", one.flow)}
    if isinstance(one, Flow):
        return {("datastructure", one.structure)}
    if isinstance(one, Structure):
        lists = (of.codelist for of in (*one.dimensions, *one.attributes))
        return {("codelist", name) for name in lists if name} | {("conceptscheme", one.concepts)}
    if isinstance(one, Concepts):
        written = (item.written for item in one.items)
        return {("codelist", of.codelist) for of in written if of and of.codelist}
    return set()

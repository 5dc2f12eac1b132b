"""What is called how on the desk, beside what ``training.naming`` says everywhere."""

from collections.abc import Sequence

from smup import language
from smup.language import Lang
from smup.present import places
from smup.territory import Kind as UnitKind
from smup.training.models import Participant
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.workflow import workflow
from smup.web.people.words import words


def unit_kind(kind: str, lang: Lang) -> str:
    return places.kind_name(UnitKind(kind), lang)


def status_name(what: str, status: str, lang: Lang) -> str:
    """Of a ``registration``, ``agreement``, ``training``, ``question``, ``stage``…"""
    return workflow(what).statuses[status].name.of(lang)


def counted(n: int, word: str, lang: Lang) -> str:
    """``12 zgłoszeń``: the number and the noun that goes with it."""
    return f"{n}\u00a0{noun(n, word, lang)}"


def noun(n: int, word: str, lang: Lang) -> str:
    """The noun beside ``n``; its forms stand in the words."""
    return language.noun(n, words(lang)[word])


def request_lines(people: Sequence[Participant], lang: Lang) -> list[str]:
    """``online: 2 osoby``, ``stacjonarnie, Edukacja: 1 osoba``."""
    there = [one for one in people if one.kind == Kind.IN_PERSON]
    online = len(people) - len(there)
    told = []
    if online:
        told.append((kind_name(Kind.ONLINE, lang), online))
    if there:
        area = area_name(there[0].area, lang)
        told.append((f"{kind_name(Kind.IN_PERSON, lang)}, {area}", len(there)))
    return [f"{name}: {counted(n, 'desk_forms_people', lang)}" for name, n in told]

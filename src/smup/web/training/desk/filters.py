"""Which cases a list shows: what is asked in the address, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from django.db.models import Q, QuerySet
from django.http import QueryDict

from smup.language import fold
from smup.training.models import Registration
from smup.training.rules.queues import Kind
from smup.web.training.desk.tasks import TASKS, waiting_for

MOST_CHARACTERS = 100
_SEARCHED = ("number", "unit", "unit_name", "office_name", "nip", "contact_name", "contact_email")


@dataclass(frozen=True)
class Filters:
    """Parameters of the address, named as there; "" is no condition."""

    czeka: str = ""  # a task of tasks.TASKS
    etap: str = ""  # number of a stage
    stan: str = ""  # status
    organizator: str = ""
    rodzaj: str = ""  # kind of unit
    obszar: str = ""  # area id: somebody asks for it in person; "online": somebody is online
    szukaj: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        """Whatever is not understood is no condition."""
        found = {one.name: asked.get(one.name, "").strip() for one in fields(cls)}
        found["szukaj"] = found["szukaj"][:MOST_CHARACTERS]
        if found["czeka"] not in TASKS:
            found["czeka"] = ""
        if not (found["etap"].isdecimal() and len(found["etap"]) <= 3):
            found["etap"] = ""
        return cls(**found)

    def query(self) -> Mapping[str, str]:
        """The parameters that are set."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in named.items() if value}

    def chosen(self, cases: QuerySet[Registration], now: datetime) -> QuerySet[Registration]:
        """The cases that meet every condition, by arrival."""
        found = waiting_for(self.czeka, cases, now) if self.czeka else cases
        if self.etap:
            found = found.filter(stage__number=int(self.etap))
        for name, column in (
            ("stan", "status"),
            ("organizator", "organiser"),
            ("rodzaj", "unit_kind"),
        ):
            if value := getattr(self, name):
                found = found.filter(**{column: value})
        if self.obszar:
            found = found.filter(_asks_for(self.obszar)).distinct()
        if self.szukaj:
            found = found.filter(pk__in=_saying(self.szukaj, cases))
        return found.order_by("number")


def _asks_for(area: str) -> Q:
    asked = (
        Q(participants__kind=Kind.ONLINE)
        if area == Kind.ONLINE
        else Q(participants__kind=Kind.IN_PERSON, participants__area=area)
    )
    return Q(participants__state="active") & asked


def _saying(text: str, cases: QuerySet[Registration]) -> list[int]:
    """Cases in which every word typed occurs, whatever the case and the diacritics: databases
    disagree on both, and a programme has some hundreds of cases."""
    wanted = fold(text).split()
    rows = cases.values_list("pk", *_SEARCHED)
    return [
        key for key, *told in rows if all(word in fold(" ".join(map(str, told))) for word in wanted)
    ]

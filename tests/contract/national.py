"""The national SMUP service as ``contracts.md`` 2.1 describes it, with what it may do wrong.

The country is that of ``tests.helpers.country``; ``figure`` says what is published, so that a test
can work out what must come of it without asking. Everything set in ``__init__`` may be changed.
"""

import hashlib
from pathlib import Path
from typing import Any

from tests.contract.serving import Question, Quota, Reply, as_json
from tests.helpers.country import CITY, country

BASE = "/api/1.0.0"
MOST = 5000
YEARS = (2020, 2021, 2022, 2023, 2024)
OF_GMINAS, OF_CITIES, OF_ALL, NOBODYS = 4053, 4403, 16, 900
EMPTY_YEAR = (OF_ALL, 2024)  # published later than the others
NAMES = {
    OF_GMINAS: "Udział uczniów wśród mieszkańców gmin",
    OF_CITIES: "Udział uczniów wśród mieszkańców miast na prawach powiatu",
    OF_ALL: "Ludność",
    NOBODYS: "Uczniowie - udział",
    901: "Coś zupełnie innego",
}
PRECISION = {OF_GMINAS: 0, OF_CITIES: 0, OF_ALL: 0}
FLAGS = {
    1: "zjawisko wystąpiło",
    2: "zjawisko nie wystąpiło",
    3: "wartość mniejsza od przyjętego formatu prezentacji",
    5: "brak informacji, konieczność zachowania tajemnicy statystycznej",
}
DISTRICT, REGION, UNKNOWN = 9001, 9002, 9003  # numbers of units that are none of ours


def teryt(code: str, kind: str) -> dict[str, str]:
    """The pieces of a TERYT code as the dictionary writes them."""
    rodz = {"gmina-miejska": "1", "gmina-wiejska": "2", "gmina-miejsko-wiejska": "3"}.get(kind, "")
    return {"woj": code[:2], "pow": code[2:4], "gmn": code[4:6], "rodz": rodz}


def dictionary() -> list[dict[str, Any]]:
    """Every unit; a city with powiat rights stands as its gmina, and once more as a powiat."""
    rows = []
    for unit in country():
        if unit.code == "PL" or unit.code.endswith("G"):
            continue
        kind = "gmina-miejska" if unit.code == CITY else unit.kind.value
        place = teryt(unit.teryt6 or unit.code, kind)
        rows.append({"id-teryt": number(unit.code), **place, "nazwa": unit.name})
    rows.append({"id-teryt": number("0461P"), **teryt("0461", "powiat"), "nazwa": "Miasto"})
    part = {**teryt("020103", ""), "rodz": "4"}
    rows.append({"id-teryt": DISTRICT, **part, "nazwa": "Buk - miasto"})
    empty = dict.fromkeys(("woj", "pow", "gmn", "rodz"), "")
    rows.append({"id-teryt": REGION, **empty, "nazwa": "REGION POŁUDNIOWY"})
    rows.append({"id-teryt": UNKNOWN, **teryt("029901", "gmina-wiejska"), "nazwa": "Nigdzie"})
    return rows


def number(code: str) -> int:
    """The service's own number of a unit: it says nothing of the TERYT code."""
    return 100 + int(hashlib.sha256(code.encode()).hexdigest()[:6], 16)


def figure(indicator: int, year: int, code: str) -> tuple[int, float | None]:
    """Flag and value published: a number, a true zero, a gap or one below the format."""
    chance = int(hashlib.sha256(f"{indicator} {year} {code}".encode()).hexdigest()[:8], 16)
    if chance % 11 == 0:
        return 5, None
    if chance % 13 == 0:
        return 2, 0
    if chance % 17 == 0:
        return 3, 0
    return 1, float(chance % 97 + 1)


def codes(indicator: int, year: int) -> list[str]:
    """The units an indicator is published for."""
    there = [u for u in country() if u.exists_in(year) and not u.code.endswith("G")]
    if indicator == OF_GMINAS:
        return [u.code for u in there if u.kind.value.startswith("gmina-")]
    if indicator == OF_CITIES:
        return [CITY]
    return [u.code for u in there if u.code != "PL"]


class National:
    """``limits``: seconds -> requests, by the virtual clock in the folder ``clock``."""

    def __init__(self, limits: dict[str, int] | None = None, clock: str = "") -> None:
        windows = {int(seconds): limit for seconds, limit in (limits or {}).items()}
        self.quota = Quota(windows, Path(clock) if clock else None)
        self.refused = 0
        self.wrapped: bool | None = None  # lists under "data"; None: values only
        self.empty = "404"  # or "[]": what is said where there are no figures
        self.most = MOST  # rows of a page, whatever was asked for
        self.ignores_page = False
        self.expired = False
        self.unstable = False  # a page begins with the last row of the one before
        self.flags = {str(id_): name for id_, name in FLAGS.items()}
        self.names = {str(id_): name for id_, name in NAMES.items()}
        self.figures: dict[str, list[Any]] = {}  # "id year code" -> [flag, value]
        self.extra: dict[str, Any] = {}  # put into every row of values
        self.renamed: dict[str, str] = {}  # fields of values under other names
        self.has_services = True  # do areas have services
        self.rejects: list[str] = []  # "id year" answered with 400
        self.faults: list[str] = []  # what the next answers do, one word each
        self.keys: list[str] = []

    def answer(self, question: Question) -> Reply:
        self.keys.append(question.headers.get("x-clientid", ""))
        refusal = self.quota.refusal()
        self.refused = self.quota.refused
        if refusal is not None:
            return refusal
        if self.expired:
            return as_json({"errorResult": "Unauthorized"}, 401)
        reply = self._reply(question)
        return self._spoilt(reply, self.faults.pop(0)) if self.faults else reply

    def _spoilt(self, reply: Reply, fault: str) -> Reply:
        half = len(reply.body) // 2
        if fault == "cut":
            return Reply(body=reply.body, cut=half)
        if fault == "half":
            return Reply(body=reply.body[:half])
        if fault == "drop":
            return Reply(drop=True)
        if fault == "slow":
            return Reply(reply.status, reply.body, slow=0.2)
        if fault == "html":
            return Reply(body=b"<html>przerwa techniczna</html>", media="text/html")
        if fault == "later":
            return as_json({"errorResult": "Too many requests"}, 429, Retry_After="30")
        return as_json({"errors": ["told to"]}, int(fault))

    def _reply(self, question: Question) -> Reply:
        path = question.path.removeprefix(BASE).strip("/")
        lists = {
            "areas-list": self._areas,
            "public-services": self._services,
            "indicator-list": self._indicators,
            "teryt-dictionary": lambda _: dictionary(),
            "data-dictionary": lambda _: [{"id-daty": y * 10_000 + 1231, "rok": y} for y in YEARS],
            "flag-dictionary": self._flags,
            "indicator-date-data": self._values,
        }
        if path == "indicator-flashcard":
            return as_json({"id": int(question.one("id")), "opis": "metryczka"})
        if path not in lists:
            return as_json({"errorResult": "Not found"}, 404)
        if (
            path == "indicator-date-data"
            and f"{question.one('id')} {_year(question)}" in self.rejects
        ):
            return as_json({"errorResult": "Bad request"}, 400)
        rows = self._page(lists[path](question), question)
        if not rows and self.empty == "404":
            return as_json({"errorResult": "Not found"}, 404)
        wrapped = path == "indicator-date-data" if self.wrapped is None else self.wrapped
        return as_json({"data": rows} if wrapped else rows)

    def _page(self, rows: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
        size = min(int(question.one("page-size", str(MOST))), self.most)
        page = 1 if self.ignores_page else int(question.one("page", "1"))
        start = (page - 1) * size
        return rows[start - (1 if self.unstable and start else 0) :][:size]

    def _areas(self, _: Question) -> list[dict[str, Any]]:
        return [{"id-ou": 1, "nazwa-obszaru": "Edukacja"}]

    def _services(self, _: Question) -> list[dict[str, Any]]:
        return [{"id-up": 12, "nazwa-uslugi": "Szkoły podstawowe"}] if self.has_services else []

    def _indicators(self, _: Question) -> list[dict[str, Any]]:
        return [
            {
                "id": int(id_),
                "nazwa-wskaznika": name,
                "id-up": 12,
                "nazwa-uslugi": "Szkoły podstawowe",
                "wymiar-opisu-uslugi": "ilość",
            }
            for id_, name in self.names.items()
        ]

    def _flags(self, _: Question) -> list[dict[str, Any]]:
        return [{"id-flaga": int(id_), "nazwa": name} for id_, name in self.flags.items()]

    def _values(self, question: Question) -> list[dict[str, Any]]:
        indicator, year = int(question.one("id")), _year(question)
        if (indicator, year) == EMPTY_YEAR or year not in YEARS:
            return []
        rows = [self._row(indicator, year, code, number(code)) for code in codes(indicator, year)]
        if indicator == OF_ALL:
            strangers = (DISTRICT, REGION, UNKNOWN, 123_456_789)
            rows += [self._row(indicator, year, str(one), one) for one in strangers]
        return rows

    def _row(self, indicator: int, year: int, code: str, unit: int) -> dict[str, Any]:
        flag, value = self.figures.get(f"{indicator} {year} {code}") or figure(
            indicator, year, code
        )
        row = {
            "id": indicator,
            "id-daty": year * 10_000 + 1231,
            "id-teryt": unit,
            "id-flaga": flag,
            "wartosc": value,
            "precyzja": PRECISION.get(indicator, 0),
            **self.extra,
        }
        return {self.renamed.get(name, name): one for name, one in row.items()}


def _year(question: Question) -> int:
    return int(question.one("id-daty")[:4])

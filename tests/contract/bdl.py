"""GUS Bank Danych Lokalnych as ``contracts.md`` 1 describes it, with what it may do wrong.

Everything that is set below ``__init__`` may be changed while it runs (``Serving.change``).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.contract import clock
from tests.contract.bdl_world import ATTRIBUTES, NOT_PUBLISHED, ORDINARY, Row, World
from tests.contract.serving import Question, Quota, Reply, as_json

BASE = "/api/v1"
MOST = 100  # rows on a page
UPDATED = "2026-02-01T08:00:00"


class Bdl:
    """``clock``: the folder of a virtual clock; ``limits``: seconds -> requests."""

    def __init__(
        self,
        subjects: Sequence[Mapping[str, Any]],
        years: Sequence[int],
        within: Sequence[str] = (),
        limits: Mapping[str, int] | None = None,
        clock_folder: str | None = None,
        shapes: int | None = None,
    ) -> None:
        self.world = World(subjects, years, within)
        self._folder = Path(clock_folder) if clock_folder else None
        self.quota = Quota({int(k): v for k, v in (limits or {}).items()}, self._folder)
        self._shapes = shapes  # variables share figures, for servers of thousands
        self._bodies: dict[tuple[Any, ...], str] = {}
        # what it does wrong
        self.total_off = 0  # added to totalRecords of data
        self.total_off_sorted = 0  # the same where sort=id is asked for
        self.repeats = False  # without sort, a page begins with the last row of the one before
        self.repeats_always = False
        self.cut_every = 0  # every n-th answer to a data question breaks off
        self.half_every = 0  # every n-th one is half the bytes, as if whole
        self.contradicts: list[int] = []  # variables with numbers beside signs for none
        self.gone = False  # data questions are answered 404
        self.slow_every = 0  # every n-th one pauses for a moment in the middle
        self.error_every = 0  # every n-th one is a 500
        self.schema = ""  # "renamed", "text", "html", "null", "extra"
        self.key: str | None = None  # the only key that opens; "" opens for nobody
        self.down_until = 0.0  # virtual time until which connections break
        self.unknown_attribute: list[int] = []  # variables with a number no dictionary holds
        self.forgotten: list[int] = []  # numbers that /attributes leaves out
        self.updated: dict[str, str] = {}  # subject -> lastUpdate
        self.revision: dict[str, int] = {}  # variable -> added to figures of revised years
        self.revised_from = 0
        self.only_city_gmina: list[int] = []  # variables with no city figures at level 5
        self.measure: dict[str, list[Any]] = {}  # variable -> other [measureUnitId, name]
        self.published_years: list[int] = []
        self.keys_seen: list[str] = []
        self.data_asked = 0

    @property
    def refused(self) -> int:
        return self.quota.refused

    def answer(self, question: Question) -> Reply:
        if self._folder is not None and clock.read(self._folder) < self.down_until:
            return Reply(drop=True)
        key = question.headers.get("x-clientid", "")
        if key not in self.keys_seen:
            self.keys_seen.append(key)
        if self.key is not None and key != self.key:
            return _error(403, "Nieprawidłowy klucz")
        refusal = self.quota.refusal()
        if refusal is not None:
            return refusal
        parts = question.path.removeprefix(BASE).strip("/").split("/")
        match parts:
            case ["attributes"]:
                return self._list(question, [*self._attributes()])
            case ["subjects", "search"]:
                name = question.one("name").lower()
                found = [s for s in self.world.subjects.values() if name in s["name"].lower()]
                return self._list(question, [self._subject(s) for s in found])
            case ["subjects"]:
                parent = question.one("parent-id")
                found = [s for s in self.world.subjects.values() if s.get("parent", "") == parent]
                return self._list(question, [self._subject(s) for s in found])
            case ["subjects", id_] if id_ in self.world.subjects:
                return self._tagged(question, self._details(self.world.subjects[id_]))
            case ["variables"]:
                subject = self.world.subjects.get(question.one("subject-id"), {"variables": []})
                return self._list(question, [self._variable(v["id"]) for v in subject["variables"]])
            case ["variables", id_] if _number(id_) in self.world.variables:
                return self._tagged(question, self._variable(int(id_)))
            case ["units"]:
                rows = self.world.rows(int(question.one("level")))
                return self._list(question, [{"id": r.id, "name": r.name} for r in rows])
            case ["data", "by-variable", id_] if _number(id_) in self.world.variables:
                return self._data(question, int(id_))
        return _error(404, "Nie ma takiego zasobu")

    def _attributes(self) -> list[dict[str, Any]]:
        told = [
            {"id": NOT_PUBLISHED, "name": "0", "symbol": "", "description": ""},
            {"id": ORDINARY, "name": "", "symbol": "", "description": "wartość"},
        ]
        shown = {"-": "-", "n": "-", "x": ".", "X": "."}
        told += [
            {"id": id_, "name": shown.get(symbol, ""), "symbol": symbol, "description": "opis"}
            for id_, symbol in ATTRIBUTES.items()
        ]
        return [one for one in told if one["id"] not in self.forgotten]

    def _subject(self, subject: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": subject["id"],
            "parentId": subject.get("parent", "G1"),
            "name": subject["name"],
            "hasVariables": True,
            "children": [],
            "levels": [0, 2, 5, 6],
        }

    def _details(self, subject: Mapping[str, Any]) -> dict[str, Any]:
        years = self._years()
        levels = sorted({level for v in subject["variables"] for level in v["levels"]})
        return {
            **self._subject(subject),
            "levels": levels,
            "years": years,
            "availability": [{"year": y, "levels": levels, "quarterly": False} for y in years],
            "dimensions": ["Wyszczególnienie"],
            "lastUpdate": self.updated.get(subject["id"], UPDATED),
            "description": "",
        }

    def _years(self) -> list[int]:
        return self.published_years or self.world.years

    def _variable(self, id_: int) -> dict[str, Any]:
        variable = self.world.variables[id_]
        labels = {f"n{at}": text for at, text in enumerate(variable["labels"], 1)}
        number, name = self.measure.get(str(id_), variable["measure"])
        return {
            "id": id_,
            "subjectId": variable["subject"],
            **labels,
            "level": max(variable["levels"]),
            "measureUnitId": number,
            "measureUnitName": name,
        }

    def _data(self, question: Question, id_: int) -> Reply:
        self.data_asked += 1
        level, page = int(question.one("unit-level")), int(question.one("page", "0"))
        size = min(int(question.one("page-size", "10")), MOST)
        variable = self.world.variables[id_]
        if level not in variable["levels"] or self.gone:
            return _error(404, "Brak danych na tym poziomie")
        years = [int(y) for y in question.all("year")] or self._years()
        by_id = question.one("sort").lower() == "id"
        total = len(self.world.rows(level))
        total += self.total_off_sorted if by_id else self.total_off
        number, _ = self.measure.get(str(id_), variable["measure"])
        head = {
            "totalRecords": total,
            "page": page,
            "pageSize": size,
            "links": {"first": "", "self": "", "last": ""},
            "variableId": id_,
            "measureUnitId": number,
            "aggregateId": 1,
            "lastUpdate": self.updated.get(variable["subject"], UPDATED),
        }
        results = self._results(id_, level, years, page, size, by_id)
        body = f'{json.dumps(head)[:-1]}, "results": {results}}}'.encode()
        return self._spoiled(self._with_tag(question, body), self.data_asked)

    def _results(
        self, id_: int, level: int, years: list[int], page: int, size: int, by_id: bool
    ) -> str:
        shared = id_ if self._shapes is None else id_ % self._shapes
        key = (shared, level, tuple(years), page, size)
        if self._shapes is not None and key in self._bodies:
            return self._bodies[key]
        rows = self.world.rows(level)
        if not by_id:  # without a sort the order is the service's own
            rows = sorted(rows, key=lambda row: (row.id[::-1], row.id))
        shown = rows[page * size : (page + 1) * size]
        if page and (self.repeats_always or (self.repeats and not by_id)):
            shown = [rows[page * size - 1], *shown[1:]]
        results = json.dumps([self._result(shared, level, row, years) for row in shown])
        if self._shapes is not None:
            self._bodies[key] = results
        return results

    def _result(self, id_: int, level: int, row: Row, years: list[int]) -> dict[str, Any]:
        published = self._years()
        values = [self._value(id_, level, row, y) for y in years if y in published]
        if self.schema == "renamed":
            return {"id": row.id, "name": row.name, "observations": values}
        if self.schema == "extra":
            return {"id": row.id, "name": row.name, "values": values, "hasDescription": False}
        return {"id": row.id, "name": row.name, "values": values}

    def _value(self, id_: int, level: int, row: Row, year: int) -> dict[str, Any]:
        revision = self.revision.get(str(id_), 0) if year >= self.revised_from else 0
        cell = self.world.cell(id_, row, year, revision)
        value, attribute = cell.value, cell.attribute
        if id_ in self.only_city_gmina and level == 5 and row.code[2:3] in ("6",):
            value, attribute = 0.0, NOT_PUBLISHED
        if id_ in self.contradicts and value == 0 and attribute not in (NOT_PUBLISHED, ORDINARY):
            value = 12.0
        if id_ in self.unknown_attribute and year == self.world.years[-1]:
            attribute = 99
        told = {"year": str(year), "val": value, "attrId": attribute}
        if self.schema == "text":
            told["val"] = str(value)
        if self.schema == "null":
            told["val"] = None
        return told

    def _list(self, question: Question, items: list[dict[str, Any]]) -> Reply:
        page = int(question.one("page", "0"))
        size = min(int(question.one("page-size", "10")), MOST)
        following = "next" if (page + 1) * size < len(items) else None
        told = {
            "totalRecords": len(items),
            "page": page,
            "pageSize": size,
            "links": {"next": following},
            "results": items[page * size : (page + 1) * size],
        }
        return self._tagged(question, told)

    def _tagged(self, question: Question, told: object) -> Reply:
        return self._with_tag(question, json.dumps(told, ensure_ascii=False).encode())

    def _with_tag(self, question: Question, body: bytes) -> Reply:
        tag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        if question.headers.get("if-none-match") == tag:
            return Reply(304, headers={"ETag": tag})
        return Reply(200, body, headers={"ETag": tag})

    def _spoiled(self, reply: Reply, count: int) -> Reply:
        if self.schema == "html":
            return Reply(200, b"<html><body>Przerwa techniczna</body></html>", "text/html")
        if self.error_every and count % self.error_every == 0:
            return _error(500, "Błąd wewnętrzny")
        if self.cut_every and count % self.cut_every == 0:
            return Reply(200, reply.body, cut=len(reply.body) // 2)
        if self.half_every and count % self.half_every == 0:
            return Reply(200, reply.body[: len(reply.body) // 2])
        if self.slow_every and count % self.slow_every == 0:
            return Reply(200, reply.body, headers=reply.headers, slow=0.02)
        return reply


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _error(status: int, reason: str) -> Reply:
    told = {"errorResult": reason, "errorReason": reason, "errorSolution": "", "errorCode": status}
    return as_json({"errors": [told]}, status)

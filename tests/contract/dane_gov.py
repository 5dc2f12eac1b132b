"""dane.gov.pl as ``contracts.md`` 3.1 describes it, with what it may do wrong.

Resources of one dataset; the file of each lies under an address of its own, by way of a redirect.
Everything set in ``__init__`` may be changed while it runs.
"""

import hashlib
from typing import Any

from tests.contract.serving import Question, Reply, as_json
from tests.helpers.country import country

BASE = "/1.4"
DATASET = "872"
POPULATION, NEWER = 12345, 12399
KIND = "application/vnd.api+json"


def figure(year: int, code: str) -> int:
    """What the file says of a unit."""
    return int(hashlib.sha256(f"{year} {code}".encode()).hexdigest()[:4], 16) + 1


def gminas() -> list[str]:
    return [unit.code for unit in country() if len(unit.code) == 6 and unit.exists_in(2023)]


def table(headers: tuple[str, ...] = ("TERYT", "Ludność")) -> bytes:
    """A file in the encoding and with the separators offices use."""
    rows = [";".join(headers), *(f"{code};{figure(2023, code)}" for code in gminas())]
    return ("\r\n".join(rows) + "\r\n").encode("cp1250")


class DaneGov:
    def __init__(self) -> None:
        self.headers = ["TERYT", "Ludność"]  # of the file
        self.version = 1  # of the file; a number more is another address
        self.text = ""  # the file itself, where it is not the table
        self.elsewhere = ""  # a host of its own for the files
        self.redirects = 1
        self.etag = False
        self.shape = "data"  # the key under which the portal answers
        self.only_link = False  # resources without download_url
        self.others = 150  # further resources of the dataset
        self.unstable = True  # the last of a page stands once more on the next
        self.faults: list[str] = []  # what the next answers with a file do, one word each

    def answer(self, question: Question) -> Reply:
        path = question.path.removeprefix(BASE).strip("/")
        if path.startswith("resources/"):
            return self._told(self._resource(int(path.removeprefix("resources/")), question))
        if path == f"datasets/{DATASET}/resources":
            return self._list(question)
        if path.startswith(f"pliki/{self.version}/"):
            return self._file(path, question)
        return as_json({"errors": [{"title": "Not Found", "code": "404_not_found"}]}, 404)

    def _told(self, data: object, **beside: object) -> Reply:
        reply = as_json({self.shape: data, "jsonapi": {"version": "1.4"}, **beside})
        return Reply(reply.status, reply.body, KIND)

    def _resource(self, number: int, question: Question) -> dict[str, Any]:
        host = self.elsewhere or f"http://{question.headers['host']}"
        address = f"{host}{BASE}/pliki/{self.version}/0/{number}.csv"
        links = {"link": address} if self.only_link else {"download_url": address, "link": "x:y"}
        return {
            "type": "resource",
            "id": str(number),
            "attributes": {"title": f"Zasób {number}", "views_count": 7, **links},
            "relationships": {"dataset": {"data": {"type": "dataset", "id": DATASET}}},
        }

    def _list(self, question: Question) -> Reply:
        page, size = int(question.one("page", "1")), int(question.one("per_page", "25"))
        assert size <= 100
        numbers = [POPULATION, NEWER, *range(100, 100 + self.others)]
        start = (page - 1) * size
        shown = numbers[start - (1 if self.unstable and start else 0) : start + size]
        more = {"next": f"…page={page + 1}"} if start + size < len(numbers) else {}
        links = {"self": "…", **more}
        resources = [self._resource(number, question) for number in shown]
        return self._told(resources, links=links, meta={"count": len(numbers)})

    def _file(self, path: str, question: Question) -> Reply:
        _, version, step, name = path.split("/")
        if int(step) < self.redirects:
            place = f"{BASE}/pliki/{version}/{int(step) + 1}/{name}"
            return Reply(302, headers={"Location": place})
        body = self.text.encode() if self.text else table(tuple(self.headers))
        mark = hashlib.sha256(body).hexdigest()[:8]
        if self.etag and question.headers.get("if-none-match") == mark:
            return Reply(304, headers={"ETag": mark})
        reply = Reply(200, body, "text/csv", {"ETag": mark} if self.etag else {})
        return self._spoilt(reply, self.faults.pop(0)) if self.faults else reply

    def _spoilt(self, reply: Reply, fault: str) -> Reply:
        if fault == "cut":
            return Reply(200, reply.body, reply.media, cut=len(reply.body) // 2)
        if fault == "slow":
            return Reply(200, reply.body, reply.media, slow=0.2)
        if fault == "html":
            return Reply(200, b"<!DOCTYPE html><html>Przerwa</html>", "text/html")
        return as_json({"errors": [{"title": "told to"}]}, int(fault))

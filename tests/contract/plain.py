"""A service that answers ``/rzecz/<n>`` and can be told to do everything a real one does wrong."""

from pathlib import Path

from tests.contract.serving import Question, Quota, Reply, as_json


class Plain:
    def __init__(self, limits: dict[str, int] | None = None, clock: str = "") -> None:
        windows = {int(seconds): limit for seconds, limit in (limits or {}).items()}
        self.quota = Quota(windows, Path(clock) if clock else None)
        self.version = "1"
        self.faults: list[str] = []  # what the next answers do, one word each
        self.keys: list[str] = []  # keys that came, in the order of the questions
        self.elsewhere = ""
        self.refused = 0

    def answer(self, question: Question) -> Reply:
        self.keys.append(question.headers.get("x-clientid", ""))
        refusal = self.quota.refusal()
        self.refused = self.quota.refused
        if refusal is not None:
            return refusal
        if self.faults:
            return self._fault(self.faults.pop(0), question)
        if question.headers.get("if-none-match") == self.version:
            return Reply(304, headers={"ETag": self.version})
        return as_json(self._told(question), ETag=self.version)

    def _told(self, question: Question) -> dict[str, str]:
        return {"path": question.path, "version": self.version, "q": question.one("q")}

    def _fault(self, fault: str, question: Question) -> Reply:
        if fault == "cut":
            return Reply(body=b'{"path": "/rzecz', cut=9)
        if fault == "half":
            return Reply(body=b'{"path": "/rzecz')
        if fault == "drop":
            return Reply(drop=True)
        if fault == "large":
            return Reply(body=b"0" * 200_000)
        if fault == "later":
            return as_json({"errorResult": "Too many requests"}, 429, Retry_After="30")
        if fault == "elsewhere":
            return Reply(302, headers={"Location": self.elsewhere})
        return as_json({"errors": [{"errorReason": "told to"}]}, int(fault))

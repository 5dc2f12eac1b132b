"""The result: what was decided and why, what is asked, and the mapping when nothing is open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from smup.ingest.mapping import FileMapping


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing understood, in Polish, with the reason."""

    what: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the file leaves open. ``proposal`` is the answer that can make no figure wrong;
    None where only a person can know. ``options`` are the answers, () for any text."""

    id: str
    text: str
    options: tuple[str, ...] = ()
    proposal: str | None = None


@dataclass(frozen=True)
class Understanding:
    """``source`` is the content of the mapping file; complete when ``questions`` is empty, and then
    ``mapping`` is its one file. ``shown`` are the headers and the first rows as they would be read.
    ``proposed`` are ids of variables the catalogue does not have.
    """

    id: str
    source: Mapping[str, Any]
    mapping: FileMapping | None
    decisions: tuple[Decision, ...]
    questions: tuple[Question, ...]
    shown: tuple[tuple[str, ...], ...]
    proposed: frozenset[str] = frozenset()

    def yaml(self) -> str:
        """The mapping file: what ``catalogue/sources/<id>.yaml`` looks like."""
        text = yaml.safe_dump(
            dict(self.source),
            allow_unicode=True,
            sort_keys=False,
            width=100,
            default_flow_style=None,
        )
        return f"# {self.id}.yaml\n{text}"

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape of ``understood``."""
        return {
            "id": self.id,
            "mapping": dict(self.source),
            "decisions": [[d.what, d.value, d.reason] for d in self.decisions],
            "questions": [
                {"id": q.id, "text": q.text, "options": list(q.options), "proposal": q.proposal}
                for q in self.questions
            ],
            "shown": [list(row) for row in self.shown],
            "proposed_variables": sorted(self.proposed),
        }


@dataclass
class Ledger:
    """Decisions and questions as they come up; ``answers`` are those of a person, by question."""

    answers: Mapping[str, str]
    decisions: list[Decision] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def decide(self, what: str, value: str, reason: str) -> None:
        self.decisions.append(Decision(what, value, reason))

    def ask(
        self,
        about: str,
        text: str,
        options: tuple[str, ...] = (),
        proposal: str | None = None,
        pattern: str = ".+",
    ) -> str | None:
        """The answer a person gave, None while it is open. An answer that is no option, or that the
        pattern does not fit, is asked again."""
        answer = self.answers.get(about)
        fits = answer is not None and re.fullmatch(pattern, answer)
        if answer is None or not fits or (options and answer not in options):
            self.questions.append(Question(about, text, options, proposal))
            return None
        self.decide(text, answer, "odpowiedź")
        return answer

"""A text in both languages of the interface."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from smup.language import Lang

Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Words(BaseModel):
    """The same in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pl: Sentence
    en: Sentence

    def of(self, lang: Lang) -> str:
        return self.pl if lang == "pl" else self.en

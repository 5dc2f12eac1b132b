"""A question together with what could not be understood of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from smup.language import Lang
from smup.store.releases import Release
from smup.telling.naming import title, where
from smup.telling.strings import strings
from smup.web.portal.explorer.question import Question

Change = Callable[[Question], Question]


@dataclass(frozen=True)
class Choice:
    """Something near that exists, and the question once it is taken."""

    name: str
    note: str
    take: Change


@dataclass(frozen=True)
class Trouble:
    """What cannot be done, in words, beside the ``field`` it concerns."""

    field: str
    words: str
    choices: tuple[Choice, ...] = ()


@dataclass
class Asked:
    """A question as far as it was read from an address.

    ``sent``: a control of the page was used, so the reader belongs at the address of the question
    itself. ``typed`` is what a field still holds because it was not understood, by parameter.
    """

    release: Release
    lang: Lang
    question: Question = field(default_factory=Question)
    troubles: list[Trouble] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    sent: bool = False

    def trouble(
        self, place: str, key: str, choices: Iterable[Choice] = (), **named: object
    ) -> None:
        """Say beside the field ``place`` what ``key`` of the words says."""
        words = strings(self.lang)[key].format(**named)
        self.troubles.append(Trouble(place, words, tuple(choices)))

    def troubles_of(self, place: str) -> list[Trouble]:
        return [one for one in self.troubles if one.field == place]


def indicator_choice(asked: Asked, name: str) -> Choice:
    """An indicator that can be added to the question."""
    one = asked.release.catalogue.indicators[name]
    area = asked.release.catalogue.areas[one.area]
    return Choice(
        getattr(one.name, asked.lang),
        getattr(area.name, asked.lang),
        lambda question: replace(
            question, indicators=tuple(dict.fromkeys((*question.indicators, name)))
        ),
    )


def unit_choice(asked: Asked, code: str) -> Choice:
    """A unit that can be added to the question."""
    unit = asked.release.territory.units[code]
    return Choice(
        title(unit, asked.lang),
        where(unit, asked.release.territory, asked.lang),
        lambda question: replace(question, units=tuple(dict.fromkeys((*question.units, code)))),
    )

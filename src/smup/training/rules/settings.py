"""What may differ between editions of the programme: every number, date and text of the rules."""

from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from smup.catalogue.document import lines_of
from smup.catalogue.errors import CatalogueError
from smup.catalogue.validation import parse as parsed
from smup.reports.plain_yaml import read_yaml
from smup.territory import GMINA_KINDS
from smup.territory import Kind as UnitKind
from smup.training.rules.words import Sentence, Words

EDITIONS = Path(__file__).with_name("editions")
MOST_CHARACTERS = 50_000
UNIT_KINDS = (*GMINA_KINDS, UnitKind.MIASTO, UnitKind.POWIAT)  # kinds that may take part

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Days = Annotated[int, Field(ge=0, le=3_660)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class SettingsError(ValueError):
    """Settings that cannot be used; ``sentences`` say in Polish what is wrong and where."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__("; ".join(sentences))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """Offices of up to so many persons send so many people; without ``up_to`` all larger ones."""

    up_to: Count | None = None
    people: Count


class Organiser(_Part):
    """An organiser and the kinds of unit that are its own unless a person moves them."""

    name: Sentence
    short: Sentence
    kinds: tuple[UnitKind, ...] = Field(min_length=1)


class Course(_Part):
    """``meetings`` of ``days`` days each; ``hours`` in all, None where they are not laid down."""

    meetings: Count
    days: Count
    hours: Count | None = None


class Courses(_Part):
    """Both kinds of training."""

    online: Course
    in_person: Course


class Declaration(_Part):
    """A paper each participant signs; ``version`` is the one in force."""

    id: Id
    name: Words
    version: Sentence


class Programmes(_Part):
    """Versions of the programme of each kind of training."""

    online: Sentence
    in_person: Sentence


class Documents(_Part):
    """Versions of the documents in force."""

    rules: Sentence
    agreement: Sentence
    programmes: Programmes
    declarations: tuple[Declaration, ...] = Field(min_length=1, max_length=10)


class EditionSettings(_Part):
    """One edition. Numbers are persons, units or calendar days, as their names say."""

    name: Words
    years: tuple[Year, Year]
    target_units: Count  # a floor: recruitment goes on until it is reached, and may pass it
    headcount: tuple[Step, ...] = Field(min_length=1, max_length=20)
    min_stage_days: Days
    areas: tuple[Id, ...] = Field(min_length=1, max_length=30)
    courses: Courses
    all_in_person_up_to: Count  # a unit that sends no more people may send them all in person
    max_in_person_per_unit: Count  # otherwise no more than so many of them
    in_person_min_units: Count
    in_person_window: Literal["stage", "edition"]  # whose applications count towards it
    pool_in_person_over_organisers: bool
    keeps_turn: bool  # waiting units keep their claim on the places they asked for
    confirmation_days: Count  # for a unit of the reserve list at the opening of the next stage
    offer_days: Count  # for a unit that was offered a place
    agreement_days: Count  # usual time for signing
    agreement_least_days: Count  # less is given to nobody, however near the first training is
    days_before_training: Days  # from the deadline of the agreement to the first training
    reminder_days: Days  # before a deadline
    draft_days: Count  # a form begun and not sent
    retention_days: Days  # of personal data, after the last day of the edition
    ask_sex: bool = False
    min_attendance: float = Field(ge=0, le=1)  # share of days, for a certificate
    organisers: dict[Id, Organiser] = Field(min_length=1, max_length=10)
    funding: tuple[Words, ...] = Field(min_length=1, max_length=10)
    documents: Documents

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.years[0] > self.years[1]:
            raise ValueError("pierwszy rok („years”) jest późniejszy niż ostatni")
        _check_steps(self.headcount)
        if len(set(self.areas)) < len(self.areas):
            raise ValueError("obszar („areas”) jest wymieniony dwa razy")
        if self.agreement_least_days > self.agreement_days:
            raise ValueError(
                "„agreement_least_days” nie może być większe niż „agreement_days”: "
                "najkrótszy termin umowy byłby dłuższy od zwykłego"
            )
        _check_organisers(self.organisers)
        ids = [one.id for one in self.documents.declarations]
        if len(set(ids)) < len(ids):
            raise ValueError("oświadczenie („declarations”) jest wymienione dwa razy")
        return self


@lru_cache(maxsize=32)  # every form asks for the settings of its edition
def parse(text: str) -> EditionSettings:
    """Settings from YAML. Raises SettingsError with a sentence for each fault."""
    if len(text) > MOST_CHARACTERS:
        raise SettingsError((f"ustawienia są dłuższe niż {MOST_CHARACTERS} znaków; skróć je",))
    try:
        content = read_yaml(text)
    except ValueError as error:
        raise SettingsError((f"ustawienia nie są poprawnym YAML: {error}",)) from error
    if not isinstance(content, dict):
        raise SettingsError(("ustawienia mają być listą pól „nazwa: wartość”",))
    errors: list[CatalogueError] = []
    found = parsed(EditionSettings, content, file="", lines=lines_of(text), errors=errors)
    if found is None:
        raise SettingsError(tuple(map(_sentence, sorted(errors))))
    return found


def _sentence(error: CatalogueError) -> str:
    """With its place; what concerns the whole has none."""
    return f"wiersz {error.line}, {error.key}: {error.message}" if error.key else error.message


@cache
def edition_text(years: str) -> str:
    """The settings kept with the program, as ``2022-2023``. Raises FileNotFoundError."""
    return (EDITIONS / f"{years}.yaml").read_text(encoding="utf-8")


def _check_steps(steps: tuple[Step, ...]) -> None:
    bounds = [step.up_to for step in steps]
    inner = [bound for bound in bounds[:-1] if bound is not None]
    if bounds[-1] is not None or len(inner) < len(bounds) - 1:
        raise ValueError("„headcount”: bez granicy („up_to”) jest tylko i zawsze ostatni próg")
    if any(low >= high for low, high in pairwise(inner)):
        raise ValueError("„headcount”: granice („up_to”) mają rosnąć")


def _check_organisers(organisers: dict[str, Organiser]) -> None:
    """Every kind of unit has exactly one organiser, so that a form always finds its own."""
    kinds = [kind for one in organisers.values() for kind in one.kinds]
    for kind in UNIT_KINDS:
        if kinds.count(kind) != 1:
            raise ValueError(
                f"„organisers”: rodzaj „{kind}” ma mieć dokładnie jednego organizatora, "
                f"ma {kinds.count(kind)}"
            )
    for kind in kinds:
        if kind not in UNIT_KINDS:
            raise ValueError(f"„organisers”: jednostki rodzaju „{kind}” nie biorą udziału")

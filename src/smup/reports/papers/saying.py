"""What a paper asks of its authors, with the year and the office in the right words."""

from datetime import date

from smup.documents.blocks import Placeholder
from smup.reports.kind import Duty, Words
from smup.reports.matter import CannotWrite, Matter
from smup.reports.own_text import own_text
from smup.reports.papers import Chapter, Paper, Prompt, level_of, paper_of
from smup.reports.papers.years import first_of_school_year, school_year
from smup.telling.strings import strings


def paper(matter: Matter) -> Paper:
    """The paper that is written. Raises CannotWrite where the kind is none."""
    found = paper_of(matter.definition.kind)
    if found is None:
        raise CannotWrite(f"Raport „{matter.plan.name.pl}” nie ma rozdziałów pism rocznych.")
    return found


def duty_of(matter: Matter) -> Duty:
    """The provision that binds the unit. Raises CannotWrite where the kind is no paper."""
    paper(matter)
    return matter.plan.duty[level_of(matter.unit)]


def deadline(matter: Matter) -> date:
    """The day by which the paper about its year is due: in the year after it."""
    month, day = (int(part) for part in duty_of(matter).until.split("-"))
    return date(first_year(matter) + 1, month, day)


def first_year(matter: Matter) -> int:
    """The calendar year the paper is about, or that in which its school year began."""
    if paper(matter).year == "calendar":
        return matter.year
    return first_of_school_year(matter.year, matter.upto)


def year_words(matter: Matter, *, later: int = 0) -> str:
    """The year the paper is about as it is written: 2025, 2024/2025."""
    first = first_year(matter) + later
    return school_year(first) if paper(matter).year == "school" else str(first)


def placeholders(matter: Matter, chapter: Chapter) -> list[Placeholder]:
    """The places of a chapter, with what the author has written there."""
    written = matter.definition.texts
    return [
        Placeholder(
            name,
            prompt_words(matter, one),
            basis_words(matter, one),
            own_text(written.get(name, "")),
        )
        for name, one in chapter.texts.items()
    ]


def prompt_words(matter: Matter, prompt: Prompt) -> str:
    """The title of a place and what belongs there, as one reads it in the place."""
    return f"{title_words(matter, prompt)}: {_filled(matter, prompt.prompt)}"


def title_words(matter: Matter, prompt: Prompt) -> str:
    return _filled(matter, prompt.title)


def _filled(matter: Matter, words: Words) -> str:
    text: str = getattr(words, matter.lang)
    year = first_year(matter)
    return text.format(
        year=year,
        school_year=school_year(year),
        head_of=strings(matter.lang)[f"paper_head_of_{matter.unit.kind.value}"],
    )


def basis_words(matter: Matter, prompt: Prompt) -> str:
    """The provision, and that it is to be checked where nobody looked it up."""
    duty = duty_of(matter)
    if prompt.basis is not None:
        return provision(matter, getattr(prompt.basis, matter.lang), sure=prompt.sure)
    return provision(matter, getattr(duty.basis, matter.lang), sure=prompt.sure and duty.sure)


def provision(matter: Matter, basis: str, *, sure: bool) -> str:
    return basis if sure else strings(matter.lang)["paper_unsure_basis"].format(basis=basis)

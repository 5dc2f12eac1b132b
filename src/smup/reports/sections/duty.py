"""The opening of a yearly paper: which one it is, about which year, by when and by which law."""

from smup.documents import Block, Fact, Facts, Paragraph, Section
from smup.reports.kind import Duty
from smup.reports.matter import Matter
from smup.reports.papers.saying import deadline, duty_of, paper, provision, year_words
from smup.telling.strings import strings
from smup.telling.units.facts import day_words


def duty(matter: Matter, _: str = "") -> Section:
    """The deadline stands in the first sentence; what nobody looked up is said to be unsure."""
    lang, t, bound = matter.lang, strings(matter.lang), duty_of(matter)
    blocks: list[Block] = [Paragraph((_opening(matter),), "answer")]
    if (late := _late(matter)) is not None:
        blocks.append(late)
    blocks.append(Facts(_facts(matter, bound)))
    if not bound.sure:
        blocks.append(Paragraph((t["paper_unsure"],), "note"))
    if len(matter.unit.levels) > 1:
        blocks.append(Paragraph((t["paper_both_levels"],)))
    if (note := paper(matter).note) is not None:
        blocks.append(Paragraph((getattr(note, lang),)))
    return Section("duty", t["paper_duty"], tuple(blocks))


def _opening(matter: Matter) -> str:
    return strings(matter.lang)[f"paper_opening_{paper(matter).year}"].format(
        year=year_words(matter), day=day_words(deadline(matter), matter.lang)
    )


def _late(matter: Matter) -> Paragraph | None:
    """That the release is younger than the deadline, and when the next paper is due."""
    due = deadline(matter)
    if matter.made <= due:
        return None
    words = strings(matter.lang)["paper_late"].format(
        next_year=year_words(matter, later=1),
        day=day_words(due.replace(year=due.year + 1), matter.lang),
    )
    return Paragraph((words,), "quiet")


def _facts(matter: Matter, bound: Duty) -> tuple[Fact, ...]:
    t, lang = strings(matter.lang), matter.lang
    told = (
        (t["paper_who"], t[f"paper_head_{matter.unit.kind.value}"]),
        (t["paper_basis"], provision(matter, getattr(bound.basis, lang), sure=bound.sure)),
        (t["paper_data"], f"{matter.release.id}, {day_words(matter.made, lang)}"),
    )
    return tuple(((name,), ((words,),)) for name, words in told)

"""The last part of a yearly paper: places nobody has written in yet."""

from smup.documents import Items, Line, Link, Paragraph, Section
from smup.language import plural
from smup.reports.matter import Matter
from smup.reports.papers import Chapter
from smup.reports.papers.saying import paper, placeholders, title_words
from smup.telling.strings import strings


def to_complete(matter: Matter, _: str = "") -> Section:
    """Unwritten places of the chapters the report has, each with its chapter; that all are written
    where none is left."""
    t, chapters = strings(matter.lang), paper(matter).chapters
    lines = tuple(
        line for name in _asked(matter) for line in _missing(matter, name, chapters[name])
    )
    if not lines:
        told = Paragraph((t["paper_complete"],), "answer")
        return Section("to-complete", t["paper_to_complete"], (told,))
    words = plural(len(lines), *(t[f"paper_missing_{form}"] for form in ("one", "few", "many")))
    lead = Paragraph((words.format(n=len(lines)),), "note")
    return Section("to-complete", t["paper_to_complete"], (lead, Items(lines)))


def _asked(matter: Matter) -> list[str]:
    """The chapters the report has."""
    asked = matter.definition.sections or matter.plan.sections
    return [each.partition(":")[2] for each in asked if each.startswith("chapter:")]


def _missing(matter: Matter, name: str, chapter: Chapter) -> list[Line]:
    """The title of a chapter names its only place; several have titles of their own."""
    if not chapter.is_for(matter.unit):
        return []
    title = Link(getattr(chapter.title, matter.lang), f"#chapter-{name}")
    unwritten = [one for one in placeholders(matter, chapter) if not one.own]
    if len(chapter.texts) == 1:
        return [(title,) for _ in unwritten]
    return [(title, f": {title_words(matter, chapter.texts[one.id])}") for one in unwritten]

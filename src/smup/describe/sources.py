"""Where the variables of an indicator come from, in order of preference."""

from smup.catalogue import Variable
from smup.catalogue.models import BdlPosition, BudgetCode, BudgetPosition, VariableSource
from smup.describe.calendar import calendar_lines
from smup.describe.speaker import Speaker
from smup.documents import Facts, Line, Section, line

SECTION = "zrodla"


def sources(speaker: Speaker, variables: list[Variable]) -> Section:
    """Every variable with its sources, its calendar and its breaks."""
    rows = tuple(
        (
            (speaker.quoted(speaker.text(one.name)),),
            (*source_lines(speaker, one), *calendar_lines(speaker, one)),
        )
        for one in variables
    )
    return Section(SECTION, speaker.say("sources"), (Facts(rows),))


def source_lines(speaker: Speaker, one: Variable) -> tuple[Line, ...]:
    """A line for each source, numbered where there are several, and the variable's note."""
    lines = [_source(speaker, place) for place in one.sources]
    if len(lines) > 1:
        lines = [line(f"{number}. ", *said) for number, said in enumerate(lines, 1)]
    if one.derived:
        lines.append((speaker.say("derived_source"),))
    if one.note:
        lines.append((speaker.text(one.note),))
    return tuple(lines)


def _source(speaker: Speaker, place: VariableSource) -> Line:
    source = speaker.catalogue.sources[place.source]
    parts = [f"{source.publisher}: {speaker.text(source.title)}"]
    if place.form:
        parts.append(speaker.say("form", form=place.form))
    if place.bdl:
        parts.append(_bdl(speaker, place.bdl))
    if place.budget:
        parts.append(_budget(speaker, place.budget))
    if place.position:
        parts.append(speaker.say("position", position=place.position))
    said = "; ".join(parts)
    note = f". {speaker.text(place.note)}" if place.note else "."
    return line(said + note)


def _bdl(speaker: Speaker, position: BdlPosition) -> str:
    if position.id is not None:
        return speaker.say("bdl_id", id=position.id)
    labels = " › ".join(position.labels)
    key = "bdl_subject" if labels else "bdl_subject_only"
    return speaker.say(key, subject=position.subject, labels=labels)


def _budget(speaker: Speaker, position: BudgetPosition) -> str:
    """Rows of a budget report: "rozdział 80101 (Szkoły podstawowe), wydatki bieżące"."""
    codes = speaker.catalogue.budget
    parts = [
        _codes(speaker, "division", position.divisions, codes.divisions),
        _codes(speaker, "chapter", position.chapters, codes.chapters),
        _codes(speaker, "paragraph", position.paragraphs, codes.paragraphs),
        speaker.say(f"budget_{position.kind}") if position.kind else "",
    ]
    said = ", ".join(part for part in parts if part) or speaker.say("budget_all")
    return said + ", " + speaker.say("column", column=position.column)


def _codes(
    speaker: Speaker, what: str, codes: tuple[str, ...], known: tuple[BudgetCode, ...]
) -> str:
    """A paragraph that is both revenue and expenditure is named by its first row."""
    if not codes:
        return ""
    names = {
        one.code: f" ({speaker.text(one.name)})" for one in reversed(known) if one.code in codes
    }
    named = (code + names.get(code, "") for code in codes)
    return speaker.say(what if len(codes) == 1 else f"{what}s", codes=", ".join(named))

"""What a definition is as a document: ids, state, versions, provisions, who looks after it."""

from datetime import date

from smup.catalogue import Indicator
from smup.catalogue.models import NationalId
from smup.describe.speaker import Speaker
from smup.documents import Code, Fact, Facts, Inline, Line, Link, Section, line

SECTION = "definicja"
STATES = "method#stany"


def identity(speaker: Speaker, one: Indicator) -> Section:
    version = f", {speaker.say('version', number=one.version)}"
    rows = [_row(speaker, "id", line(Code(one.id), ", ", _state(speaker, one), version))]
    if versions := _versions(speaker, one):
        rows.append(_row(speaker, "versions", *versions))
    if one.change_note:
        rows.append(_row(speaker, "change_note", (speaker.text(one.change_note),)))
    if one.renamed_from:
        rows.append(_row(speaker, "renamed_from", (", ".join(one.renamed_from),)))
    if one.legal_basis:
        rows.append(_row(speaker, "legal_basis", (speaker.text(one.legal_basis),)))
    if one.smup:
        rows.append(_row(speaker, "national", *(_national(speaker, n) for n in one.smup)))
    steward = one.steward
    words = speaker.say(
        "review",
        owner=_owner(speaker, steward.owner),
        reviewed=day_words(speaker, steward.reviewed),
        review_by=day_words(speaker, steward.review_by),
    )
    rows.append(_row(speaker, "steward", (words,)))
    return Section(SECTION, speaker.say("identity"), (Facts(tuple(rows)),))


def day_words(speaker: Speaker, day: date) -> str:
    month = speaker.say("months").split()[day.month - 1]
    return f"{speaker.say('day', day=day.day, month=month)} {day.year}"


def _row(speaker: Speaker, key: str, *lines: Line) -> Fact:
    return (speaker.say(key),), lines


def _state(speaker: Speaker, one: Indicator) -> Inline:
    """The state, leading to where the states are explained."""
    stage = speaker.catalogue.lifecycle.get(one.status)
    if stage is None:
        return speaker.say(f"status_{one.status}")
    return Link(speaker.text(stage.name), STATES)


def _versions(speaker: Speaker, one: Indicator) -> list[Line]:
    """Every recorded version of this definition, where there is more than the first."""
    ids = {one.id, *one.renamed_from}
    recorded = [row for row in speaker.catalogue.history if row.indicator in ids]
    return (
        []
        if len(recorded) < 2
        else [
            (f"{row.version} ({day_words(speaker, row.recorded)}): {row.change}",)
            for row in recorded
        ]
    )


def _national(speaker: Speaker, one: NationalId) -> Line:
    kinds = ", ".join(speaker.say(f"kind_{kind}") for kind in one.kinds)
    return (f"{one.id} ({kinds})",)


def _owner(speaker: Speaker, owner: str) -> str:
    """A team is called by its area."""
    area = speaker.catalogue.areas.get(owner)
    return speaker.say("team", area=speaker.text(area.name)) if area else owner

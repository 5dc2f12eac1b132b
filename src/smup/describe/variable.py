"""One variable as a page: unit, sources, calendar, who uses it."""

from smup.catalogue import Variable
from smup.describe.calendar import calendar_lines
from smup.describe.dividing import formula
from smup.describe.sources import source_lines
from smup.describe.speaker import Speaker
from smup.documents import Block, Code, Facts, Line, Page, line


def variable_page(speaker: Speaker, name: str) -> Page:
    """What the variable is and which indicators stand on it. Raises KeyError for an unknown id."""
    one = speaker.catalogue.variables[name]
    blocks: list[Block] = []
    if one.derived is not None:
        blocks.append(formula(speaker, speaker.derived[name]))
    rows: list[tuple[str, tuple[Line, ...]]] = [
        ("id", (line(Code(one.id)),)),
        ("measure", ((speaker.measure_name(one),),)),
        ("scope", ((speaker.say(f"scope_{one.scope}"),),)),
        ("additivity", ((speaker.say("additive" if one.additive else "not_additive"),),)),
        ("kinds", ((", ".join(speaker.say(f"kind_{kind}") for kind in one.kinds),),)),
        ("sources_only", source_lines(speaker, one)),
        ("calendar", calendar_lines(speaker, one)),
        ("used_by", _users(speaker, one)),
    ]
    blocks.append(Facts(tuple(((speaker.say(key),), lines) for key, lines in rows if lines)))
    title = speaker.text(one.name)
    return Page(f"variable:{name}", title[:1].upper() + title[1:], "", "", tuple(blocks))


def _users(speaker: Speaker, one: Variable) -> tuple[Line, ...]:
    users = speaker.users.get(one.id, [])
    links = [line(speaker.indicator_link(user)) for user in users]
    return (speaker.listed(links),) if links else ()

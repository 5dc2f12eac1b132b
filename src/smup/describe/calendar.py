"""When a variable is measured and published, since when, and where its series breaks."""

import re

from smup.catalogue import Variable
from smup.describe.speaker import Speaker, ended
from smup.documents import Line

_DAY = re.compile(r"(\d\d)-(\d\d)(.*)")
# what definitions write in words
_ENGLISH = {
    "rok szkolny": "the school year",
    "lipiec": "July",
    "sierpień": "August",
    "dzień wyborów": "election day",
    "dzień spisu": "census day",
    "kwiecień": "April",
    "maj": "May",
    "czerwiec": "June",
    "wrzesień": "September",
    "październik": "October",
}


def calendar_lines(speaker: Speaker, one: Variable) -> tuple[Line, ...]:
    """What a value stands for and when it is published; then the breaks, where there are any."""
    day = reference_words(speaker, one)
    parts = [day[:1].upper() + day[1:], speaker.say(f"cadence_{one.cadence}")]
    if one.published_month:
        month = _months(speaker, "months_in")[one.published_month - 1]
        parts.append(speaker.say("published_in", month=month))
    else:
        parts.append(speaker.say("published_when_unknown"))
    if one.since:
        parts.append(speaker.say("since", year=one.since))
    if one.until:
        parts.append(speaker.say("until", year=one.until))
    lines: list[Line] = [(ended("; ".join(parts)),)]
    if one.breaks:
        told = "; ".join(f"{gap.year} – {speaker.text(gap.reason)}" for gap in one.breaks)
        lines.append((f"{speaker.say('series_breaks')} {told}.",))
    return tuple(lines)


def reference_words(speaker: Speaker, one: Variable) -> str:
    """Which moment or time a value stands for: "stan na 31 grudnia"."""
    found = _DAY.fullmatch(one.reference_day)
    if found:
        month, day, rest = int(found[1]), int(found[2]), found[3]
        months = _months(speaker, "months")
        when = speaker.say("day", day=day, month=months[month - 1])
        return speaker.say("as_of", day=when) + _rest(speaker, rest.strip())
    if one.reference_day == "rok":
        return speaker.say("whole_year")
    if one.reference_day == "rok-szkolny":
        return speaker.say("school_year")
    return one.reference_day if speaker.lang == "pl" else _ENGLISH.get(one.reference_day, "")


def _rest(speaker: Speaker, words: str) -> str:
    if not words:
        return ""
    return " " + speaker.say("of_next_year") if words == "roku następnego" else f" ({words})"


def _months(speaker: Speaker, key: str) -> list[str]:
    return speaker.say(key).split()

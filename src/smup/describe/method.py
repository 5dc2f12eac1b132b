"""How the figures are made: the general part, its numbers taken from the code that uses them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from smup.compare.frame import COVERED
from smup.compare.group_systems import ENOUGH as KNOWN_POPULATION
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST
from smup.compute.aggregate import ENOUGH
from smup.describe.alike import peer_numbers
from smup.describe.borders import border_numbers
from smup.describe.chance import chance_numbers
from smup.describe.efficiency import frontier_numbers
from smup.describe.expecting import expecting_numbers
from smup.describe.moving import moving_numbers
from smup.describe.secrecy import secrecy_numbers
from smup.describe.speaker import Speaker
from smup.documents import Block, Fact, Facts, Page, Paragraph, Section, Strong
from smup.panel import Flag, Status
from smup.panel.status import FLAG_NAMES, STATUS_NAMES
from smup.present.values import flag_words, reason

ID = "method"
TEXTS = Path(__file__).with_name("method.yaml")
GAPS = "braki"


@cache
def texts() -> dict[str, Any]:
    """The prose as it is written, both languages."""
    found: dict[str, Any] = yaml.safe_load(TEXTS.read_text("utf-8"))
    return found


def gap_anchor(status: Status) -> str:
    """Where the reason of a gap is explained."""
    return f"brak-{STATUS_NAMES[status].replace('_', '-')}"


def method_page(speaker: Speaker) -> Page:
    """Sections of prose, every reason of a gap, every mark beside a value."""
    numbers = _numbers(speaker)
    blocks: list[Block] = [_prose(speaker, one, numbers) for one in texts()["sections"]]
    blocks[-1:-1] = [_gaps(speaker), _flags(speaker), _states(speaker)]
    return Page(ID, speaker.say("method"), "", speaker.say("method_lead"), tuple(blocks))


def _prose(speaker: Speaker, one: dict[str, Any], numbers: dict[str, object]) -> Section:
    lang = speaker.lang
    paragraphs = (Paragraph((text[lang].format(**numbers),)) for text in one["text"])
    return Section(one["id"], one["title"][lang], tuple(paragraphs))


def _numbers(speaker: Speaker) -> dict[str, object]:
    groups = (speaker.text(group.name) for group in speaker.catalogue.groups_of().values())
    return {
        "groups": ", ".join(groups),
        "aggregate_share": round(100 * ENOUGH),
        "position_share": ENOUGH_PERCENT,
        "fewest": FEWEST,
        "year_share": round(100 * COVERED),
        "group_share": round(100 * KNOWN_POPULATION),
        **frontier_numbers(speaker.lang),
        **peer_numbers(speaker.lang),
        **border_numbers(speaker.lang),
        **moving_numbers(speaker.lang),
        **expecting_numbers(speaker),
        **secrecy_numbers(speaker.catalogue, speaker.lang),
        **chance_numbers(speaker.catalogue.uncertainty, speaker.lang),
    }


def _gaps(speaker: Speaker) -> Section:
    """Every reason, in the order in which an indicator inherits them."""
    told, lang = texts()["gaps"], speaker.lang
    names = {name: status for status, name in STATUS_NAMES.items()}
    sections: list[Block] = [
        Section(gap_anchor(names[name]), _capital(reason(names[name], lang)), (_said(text[lang]),))
        for name, text in sorted(told["statuses"].items(), key=lambda pair: names[pair[0]])
    ]
    return Section(GAPS, told["title"][lang], (_said(told["text"][lang]), *sections))


def _flags(speaker: Speaker) -> Section:
    told, lang = texts()["flags"], speaker.lang
    flags = {name: flag for flag, name in FLAG_NAMES.items()}
    rows: list[Fact] = [
        ((Strong(_capital(_mark(flags[name], speaker))),), ((text[lang],),))
        for name, text in told["text"].items()
    ]
    return Section("oznaczenia", told["title"][lang], (Facts(tuple(rows)),))


def _states(speaker: Speaker) -> Section:
    """The life of a definition."""
    rows: list[Fact] = [
        ((Strong(_capital(speaker.text(stage.name))),), ((speaker.text(stage.meaning),),))
        for stage in speaker.catalogue.lifecycle.values()
    ]
    return Section("stany", speaker.say("states"), (Facts(tuple(rows)),))


def _mark(flag: Flag, speaker: Speaker) -> str:
    return flag_words(int(flag), speaker.lang)[0]


def _said(text: str) -> Paragraph:
    return Paragraph((text,))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

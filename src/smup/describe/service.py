"""The methodology page of one service."""

from smup.catalogue import Dimension, Service
from smup.describe.speaker import Speaker
from smup.documents import Block, Fact, Facts, Page, Paragraph, Section, line


def service_page(speaker: Speaker, name: str) -> Page:
    """Who must provide it and how, its indicators by dimension, what is missing and why.

    Raises KeyError for an unknown id.
    """
    one = speaker.catalogue.services[name]
    blocks: list[Block] = [
        _told(speaker, "obowiazek", "duty", speaker.text(one.duty)),
        Section("podstawa", speaker.say("legal_basis"), (_basis(speaker, one),)),
        _told(speaker, "formy", "delivery", speaker.text(one.delivery)),
        Section("wskazniki", speaker.say("indicators"), (_indicators(speaker, one),)),
        _told(speaker, "porownanie", "comparing_service", speaker.text(one.comparing)),
    ]
    area = speaker.catalogue.areas[one.area]
    over = f"{speaker.text(area.name)} · {speaker.say('service')}"
    lead = speaker.text(one.what)
    return Page(f"service:{name}", speaker.text(one.name), over, lead, tuple(blocks), flows=True)


def _told(speaker: Speaker, name: str, key: str, words: str) -> Section:
    return Section(name, speaker.say(key), (Paragraph((words,)),))


def _basis(speaker: Speaker, one: Service) -> Facts:
    levels = ", ".join(speaker.say(f"level_{level}") for level in one.levels)
    serves = ", ".join(speaker.say(f"serves_{whom}") for whom in one.serves)
    return Facts(
        (
            ((speaker.say("provision"),), ((speaker.text(one.legal_basis),),)),
            ((speaker.say("task_of"),), ((levels,),)),
            ((speaker.say("for_whom"),), ((serves,),)),
        )
    )


def _indicators(speaker: Speaker, one: Service) -> Facts:
    """The four dimensions, each with its indicators or the reason why there is none."""
    shown = [i for i in speaker.catalogue.indicators.values() if i.service == one.id and i.is_shown]
    rows: list[Fact] = []
    for dimension in Dimension:
        links = [line(speaker.indicator_link(i.id)) for i in shown if i.dimension is dimension]
        if not links:
            reason = one.missing.get(dimension)
            links = [(speaker.text(reason) if reason else speaker.say("no_indicator"),)]
        rows.append(((speaker.say(f"dimension_{dimension}").capitalize(),), tuple(links)))
    contextual = [line(speaker.indicator_link(i.id)) for i in shown if i.role == "contextual"]
    if contextual:
        rows.append(((speaker.say("contextual"),), tuple(contextual)))
    return Facts(tuple(rows))

"""The methodology page of one indicator."""

from smup.catalogue import Indicator, Variable
from smup.compute.formula import expand
from smup.describe.comparing import comparing
from smup.describe.dividing import dividing
from smup.describe.example import example
from smup.describe.identity import identity
from smup.describe.reading import reading, role_words
from smup.describe.sources import sources
from smup.describe.speaker import Speaker
from smup.documents import Block, Items, Page, Paragraph, Section, line


def indicator_page(speaker: Speaker, name: str) -> Page:
    """Everything a reader needs to know what the figure is. Raises KeyError for an unknown id.

    The catalogue must be sound (``check_catalogue`` found nothing).
    """
    one = speaker.catalogue.indicators[name]
    inputs = input_variables(speaker, one)
    blocks: list[Block] = [*_notices(speaker, one), _shows(speaker, one)]
    blocks += [dividing(speaker, one), example(speaker, one), comparing(speaker, one)]
    blocks.append(_says(speaker, "limits", (speaker.text(one.limitations),)))
    blocks.append(reading(speaker, one))
    if one.context:
        blocks.append(_context(speaker, one))
    blocks += [sources(speaker, inputs), identity(speaker, one)]
    return Page(
        f"indicator:{name}",
        speaker.text(one.name),
        _over(speaker, one),
        speaker.text(one.question),
        tuple(blocks),
    )


def input_variables(speaker: Speaker, one: Indicator) -> list[Variable]:
    """The variables that sources publish for this indicator, in order of appearance."""
    return speaker.variables(expand(speaker.computed[one.id], speaker.computed))


def _over(speaker: Speaker, one: Indicator) -> str:
    area = speaker.text(speaker.catalogue.areas[one.area].name)
    service = [speaker.service_link(one.service).text] if one.service else []
    return " · ".join([area, *service, role_words(speaker, one)])


def _notices(speaker: Speaker, one: Indicator) -> list[Paragraph]:
    """What must be known before anything else: a preview, an indicator that has ended."""
    if one.status == "preview":
        return [Paragraph((speaker.say("preview_notice"),), "note")]
    if one.archived is None:
        return []
    said = line(
        speaker.say("archived_notice", year=one.archived.last_year),
        " ",
        speaker.text(one.archived.reason),
    )
    if one.archived.successor:
        after = speaker.indicator_link(one.archived.successor)
        said = line(*said, " ", speaker.say("successor"), " ", after, ".")
    return [Paragraph(said, "note")]


def _shows(speaker: Speaker, one: Indicator) -> Section:
    lines = [(speaker.text(one.what_it_shows),)]
    if one.why_it_matters:
        lines.append((speaker.text(one.why_it_matters),))
    return Section("pokazuje", speaker.say("shows"), tuple(map(Paragraph, lines)))


def _says(speaker: Speaker, key: str, words: tuple[str, ...]) -> Section:
    return Section("granice", speaker.say(key), tuple(Paragraph((one,)) for one in words))


def _context(speaker: Speaker, one: Indicator) -> Section:
    """Indicators to read beside it, each with its question."""
    lines = tuple(
        line(
            speaker.indicator_link(other),
            f" – {speaker.text(speaker.catalogue.indicators[other].question)}",
        )
        for other in one.context
    )
    return Section("kontekst", speaker.say("context"), (Items(lines),))

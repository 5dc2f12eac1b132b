"""One indicator in a województwo: what it is, on a map, its spread, how sure places are."""

from smup.catalogue import Indicator
from smup.describe.dividing import dividing
from smup.describe.reading import reading
from smup.describe.speaker import Speaker
from smup.documents.blocks import Block, Paragraph, Section
from smup.present.shading import Cells
from smup.reports.gaps import waiting_blocks
from smup.reports.matter import Matter
from smup.reports.pictures import picture
from smup.telling.charts.funnel import funnel_figure
from smup.telling.charts.mapped import region_figure
from smup.telling.charts.spread import distribution
from smup.telling.maps.looking import View, levels_with_data
from smup.telling.maps.shapes import BORDERS, TILES, cells_of, has_borders
from smup.telling.naming import level_name, title
from smup.telling.strings import strings
from smup.telling.units.standing import default_years
from smup.territory import Level

INSIDE = (Level.GMINA, Level.POWIAT)  # levels of the units of a województwo


def the_indicator(matter: Matter) -> Indicator:
    return matter.release.catalogue.indicators[matter.definition.indicator]


def looks(matter: Matter) -> list[tuple[Level, int]]:
    """Levels below the województwo with the year in which each is compared, else the newest with
    values, of the years asked for; without a level that adds nobody, as of cities alone."""
    indicator, found = the_indicator(matter), list[tuple[Level, int]]()
    shown: set[str] = set()
    for level in levels_with_data(matter.release, indicator):
        if level not in INSIDE:
            continue
        usual = default_years(matter.release, level, matter.upto).get(indicator.id)
        known = [y for y in matter.years(indicator) if _known(matter, level, y)]
        if not known:
            continue
        year = usual if usual in known else known[-1]
        if _known(matter, level, year) - shown:
            found.append((level, year))
            shown |= _known(matter, level, year)
    return found


def _known(matter: Matter, level: Level, year: int) -> set[str]:
    """Codes of the units of the województwo that have a value."""
    cells = cells_inside(matter, level, year)
    return {code for code, (value, _) in cells.items() if value is not None}


def cells_inside(matter: Matter, level: Level, year: int) -> Cells:
    """Values and gaps of the units of the województwo."""
    units = matter.release.territory.units
    cells = cells_of(matter.release, matter.definition.indicator, level, year)
    return {c: cell for c, cell in cells.items() if units[c].wojewodztwo == matter.unit.code}


def definition(matter: Matter, _: str) -> Section:
    """What the indicator answers and how it is made; who is to supply data that nobody has."""
    t, lang, indicator = strings(matter.lang), matter.lang, the_indicator(matter)
    speaker = Speaker(matter.release.catalogue, lang)
    blocks: list[Block] = [
        Paragraph((speaker.text(indicator.question),), "answer"),
        Paragraph((speaker.text(indicator.what_it_shows),)),
    ]
    if indicator.why_it_matters:
        blocks.append(Paragraph((speaker.text(indicator.why_it_matters),)))
    if not looks(matter):
        words = t["report_indicator_no_values"].format(name=title(matter.unit, lang))
        blocks += [Paragraph((words,), "note"), *waiting_blocks(matter, [indicator])]
    blocks += [dividing(speaker, indicator), reading(speaker, indicator)]
    heading = t["report_indicator_definition"].format(name=speaker.text(indicator.name))
    return Section("indicator-definition", heading, (*blocks,))


def mapped(matter: Matter, _: str) -> Section | None:
    """A map for each level."""
    t, drawn = strings(matter.lang), list[Block]()
    for level, year in looks(matter):
        form = BORDERS if has_borders(matter.release, level) else TILES
        view = View(level, year, form)
        made = region_figure(matter.release, the_indicator(matter), view, matter.unit, matter.lang)
        if made is not None:
            drawn.append(picture(made, matter))
    return Section("indicator-map", t["report_map"], (*drawn,)) if drawn else None


def spread(matter: Matter, _: str) -> Section | None:
    """How the values of each level are spread over the województwo; None for a handful."""
    t, drawn = strings(matter.lang), list[Block]()
    for level, year in looks(matter):
        cells = cells_inside(matter, level, year)
        made = distribution(
            matter.release, the_indicator(matter), cells, level, year, [], matter.lang
        )
        if made is not None:
            drawn.append(picture(made, matter))
    if not drawn:
        return None
    words = t["report_spread_lead"].format(name=title(matter.unit, matter.lang))
    lead = Paragraph((words,), "quiet")
    return Section("indicator-spread", t["report_spread_inside"], (lead, *drawn))


def chance(matter: Matter, _: str) -> Section | None:
    """The funnel of each level of the country: which differences chance explains; None for an
    indicator without intervals."""
    indicator = the_indicator(matter)
    if indicator.interval == "none" or not looks(matter):
        return None
    t, blocks = strings(matter.lang), list[Block]()
    for level, year in looks(matter):
        made = funnel_figure(matter.release, indicator, level, year, None, matter.lang)
        if made is not None:
            words = t["report_funnel_lead"].format(level=level_name(level, matter.lang))
            blocks += [Paragraph((words,)), picture(made, matter)]
    return Section("indicator-chance", t["report_chance_places"], (*blocks,)) if blocks else None

"""Parts of reports by name; a part that has nothing to say for a unit says why, or is None.

A part is ``maker(matter, argument) -> Section | None``: ``argument`` is what follows the colon of
its id (``area:edukacja``), "" where nothing does. Whoever puts a report together gives the section
its id. A part with arguments has a line in ``EVERY``, which lists them in their order.
"""

from collections.abc import Callable, Iterable

from smup.documents import Section
from smup.reports.matter import Matter
from smup.reports.sections.area import area, areas
from smup.reports.sections.area_services import services, services_overview
from smup.reports.sections.awaited import awaited
from smup.reports.sections.changes import changes
from smup.reports.sections.chapter import chapter, chapters
from smup.reports.sections.comparison import compared_areas, comparison, who
from smup.reports.sections.debate import debate
from smup.reports.sections.duty import duty
from smup.reports.sections.findings import findings
from smup.reports.sections.indicator import chance as rank_chance
from smup.reports.sections.indicator import definition, mapped
from smup.reports.sections.indicator import spread as indicator_spread
from smup.reports.sections.indicator_ranking import change, ranking
from smup.reports.sections.key_figures import key_figures
from smup.reports.sections.known import known
from smup.reports.sections.limitations import limitations
from smup.reports.sections.method import method
from smup.reports.sections.portrait import portrait
from smup.reports.sections.school_year import school_year_known
from smup.reports.sections.service import figures, overview
from smup.reports.sections.service_near import near, spread
from smup.reports.sections.service_sure import chance, efficiency, expected
from smup.reports.sections.sources import sources
from smup.reports.sections.to_complete import to_complete

Maker = Callable[[Matter, str], Section | None]

SECTIONS: dict[str, Maker] = {
    "known": known,
    "findings": findings,
    "portrait": portrait,
    "key-figures": key_figures,
    "area": area,
    "changes": changes,
    "limitations": limitations,
    "method": method,
    "sources": sources,
    "duty": duty,
    "school-year": school_year_known,
    "chapter": chapter,
    "debate": debate,
    "awaited": awaited,
    "to-complete": to_complete,
    "service-overview": overview,
    "service-figures": figures,
    "service-near": near,
    "service-spread": spread,
    "service-chance": chance,
    "service-expected": expected,
    "service-efficiency": efficiency,
    "area-overview": services_overview,
    "area-services": services,
    "comparison-units": who,
    "comparison": comparison,
    "indicator-definition": definition,
    "indicator-map": mapped,
    "indicator-ranking": ranking,
    "indicator-spread": indicator_spread,
    "indicator-change": change,
    "indicator-chance": rank_chance,
}
EVERY: dict[str, Callable[[Matter], Iterable[str]]] = {
    "area": areas,
    "comparison": compared_areas,
    "chapter": chapters,
}
# What any kind of report may be given beside the parts of its plan.
GENERAL = (
    "known",
    "findings",
    "portrait",
    "key-figures",
    "area",
    "changes",
    "limitations",
    "method",
    "sources",
)

"""A chart with everything that belongs to it: heading, source, table, sentence."""

from dataclasses import dataclass

from smup.present.tables import Table, html


@dataclass(frozen=True)
class Heading:
    """What is said around a picture. ``title`` states the finding, ``subtitle`` what is measured,
    unit and year; ``foot`` the source, the release and the number of units; ``ident`` is unique
    on its page. ``mark`` is what the picture itself must say wherever it is copied to: that its
    figures are invented."""

    ident: str
    title: str
    subtitle: str
    foot: str
    mark: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawn chart: SVG text, the table with the same numbers, one sentence that reads it out."""

    heading: Heading
    svg: str
    table: Table
    sentence: str

    @property
    def table_html(self) -> str:
        return html(self.table)

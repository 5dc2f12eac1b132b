"""The pivot table as HTML: scopes, sorting links, gaps and flags with marks explained below.

Written here and not by a template because a page may hold thousands of cells.
"""

from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from string import ascii_lowercase

import numpy as np

from smup.catalogue import Indicator
from smup.language import Lang, format_number
from smup.panel import Status
from smup.panel.panel import FIRST_GAP
from smup.present.values import flag_words, reason
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.methodology import gap_address
from smup.telling.naming import title, where
from smup.telling.strings import strings
from smup.territory import Unit
from smup.web.portal.explorer.pivot import NAME, Member, Pivot, member_name, summary_of
from smup.web.portal.explorer.question import Question

FEW = 3  # columns that are not drawn apart over the whole width


@dataclass(frozen=True)
class Marked:
    """What a mark in the table stands for; ``href`` explains a gap."""

    mark: str
    words: str
    href: str


@dataclass(frozen=True)
class Written:
    html: str
    marks: tuple[Marked, ...]


class Writer:
    """Writes one table. Marks are given in the order in which gaps and flags first appear."""

    def __init__(
        self, release: Release, question: Question, pivot: Pivot, own: frozenset[str], lang: Lang
    ) -> None:
        self.release, self.question, self.pivot, self.lang = release, question, pivot, lang
        self.own = own if len(own) < len(pivot.members[0]) else frozenset()
        self.t, self.to = strings(lang), Addresses(lang)
        self.gaps: dict[int, str] = {}
        self.flags: dict[int, str] = {}

    def table(self, caption: str) -> Written:
        body = self._summary() + "".join(self._row(int(at)) for at in self.pivot.shown)
        few = " pivot-few" if len(self.pivot.columns) <= FEW else ""
        html = (
            f'<table class="pivot pivot-{self.pivot.axes[0]}{few}">'
            f'<caption class="unseen">{escape(caption)}</caption>'
            f"<thead>{self._head()}</thead>{body}</table>"
        )
        return Written(html, tuple(self._marks()))

    def _head(self) -> str:
        """The names of columns: on one line where one of the two axes has a single member."""
        pivot = self.pivot
        both = len(pivot.members[1]) > 1 and len(pivot.members[2]) > 1
        corner = self._sorted_head(NAME, self.t[f"explorer_axis_{pivot.axes[0]}"], both)
        if not both:
            return f"<tr>{corner}{self._leaves(2 if len(pivot.members[2]) > 1 else 1)}</tr>"
        groups = groupby(pivot.columns, key=lambda column: column.upper)
        upper = "".join(
            f'<th scope="colgroup" colspan="{len(list(columns))}" class="group">'
            f"{self._head_words(pivot.members[1][at])}</th>"
            for at, columns in groups
        )
        return f"<tr>{corner}{upper}</tr><tr>{self._leaves(2)}</tr>"

    def _leaves(self, axis: int) -> str:
        pivot = self.pivot
        return "".join(
            self._sorted_head(
                column.key, pivot.members[axis][(column.upper, column.lower)[axis - 1]]
            )
            for column in pivot.columns
        )

    def _sorted_head(self, key: str, member: Member | str, tall: bool = False) -> str:
        """The head of a column; a link where its values can be put in order."""
        words = escape(member) if isinstance(member, str) else self._head_words(member)
        span = ' rowspan="2"' if tall else ""
        kind = "corner" if key == NAME else "num"
        if key != NAME and not self.pivot.sortable:
            return f'<th scope="col" class="{kind}"{span}>{words}</th>'
        chosen = self.pivot.sort.removeprefix("-") == key
        down = self.pivot.sort.startswith("-")
        order = f' aria-sort="{"descending" if down else "ascending"}"' if chosen else ""
        arrow = f'<span aria-hidden="true"> {"▼" if down else "▲"}</span>' if chosen else ""
        # numbers from the highest at first, names from A
        turned = key if chosen and down else f"-{key}"
        after = turned if key != NAME or chosen else key
        href = escape(replace(self.question, sort=after, page=1).href(self.lang))
        return (
            f'<th scope="col" class="{kind}"{span}{order}>'
            f'<a href="{href}#tabela">{words}{arrow}</a></th>'
        )

    def _head_words(self, member: Member) -> str:
        words = escape(member_name(member, self.lang))
        if isinstance(member, Indicator):
            return f'{words}, <span class="quiet">{escape(self._measure(member))}</span>'
        return words

    def _measure(self, indicator: Indicator) -> str:
        return str(getattr(self.release.catalogue.measures[indicator.unit].symbol, self.lang))

    def _summary(self) -> str:
        """Median and number of values of every column."""
        found = summary_of(self.pivot)
        if found is None:
            return ""
        medians = "".join(
            '<td class="num">–</td>'
            if np.isnan(median)
            else f'<td class="num">{self._number(float(median), 0, column)}</td>'
            for column, median in enumerate(found.medians)
        )
        rows = format_number(found.rows, 0, self.lang)
        known = "".join(
            f'<td class="num">{self.t["place_of"].format(place=n, of=rows)}</td>'
            for n in (format_number(int(n), 0, self.lang) for n in found.known)
        )
        heads = (escape(self.t[key]) for key in ("explorer_median", "explorer_have_value"))
        rows_html = "".join(
            f'<tr><th scope="row">{head}</th>{cells}</tr>'
            for head, cells in zip(heads, (medians, known), strict=True)
        )
        return f'<tbody class="summary">{rows_html}</tbody>'

    def _row(self, at: int) -> str:
        pivot = self.pivot
        member = pivot.members[0][at]
        ours = isinstance(member, Unit) and member.code in self.own
        count = len(pivot.columns)
        cells = "".join(
            self._cell(at, column, value, status, flags)
            for column, (value, status, flags) in enumerate(
                zip(
                    pivot.values[at, :count].tolist(),
                    pivot.status[at, :count].tolist(),
                    pivot.flags[at, :count].tolist(),
                    strict=True,
                )
            )
        )
        mark = ' class="ours"' if ours else ""
        return f'<tr{mark}><th scope="row">{self._row_head(member)}</th>{cells}</tr>'

    def _row_head(self, member: Member) -> str:
        if isinstance(member, int):
            return str(member)
        if isinstance(member, Indicator):
            href = self.to.indicator(member.id)
            quiet = self._measure(member)
        else:
            named = self.question.indicators
            one = named[0] if len(named) == 1 else ""
            href = self.to.unit_indicator(member.code, one) if one else self.to.unit(member.code)
            quiet = ", ".join(where(member, self.release.territory, self.lang).split(", ")[:2])
        name = (
            title(member, self.lang) if isinstance(member, Unit) else member_name(member, self.lang)
        )
        return (
            f'<a href="{escape(href)}">{escape(name)}</a> '
            f'<span class="quiet">{escape(quiet)}</span>'
        )

    def _cell(self, row: int, column: int, value: float, status: int, flags: int) -> str:
        if status >= FIRST_GAP:
            mark = self.gaps.setdefault(status, ascii_lowercase[len(self.gaps) % 26])
            words = escape(reason(Status(status), self.lang))
            return (
                f'<td class="num gap"><span aria-hidden="true">–<sup>{mark}</sup></span>'
                f'<span class="unseen">{self.t["explorer_gap"]}: {words}</span></td>'
            )
        number = self._number(value, row, column)
        if not flags:
            return f'<td class="num">{number}</td>'
        mark = self.flags.setdefault(flags, str(len(self.flags) + 1))
        words = escape(", ".join(flag_words(flags, self.lang)))
        return (
            f'<td class="num">{number}<sup aria-hidden="true">{mark}</sup>'
            f'<span class="unseen"> ({words})</span></td>'
        )

    def _number(self, value: float, row: int, column: int) -> str:
        return format_number(value, self.pivot.indicator_at(row, column).decimals, self.lang)

    def _marks(self) -> list[Marked]:
        gaps = [
            Marked(mark, reason(Status(status), self.lang), gap_address(Status(status), self.lang))
            for status, mark in self.gaps.items()
        ]
        flags = [
            Marked(mark, ", ".join(flag_words(flags, self.lang)), "")
            for flags, mark in self.flags.items()
        ]
        return gaps + flags

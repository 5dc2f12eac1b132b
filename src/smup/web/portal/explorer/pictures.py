"""Which pictures a question can be drawn as, why not the others, and the one chosen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from smup.present.figure import Figure
from smup.telling.charts.choosing import MOST_LINES, MOST_PANELS, MOST_ROWS
from smup.telling.strings import strings
from smup.territory import Level
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.drawing import DRAWN, drawn
from smup.web.portal.explorer.scene import Scene

ENOUGH = 8  # different values that make a spread, units that make quarters
MAPPED = (Level.GMINA, Level.POWIAT, Level.WOJEWODZTWO)


def why_not(scene: Scene, kind: str) -> str:
    """The key of the words that say why the question is no such picture; "" where it is."""
    return _RULES[kind](scene) if scene.cube.known else "explorer_no_values"


def _line(scene: Scene) -> str:
    if len(scene.held_years) < 2:
        return "explorer_no_years"
    if not scene.over_years:
        return "explorer_one_of_them"
    if len(scene.cube.units) > 1:
        return "explorer_many_lines" if len(scene.marked) >= MOST_LINES else ""
    measures = {one.unit for one in scene.cube.indicators}
    if len(measures) > 1:
        return "explorer_measures"
    return "explorer_many_lines" if len(scene.cube.indicators) > MOST_LINES else ""


def _rows(scene: Scene) -> str:
    if len(scene.cube.units) < 2:
        return "explorer_two_units"
    return "explorer_many_rows" if len(scene.cube.units) > MOST_ROWS else ""


def _spread(scene: Scene) -> str:
    if scene.selection.level is None:
        return "explorer_no_mixed"
    values = scene.cube.row(0, scene.newest())
    return "explorer_few_values" if np.unique(values[~np.isnan(values)]).size < ENOUGH else ""


def _scatter(scene: Scene) -> str:
    if len(scene.cube.indicators) < 2:
        return "explorer_two_indicators"
    both = np.isfinite(scene.cube.values[:2, scene.common_year]).all(axis=0)
    return "explorer_few_pairs" if both.sum() < ENOUGH else ""


def _quarters(scene: Scene) -> str:
    if len(scene.held_years) < 2:
        return "explorer_no_years"
    if not scene.first.comparable_over_time:
        return "explorer_scales"
    if scene.known() < ENOUGH:
        return "explorer_few_values"
    return "" if scene.marked else "explorer_mark_one"


def _map(scene: Scene) -> str:
    if scene.selection.level not in MAPPED:
        return "explorer_no_map"
    return "explorer_two_units" if len(scene.cube.units) < 2 else ""


def _panels(scene: Scene) -> str:
    if len(scene.held_years) < 2:
        return "explorer_no_years"
    if not scene.over_years:
        return "explorer_one_of_them"
    count = len(scene.over_years)
    if count < 2:
        return "explorer_two_panels"
    return "explorer_many_panels" if count > MOST_PANELS else ""


_RULES: dict[str, Callable[[Scene], str]] = {
    "linia": _line,
    "slupki": _rows,
    "punkty": _rows,
    "rozklad": _spread,
    "rozrzut": _scatter,
    "cwiartki": _quarters,
    "mapa": _map,
    "male": _panels,
}


@dataclass(frozen=True)
class Kind:
    """A kind of picture to choose: a link, or why not."""

    name: str
    href: str
    chosen: bool
    why: str
    is_map: bool = False


def kinds(scene: Scene) -> list[Kind]:
    """All kinds, those that can be drawn as links."""
    t, question, lang = strings(scene.lang), scene.question, scene.lang
    found = [
        Kind(
            t["explorer_picture_tabela"],
            replace(question, picture=q.TABLE).href(lang),
            question.picture == q.TABLE,
            "",
        )
    ]
    for kind in q.PICTURES[1:]:
        key = why_not(scene, kind)
        found.append(
            Kind(
                t[f"explorer_picture_{kind}"],
                replace(question, picture=kind).href(lang),
                question.picture == kind,
                t[key].format(most=_MOST.get(key, 0), enough=ENOUGH) if key else "",
                kind == "mapa",
            )
        )
    return found


_MOST = {
    "explorer_many_lines": MOST_LINES,
    "explorer_many_rows": MOST_ROWS,
    "explorer_many_panels": MOST_PANELS,
}


def picture_of(scene: Scene) -> Figure | None:
    """The picture chosen; None for the table and for one that does not suit."""
    kind = scene.question.picture
    return drawn(scene) if kind in DRAWN and not why_not(scene, kind) else None

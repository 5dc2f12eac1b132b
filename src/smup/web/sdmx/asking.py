"""A question for data, read from its address: which cells, packed how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest

from smup.formats.extract import Extract
from smup.formats.sdmx.model import ALL_DIMENSIONS, AREA, DIMENSIONS, INDICATOR, TIME, VALUE, Flow
from smup.formats.sdmx.rows import Asked, Keep
from smup.formats.sdmx.structures import ATTRIBUTES, CONF_STATUS, OBS_STATUS, STATUS, SYNTHETIC
from smup.formats.sdmx.tables import conf_codes, obs_codes, status_codes
from smup.panel.panel import Codes, Values
from smup.store.releases import Release
from smup.web.open.parameters import one_of, the_indicator, the_unit, whole_number
from smup.web.open.problems import Problem
from smup.web.sdmx import filters
from smup.web.sdmx.flows import ANY, shown
from smup.web.sdmx.periods import ends_by, moment, release_at, span, starts_by

FILTERS = "c["
MOST_KEYS = 1000  # keys of one question
_COMPONENTS = (*DIMENSIONS, VALUE, OBS_STATUS, CONF_STATUS, STATUS)
_LEVELS = {"dataset": "dataset", "series": "series", "obs": "observation"}
_DETAILS = ("full", "dataonly", "serieskeysonly", "nodata")


@dataclass(frozen=True)
class Shape:
    """How the answer is packed and what is told of each observation."""

    at: str
    attributes: tuple[str, ...]
    values: bool
    observations: bool


def cells(request: HttpRequest, release: Release, flow: Flow, key: str) -> Asked:
    """Which cells are asked for. Raises Problem 400, 404."""
    wanted = _by_key(release, flow, key)
    units = _filtered(request, release, AREA, release.indicators.units)
    items = _filtered(request, release, INDICATOR, flow.indicators)
    chosen = {item: _in_order(release, wanted[item] & units) for item in items & wanted.keys()}
    earlier = _earlier(request)
    return Asked(
        shown(release),
        chosen,
        tuple(_years(request, release.indicators.years)),
        tuple(_keep(request)),
        _count(request, "firstNObservations"),
        _count(request, "lastNObservations"),
        shown(earlier) if earlier else None,
        {now: once for once, now in release.catalogue.renamed.items()},
    )


def shape(request: HttpRequest, extract: Extract) -> Shape:
    """Raises Problem 400."""
    dimensions = (TIME, ALL_DIMENSIONS, AREA, INDICATOR)
    at = one_of(
        request.GET.get("dimensionAtObservation", "") or TIME, dimensions, "dimensionAtObservation"
    )
    detail = one_of(request.GET.get("detail", "") or "full", _DETAILS, "detail")
    told = _attributes(request) if detail in ("full", "nodata") else frozenset[str]()
    values = _measures(request)
    keys_only = not values and not told
    observations = detail in ("full", "dataonly") and not keys_only
    if not observations and at == ALL_DIMENSIONS:
        at = TIME  # without observations there are only series
    hidden = frozenset() if extract.synthetic else frozenset([SYNTHETIC])
    shown = tuple(one.id for one in ATTRIBUTES if one.id in told - hidden)
    return Shape(at, shown, values and observations, observations)


def _by_key(release: Release, flow: Flow, key: str) -> dict[str, frozenset[str]]:
    """Units of each indicator that any of the keys between commas means."""
    every = frozenset(release.indicators.units)
    if key in ANY:
        return dict.fromkeys(flow.indicators, every)
    found: dict[str, set[str]] = {}
    keys = key.split(",")
    if len(keys) > MOST_KEYS:
        raise Problem(413, f"Najwyżej {MOST_KEYS} kluczy w jednym zapytaniu.", "key")
    for one in keys:
        area, _, item = one.partition(".")
        if "." in item:
            raise Problem(400, f"Klucz to {AREA}.{INDICATOR}, np. 1465+02.*.", "key")
        units = {the_unit(release, code, "key").code for code in _alternatives(area)} or every
        for name in _alternatives(item) or flow.indicators:
            found.setdefault(_in_flow(release, flow, name, "key"), set()).update(units)
    return {item: frozenset(units) for item, units in found.items()}


def _alternatives(text: str) -> list[str]:
    """Codes between plus signs; [] for all."""
    return [] if text in ANY else [part for part in text.split("+") if part]


def _in_flow(release: Release, flow: Flow, name: str, parameter: str) -> str:
    found = name if name in flow.indicators else the_indicator(release, name, parameter).id
    if found not in flow.indicators:
        raise Problem(404, f"Przepływ {flow.id} nie ma wskaźnika „{name[:80]}”.", parameter)
    return found


def _filtered(
    request: HttpRequest, release: Release, dimension: str, known: Sequence[str]
) -> frozenset[str]:
    parameter = f"{FILTERS}{dimension}]"
    text = request.GET.get(parameter, "")
    if not text:
        return frozenset(known)

    def named(code: str) -> str:
        if dimension == AREA:
            return the_unit(release, code, parameter).code
        return code if code in known else the_indicator(release, code, parameter).id

    return frozenset(filters.codes(filters.clauses(text, parameter), known, parameter, named))


def _in_order(release: Release, units: frozenset[str]) -> tuple[str, ...]:
    index = release.indicators.unit_index
    return tuple(sorted((unit for unit in units if unit in index), key=index.__getitem__))


def _years(request: HttpRequest, known: Sequence[int]) -> list[int]:
    found = list(known)
    if start := request.GET.get("startPeriod", ""):
        bounds = span(start, "startPeriod")
        found = [year for year in found if starts_by(year, bounds)]
    if end := request.GET.get("endPeriod", ""):
        bounds = span(end, "endPeriod")
        found = [year for year in found if ends_by(year, bounds)]
    parameter = f"{FILTERS}{TIME}]"
    if text := request.GET.get(parameter, ""):
        found = filters.years(filters.clauses(text, parameter), found, parameter)
    return found


def _keep(request: HttpRequest) -> list[Keep]:
    """Filters on what stands in a cell. A confidential value has none here to be compared with."""
    found: list[Keep] = []
    parameter = f"{FILTERS}{VALUE}]"
    if text := request.GET.get(parameter, ""):
        test = filters.numbers(filters.clauses(text, parameter), parameter)
        found.append(lambda values, status, flags: test(values))
    for component, told in (
        (OBS_STATUS, obs_codes),
        (CONF_STATUS, conf_codes),
        (STATUS, status_codes),
    ):
        parameter = f"{FILTERS}{component}]"
        if text := request.GET.get(parameter, ""):
            table = told()
            known = sorted({str(code) for code in table.ravel() if code})
            asked = filters.clauses(text, parameter)
            wanted = filters.codes(asked, known, parameter, _known(known, parameter))
            found.append(_Coded(np.isin(table, wanted)))
    return found


@dataclass(frozen=True)
class _Coded:
    """Keeps the cells whose code is wanted, by the table [status, flags] of those that are."""

    wanted: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

    def __call__(
        self, values: Values, status: Codes, flags: Codes
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        found: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = self.wanted[status, flags]
        return found


def _known(known: list[str], parameter: str) -> "filters.Named":
    return lambda code: one_of(code, known, parameter)


def _count(request: HttpRequest, parameter: str) -> int | None:
    text = request.GET.get(parameter, "")
    return whole_number(text, parameter) if text else None


def _earlier(request: HttpRequest) -> Release | None:
    text = request.GET.get("updatedAfter", "")
    return release_at(moment(text, "updatedAfter")) if text else None


def _attributes(request: HttpRequest) -> frozenset[str]:
    """``attributes=``: dsd, all, none, msd, dataset, series, obs or ids."""
    asked = (request.GET.get("attributes", "") or "dsd").split(",")
    levels: Mapping[str, frozenset[str]] = {
        word: frozenset(one.id for one in ATTRIBUTES if one.level == level)
        for word, level in _LEVELS.items()
    }
    every = frozenset(one.id for one in ATTRIBUTES)
    words = {
        "dsd": every,
        "all": every,
        "none": frozenset[str](),
        "msd": frozenset[str](),
        **levels,
    }
    allowed = [*words, *(one.id for one in ATTRIBUTES)]
    for word in asked:
        one_of(word, allowed, "attributes")
    return frozenset().union(*(words.get(word, frozenset([word])) for word in asked))


def _measures(request: HttpRequest) -> bool:
    asked = (request.GET.get("measures", "") or "all").split(",")
    for word in asked:
        one_of(word, ("all", "none", VALUE), "measures")
    return "all" in asked or VALUE in asked

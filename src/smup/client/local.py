"""Answers made from a release on this disk, each of the shape the API gives it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from smup.client.errors import ClientError
from smup.compare import ComparisonError, compare_unit
from smup.compare.changes import changes_since_year
from smup.compare.peers import DEFAULT_K, PeersError, peers_of
from smup.formats.extract import Extract
from smup.formats.records import indicator_summary, unit_summary
from smup.formats.trace import trace_record
from smup.panel import STATUS_NAMES, Panel, Status, flag_names
from smup.store import layout
from smup.store.changes import unit_changes
from smup.store.errors import StoreError
from smup.store.releases import Releases
from smup.territory import Kind, Level
from smup.territory.search import search
from smup.web.open import selecting
from smup.web.open.answers import language
from smup.web.open.parameters import one_of, the_indicator, the_unit
from smup.web.open.problems import Problem

Answer = dict[str, Any]
FOUND = 50  # units a search tells, as in the API
_STATUS = np.full(max(Status) + 1, "", object)
_STATUS[list(STATUS_NAMES)] = list(STATUS_NAMES.values())
_FLAGS = np.array([" ".join(flag_names(code)) for code in range(256)], object)


class Local:
    """``folder`` holds ``releases/``, or is the folder of one release. Raises ClientError."""

    def __init__(self, folder: Path, release: str) -> None:
        home = folder
        if (folder / layout.MANIFEST).is_file():
            home, release = folder.parent.parent, release or folder.name
        if not (home / "releases").is_dir():
            raise ClientError(f"W folderze {folder} nie ma wydań SMUP.")
        self._store = Releases(home)
        try:
            self._release = self._store.open(release) if release else self._store.current()
        except (StoreError, OSError, ValueError) as error:
            raise ClientError(str(error), "release") from error

    def get(self, name: str, **asked: str) -> Answer:
        """One of indicators, units, compare, peers, changes, trace."""
        answers: dict[str, Callable[..., Answer]] = {
            "indicators": self._indicators,
            "units": self._units,
            "compare": self._compare,
            "peers": self._peers,
            "changes": self._changes,
            "trace": self._trace,
        }
        try:
            return self._head() | answers[name](**asked)
        except Problem as refused:
            raise _refusal(refused) from None
        except (ComparisonError, PeersError, StoreError) as refused:
            raise ClientError(str(refused)) from None

    def data(self, *, indicator: str, unit: str, year: str) -> tuple[Answer, dict[str, list[Any]]]:
        release = self._release
        try:
            items = selecting.the_indicators(release, indicator)
            units = selecting.the_units(release, unit)
            spans = selecting.spans(release, items, year)
        except Problem as refused:
            raise _refusal(refused) from None
        extract = replace(Extract.of(release, items, units, ()), spans=spans)
        parts = [_columns(item, extract.panel_of(item)) for item in items]
        names = ("indicator", "unit", "year", "value", "status", "flags")
        columns = {name: [cell for part in parts for cell in part[name]] for name in names}
        return self._head(), columns

    def _head(self) -> Answer:
        return {"release": self._release.id, "synthetic": self._release.synthetic}

    def _indicators(self, area: str, service: str, lang: str) -> Answer:
        release = self._release
        words = language(lang)
        if area:
            one_of(area, release.catalogue.areas, "area")
        if service:
            one_of(service, release.catalogue.services, "service")
        chosen = [
            one
            for one in release.catalogue.shown
            if area in ("", one.area) and service in ("", one.service)
        ]
        rows = [
            indicator_summary(one, release.catalogue, release.years_of(one.id), words)
            for one in chosen
        ]
        return {"indicators": rows}

    def _units(self, query: str, kind: str) -> Answer:
        territory = self._release.territory
        found = (
            [(hit.unit, hit.score) for hit in search(territory, query, limit=FOUND)]
            if query
            else [(unit, None) for unit in territory]
        )
        if kind:
            one_of(kind, [*Level, *Kind], "kind")
        rows = [
            unit_summary(unit, territory) | {"score": score}
            for unit, score in found
            if kind in ("", unit.kind, *unit.levels)
        ]
        return {"units": rows}

    def _compare(self, unit: str, indicator: str, year: str, role: str) -> Answer:
        release = self._release
        found, chosen = the_unit(release, unit, "unit"), self._indicator(indicator)
        when = selecting.years(release, year)[0] if year else None
        if not found.levels:
            raise ClientError(f"{found.code} jest sumą gmin i nie ma porównań.", "unit")
        if role:
            one_of(role, [level.value for level in found.levels], "role")
        level = Level(role) if role else None
        return compare_unit(release.frame, found.code, chosen, when, level).to_dict()

    def _peers(self, unit: str, area: str, k: str) -> Answer:
        release = self._release
        code = the_unit(release, unit, "code").code
        if area:
            one_of(area, release.catalogue.areas, "area")
        if int(k) == DEFAULT_K:
            return release.peers(code, area or None).to_dict()
        return peers_of(release.frame, code, area or None, int(k)).to_dict()

    def _changes(self, unit: str, since: str) -> Answer:
        release = self._release
        code = the_unit(release, unit, "unit").code
        if len(since) == 4 and since.isascii() and since.isdecimal():
            noted = changes_since_year(release.frame, code, int(since))
        else:
            known = [one for one in self._store.ids() if one != release.id]
            if since not in known:
                detail = f"„{since[:40]}” nie jest rokiem ani innym wydaniem danych."
                raise ClientError(detail, "since", known[-5:])
            noted = unit_changes(self._store.open(since), release, code)
        return {"unit": code, "since": since, "changes": [one.to_dict() for one in noted]}

    def _trace(self, indicator: str, unit: str, year: str) -> Answer:
        release = self._release
        chosen, code = self._indicator(indicator), the_unit(release, unit, "unit").code
        (when,) = selecting.years(release, year)
        if chosen not in release.indicators.item_index:
            detail = f"Wskaźnik „{chosen}” czeka na dane, więc nie ma jeszcze czego śledzić."
            raise ClientError(detail, "indicator")
        return trace_record(release, release.trace(chosen, code, when))

    def _indicator(self, name: str) -> str:
        return the_indicator(self._release, name, "indicator").id


def _columns(item: str, panel: Panel) -> dict[str, list[Any]]:
    """The cells of one indicator, by year and unit."""
    years, units = len(panel.years), len(panel.units)
    return {
        "indicator": [item] * (years * units),
        "unit": list(panel.units) * years,
        "year": np.repeat(panel.years, units).tolist(),
        "value": panel.values.ravel().tolist(),
        "status": _STATUS[panel.status.ravel()].tolist(),
        "flags": _FLAGS[panel.flags.ravel()].tolist(),
    }


def _refusal(problem: Problem) -> ClientError:
    return ClientError(str(problem), problem.parameter, problem.suggestions, problem.status)

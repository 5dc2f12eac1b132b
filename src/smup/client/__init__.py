"""SMUP from Python: the same calls on a running portal and on a folder of releases.

>>> from smup import Client
>>> smup = Client("https://smup.example.pl")  # or Client("/srv/smup"), a folder of releases
>>> smup.data("ludnosc", unit="children:14", year="last-5")
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from smup.client.errors import ClientError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Client", "ClientError"]

Answer = dict[str, Any]
Labels = str | Iterable[str]
Years = int | str | Iterable[int]


class Source(Protocol):
    """Where answers come from: a portal or a folder, told apart by nobody who asks."""

    def get(self, name: str, **asked: str) -> Answer:
        """What the API gives under ``name``; parameters left empty are not asked for."""
        ...

    def data(self, *, indicator: str, unit: str, year: str) -> tuple[Answer, dict[str, list[Any]]]:
        """What is said of all rows, and the rows as columns."""
        ...


class Client:
    """Frames (pandas) of one release of SMUP.

    ``source`` is the address of a portal, a folder that holds ``releases/`` (``SMUP_HOME``), or
    the folder of one release. ``release`` is the id of another release than the current one; with
    an address it may also be a day (RRRR-MM-DD).

    Every frame has ``attrs["release"]`` and ``attrs["synthetic"]``; a frame of invented figures
    also has a column ``synthetic``. Every call raises ClientError, which says in one sentence what
    is wrong, where it can with the parameter and the nearest known values.
    """

    def __init__(self, source: str | Path, release: str = "", timeout: float = 60) -> None:
        if str(source).startswith(("http://", "https://")):
            from smup.client.remote import Remote

            self._source: Source = Remote(str(source), release, timeout)
        else:
            from smup.client.local import Local

            self._source = Local(Path(source), release)

    def indicators(self, area: str = "", service: str = "", lang: str = "pl") -> "pd.DataFrame":
        """One row an indicator: id, name, service, area, unit of measure, years with values."""
        answer = self._source.get("indicators", area=area, service=service, lang=lang)
        return _frame(answer["indicators"], answer)

    def units(self, query: str = "", kind: str = "") -> "pd.DataFrame":
        """One row a unit; those whose name or code matches ``query``, best first."""
        answer = self._source.get("units", query=query, kind=kind)
        return _frame(answer["units"], answer)

    def data(self, indicator: Labels = "", unit: Labels = "", year: Years = "") -> "pd.DataFrame":
        """One row a cell: indicator, unit, year, value, status, flags.

        ``indicator`` and ``unit`` are ids and codes or the choices of the API ("area:edukacja",
        "children:14", "group:…", "kind:gmina"); ``year`` is a year, several, "2018-2024",
        "latest" or "last-5". What is left out means everything, but one of the first two must be
        given. The value of a gap is NaN and ``status`` says why; it is never a zero.
        """
        items, units = _joined(indicator), _joined(unit)
        if not items and not units:
            raise ClientError("Podaj wskaźnik albo jednostkę.", "indicator")
        answer, columns = self._source.data(indicator=items, unit=units, year=_joined(year))
        return _frame(columns, answer).astype({"year": "int64", "value": "float64"})

    def compare(
        self, unit: str, indicator: str, year: int | None = None, role: str = ""
    ) -> "pd.DataFrame":
        """One row a comparator: neighbours, group, peers, powiat, województwo, country.

        ``attrs["comparison"]`` holds the rest: the unit's value, its status, year and rank.
        """
        asked = {"year": str(year or ""), "role": role}
        answer = self._source.get("compare", unit=unit, indicator=indicator, **asked)
        rows = [
            {**{k: v for k, v in one.items() if k != "rank"}, **_prefixed("rank", one["rank"])}
            for one in answer["comparators"]
        ]
        rest = {key: value for key, value in answer.items() if key != "comparators"}
        return _frame(rows, answer, comparison=rest)

    def peers(self, unit: str, area: str = "", k: int = 15) -> "pd.DataFrame":
        """One row a unit alike, nearest first; ``contribution_…`` is a feature's share of the
        distance. Without any, ``attrs["reason"]`` says why."""
        answer = self._source.get("peers", unit=unit, area=area, k=str(k))
        rows = [
            {key: one[key] for key in ("unit", "distance", "stability")}
            | _prefixed("contribution", one["contributions"])
            for one in answer["peers"]
        ]
        return _frame(rows, answer, reason=answer["reason"])

    def changes(self, unit: str, since: int | str) -> "pd.DataFrame":
        """What changed for a unit since a year, or since another release."""
        answer = self._source.get("changes", unit=unit, since=str(since))
        return _frame(answer["changes"], answer)

    def trace(self, indicator: str, unit: str, year: int) -> Answer:
        """How one value came about, from its source rows on; a dictionary, as it is a tree."""
        return self._source.get("trace", indicator=indicator, unit=unit, year=str(year))


def _frame(rows: Any, answer: Answer, **more: Any) -> "pd.DataFrame":
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise ClientError("Klient wymaga pandas: pip install smup[client].") from error
    frame = pd.DataFrame(rows)
    if answer["synthetic"]:
        frame["synthetic"] = True
    frame.attrs = {"release": answer["release"], "synthetic": answer["synthetic"], **more}
    return frame


def _joined(labels: Labels | Years) -> str:
    if isinstance(labels, int | str):
        return str(labels)
    return ",".join(str(label) for label in labels)


def _prefixed(prefix: str, record: dict[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_{key}": value for key, value in record.items()}

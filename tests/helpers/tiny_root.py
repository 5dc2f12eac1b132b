"""A whole repository in small: catalogue/, territory/ and data/ that a release is built from."""

from collections.abc import Iterable
from pathlib import Path

from smup.panel import Flag, Status
from smup.store.tidy import Fact, write_table
from tests.helpers.stored import write_territory

AREAS = """kontekst:
  number: null
  name: {pl: Kontekst, en: Context}
  summary: {pl: Ludność i miejsce., en: People and place.}
"""
MEASURES = """os:
  name: {pl: osoba, en: person}
  symbol: {pl: os., en: persons}
  dimension: {os: 1}
ha:
  name: {pl: hektar, en: hectare}
  symbol: {pl: ha, en: ha}
  dimension: {m: 2}
  scale: 10000
os_ha:
  name: {pl: osoba na hektar, en: person per hectare}
  symbol: {pl: os./ha, en: persons/ha}
  dimension: {os: 1, m: -2}
  scale: 0.0001
"""
LIFECYCLE = """published:
  name: {pl: opublikowany, en: published}
  meaning: {pl: Obowiązuje., en: In force.}
  next: []
"""
GROUPS = """gminy-wiejskie:
  name: {pl: gminy wiejskie, en: rural gminas}
  kinds: [gmina-wiejska]
"""
VARIABLES = """ludnosc:
  name: {pl: ludność, en: population}
  unit: os
  additive: true
  scope: territory
  kinds: [gmina, miasto-na-prawach-powiatu, powiat]
  sources: [{source: spis}, {source: rejestr}]
  reference_day: "12-31"
powierzchnia_ha:
  name: {pl: powierzchnia, en: area}
  unit: ha
  additive: true
  scope: territory
  kinds: [gmina, miasto-na-prawach-powiatu]
  sources: [{source: spis}]
  reference_day: "12-31"
"""
INDICATOR = """name: {{pl: {name}, en: {name}}}
question: {{pl: Ile?, en: How much?}}
role: contextual
unit: {unit}
decimals: {decimals}
better: neither
scope: territory
cities: both
kinds: [gmina, miasto-na-prawach-powiatu, powiat]
formula: {formula}
aggregate: {aggregate}
change: percent
what_it_shows: {{pl: To co w nazwie., en: What the name says.}}
limitations: {{pl: Kraj jest zmyślony., en: The country is invented.}}
example: {{given: {given}, gives: {gives}}}
steward: {{owner: kontekst, reviewed: 2026-01-01, review_by: 2028-01-01}}
status: published
"""
SOURCE = """title: {{pl: {title}, en: {title}}}
publisher: Urząd Zmyślony
licence: CC0
"""


def write_catalogue(folder: Path) -> None:
    indicators = {
        "ludnosc": INDICATOR.format(
            name="Ludność",
            unit="os",
            decimals=0,
            formula="ludnosc",
            aggregate="sum",
            given="{ludnosc: 7}",
            gives=7,
        ),
        "gestosc": INDICATOR.format(
            name="Gęstość",
            unit="os_ha",
            decimals=2,
            formula="ludnosc / powierzchnia_ha",
            aggregate="ratio_of_sums",
            given="{ludnosc: 7, powierzchnia_ha: 2}",
            gives=3.5,
        ),
    }
    files = {
        "areas.yaml": AREAS,
        "measures.yaml": MEASURES,
        "lifecycle.yaml": LIFECYCLE,
        "statuses.yaml": "{}\n",
        "groups/rodzaj.yaml": GROUPS,
        "services/kontekst.yaml": "{}\n",
        "variables/kontekst.yaml": VARIABLES,
        "sources/spis.yaml": SOURCE.format(title="Spis"),
        "sources/rejestr.yaml": SOURCE.format(title="Rejestr"),
        **{f"indicators/kontekst/{name}.yaml": text for name, text in indicators.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def number(
    variable: str,
    unit: str,
    year: int,
    value: float | None,
    status: Status | None = None,
    flags: Flag = Flag.NONE,
) -> Fact:
    """A fact whose status follows from its value unless said."""
    if status is None:
        status = Status.MISSING if value is None else Status.OBSERVED if value else Status.ZERO
    return Fact(variable, unit, year, None if value is None else float(value), status, flags)


SPIS = (
    number("ludnosc", "020101", 2021, 100),
    number("ludnosc", "020101", 2022, 110),
    number("ludnosc", "020102", 2021, 50, flags=Flag.ESTIMATED),
    number("ludnosc", "020102", 2022, None, Status.CONFIDENTIAL),
    number("ludnosc", "0261", 2022, 900),
    number("powierzchnia_ha", "020101", 2022, 10),
    number("powierzchnia_ha", "0261", 2022, 30),
)
REJESTR = (number("ludnosc", "0261", 2021, 880), number("ludnosc", "0201", 2019, 140))


def write_data(
    folder: Path, spis: Iterable[Fact] = SPIS, rejestr: Iterable[Fact] = REJESTR
) -> None:
    """The two tables, as ``smup ingest`` leaves them."""
    for name, facts, retrieved in (
        ("spis", spis, "2023-05-06"),
        ("rejestr", rejestr, "2022-01-02"),
    ):
        meta = [
            ("source", name),
            ("publisher", "Urząd Zmyślony"),
            ("title", name.title()),
            ("licence", "CC0"),
            ("file", f"{name}.xlsx"),
            ("sha256", "ab" * 32),
            ("dated", "2022"),
            ("retrieved", retrieved),
        ]
        write_table(folder / f"{name}.csv", meta, facts)


def write_root(folder: Path) -> Path:
    """The whole repository below ``folder``; gives ``folder`` back."""
    write_catalogue(folder / "catalogue")
    write_territory(folder / "territory")
    write_data(folder / "data")
    return folder

"""Invented reports of the small country, as the service gives them, and what must come of them.

``expected`` is the naive twin of ``positions``: plain loops over the definitions as they stand in
the files.
"""

import csv
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from smup.territory import Kind, Unit
from tests.contract.bestia import Row, polish
from tests.contract.serving import ROOT
from tests.helpers.country import CITY, country

Reports = dict[str, list[Row]]
_TYPES = {Kind.GMINA_MIEJSKA: "1", Kind.GMINA_WIEJSKA: "2", Kind.GMINA_MIEJSKO_WIEJSKA: "3"}
_COLUMNS = {
    "mf-rb-27s": ("pl", "na", "dw", "nz", "so", "su", "uz", "ot"),
    "mf-rb-28s": ("pl", "ww"),
}
_PATHS = {
    "mf-rb-27s": "pozycje-rb27s",
    "mf-rb-28s": "pozycje-rb28s",
    "mf-rb-nds": "pozycje-rbnds",
    "mf-rb-z": "pozycje-rbztd",
}
FIELDS = {
    "plan": "pl",
    "należności": "na",
    "należności (saldo początkowe plus przypisy minus odpisy)": "na",
    "zaległości netto": "nz",
    "skutki obniżenia górnych stawek podatków": "so",
    "skutki udzielonych ulg i zwolnień (bez ulg i zwolnień ustawowych)": "su",
    "skutki decyzji organu podatkowego: umorzenie zaległości podatkowych": "uz",
    "skutki decyzji organu podatkowego: rozłożenie na raty, odroczenie terminu płatności": "ot",
}
SYMBOLS = {
    "dochody bieżące": "A1",
    "dochody majątkowe": "A2",
    "dochody ze sprzedaży majątku": "A21",
    "wydatki bieżące": "B1",
    "E. zobowiązania według tytułów dłużnych": "E",
}
CAPITAL = ("dochody-majatkowe", "wydatki-majatkowe")


@cache
def table(name: str) -> list[dict[str, str]]:
    lines = (ROOT / "catalogue" / "budget" / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def bodies(year: int) -> Iterator[tuple[Unit, Row]]:
    """Units that existed on the last day of the year with the codes of their reports."""
    for unit in country():
        if unit.kind in (*_TYPES, Kind.MIASTO, Kind.POWIAT) and unit.exists_in(year):
            yield unit, codes(unit)


def codes(unit: Unit) -> Row:
    return {
        "jednostka-const-id": f"id{unit.code}",
        "jednostka-nazwa": unit.name.upper(),
        "jednostka-wk": unit.code[:2],
        "jednostka-pk": unit.code[2:4],
        "jednostka-gk": unit.code[4:6] or "00",
        "jednostka-gt": _TYPES.get(unit.kind, "0"),
        "jednostka-pt": "2" if unit.code == CITY else "1",
    }


UNION = {
    **codes(country().units["020101"]),
    "jednostka-const-id": "idZ1",
    "jednostka-nazwa": "ZWIĄZEK GMIN BRZEGU",
    "jednostka-gt": "Z",
}
POWIATS_UNION = {
    **codes(country().units["0201"]),
    "jednostka-const-id": "idZ2",
    "jednostka-nazwa": "ZWIĄZEK POWIATÓW",
    "jednostka-pt": "7",
}
WOJEWODZTWO = {
    **codes(country().units["0201"]),
    "jednostka-const-id": "id02",
    "jednostka-nazwa": "WOJEWÓDZTWO DOLINA",
    "jednostka-pk": "00",
}


def reports(years: tuple[int, ...], size: int = 25) -> Reports:
    """All reports of these years; unions and a województwo hand theirs in, too."""
    rows: Reports = {path: [] for path in _PATHS.values()}
    for year in years:
        strangers = [UNION, POWIATS_UNION, WOJEWODZTWO]
        for body in [*(body for _, body in bodies(year)), *strangers]:
            for path, lines in report_of(body, year, size).items():
                rows[path] += lines
    return rows


def report_of(body: Row, year: int, size: int = 25, version: int = 1) -> Reports:
    """The four reports of one body; Rb-NDS adds up what stands in the others."""
    chance = random.Random(f"{body['jednostka-const-id']} {year} {version}")
    rows = {
        _PATHS[report]: _classified(report, body, year, size, version, chance)
        for report in _COLUMNS
    }
    sums = {"A": 0, "A1": 0, "A2": 0, "A21": 0, "B": 0, "B1": 0, "B2": 0}
    plans = dict(sums)
    for report, field in (("mf-rb-27s", "dw"), ("mf-rb-28s", "ww")):
        whole = "A" if report == "mf-rb-27s" else "B"
        for row in rows[_PATHS[report]]:
            part = whole + ("2" if kind_of(report, row["paragraf"]) in CAPITAL else "1")
            for symbol in (whole, part):
                sums[symbol] += grosze(row[field])
                plans[symbol] += grosze(row["pl"])
            if row["paragraf"] in ("077", "078", "087") and whole == "A":
                sums["A21"] += grosze(row[field])
    for told in (sums, plans):
        told["C"], told["C1"] = told["A"] - told["B"], told["A1"] - told["B1"]
    head = _head(body, year, version)
    rows["pozycje-rbnds"] = [
        {**head, "typ-sprawozdania-kod": "Rb-NDS", "symbol": s, "p": polish(plans[s]),
         "w": polish(sums[s])}
        for s in sums
    ]  # fmt: skip
    debt = chance.randrange(10**10)
    rows["pozycje-rbztd"] = [
        {**head, "typ-sprawozdania-kod": "Rb-Z", "symbol": s, "z": polish(amount)}
        for s, amount in (("E", debt), ("E1", 0), ("E2", debt))
    ]
    return rows


def _head(body: Row, year: int, version: int) -> Row:
    return {
        **body,
        "okres-rok": str(year),
        "okres-okres": "4",
        "sprawozdanie-wersja": str(version),
        "sprawozdanie-najnowsze": "true",
    }


def _classified(
    report: str, body: Row, year: int, size: int, version: int, chance: random.Random
) -> list[Row]:
    sides = [row for row in table("paragrafy.csv") if of_side(report, row["kind"])]
    chapters = [row["code"] for row in table("rozdzialy.csv")]
    keys = sorted(
        {
            (chance.choice(chapters), chance.choice(sides)["code"][:3], chance.choice("0019"))
            for _ in range(size)
        }
    )
    form = {"mf-rb-27s": "Rb-27s", "mf-rb-28s": "Rb-28s"}[report]
    return [
        {
            **_head(body, year, version),
            "typ-sprawozdania-kod": form,
            "dzial": chapter[:3],
            "rozdzial": chapter,
            "paragraf": paragraph,
            "finansowanie-paragrafu": fourth,
            **{
                field: polish(chance.choice((0, 1, -1, 1)) * chance.randrange(10**9))
                for field in _COLUMNS[report]
            },
        }
        for chapter, paragraph, fourth in keys
    ]


def of_side(report: str, kind: str) -> bool:
    if report == "mf-rb-27s":
        return kind.startswith("dochody")
    return kind.startswith("wydatki") or kind == "wynagrodzenia"


@cache
def kind_of(report: str, paragraph: str) -> str:
    """The kind of the paragraph on this side of the budget; "" for one nobody knows."""
    for row in table("paragrafy.csv"):
        if row["code"][:3] == paragraph and of_side(report, row["kind"]):
            return row["kind"]
    return ""


def grosze(text: str) -> int:
    return int(text.replace(" ", "").replace(",", ""))


@cache
def definitions() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((ROOT / "catalogue" / "variables").glob("*.yaml")):
        found |= yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return found


def expected(
    rows: Mapping[str, list[Row]], source: str, since: int = 0
) -> dict[tuple[str, str, int], float]:
    """What the table of one source must hold; ``since`` leaves older years of variables out."""
    told: dict[tuple[str, str, int], float] = {}
    handed_in: dict[tuple[str, str], list[Row]] = {}
    for row in rows[_PATHS[source]]:
        handed_in.setdefault((row["jednostka-const-id"], row["okres-rok"]), []).append(row)
    years = sorted({int(year) for _, year in handed_in})
    for name, said in definitions().items():
        for origin in said.get("sources", []):
            if origin["source"] != source or "note" in origin:
                continue
            for year in years:
                if year < max(said.get("since") or 0, since) or year > (said.get("until") or 9999):
                    continue
                if not _in_force(origin.get("budget", {}), source, year):
                    continue
                for unit, body in bodies(year):
                    if _kind_name(unit) not in said["kinds"]:
                        continue
                    own = handed_in.get((body["jednostka-const-id"], str(year)), [])
                    amount = _amount(own, origin, source)
                    if own and amount is not None:
                        told[name, unit.code, year] = amount / 100
    return told


def _kind_name(unit: Unit) -> str:
    return "gmina" if unit.kind in _TYPES else unit.kind.value


PARTS = {
    "divisions": "dzialy.csv",
    "chapters": "rozdzialy.csv",
    "paragraphs": "paragrafy.csv",
}


def _in_force(budget: Mapping[str, Any], source: str, year: int) -> bool:
    return all(_any_valid(part, tuple(budget.get(part, ())), source, year) for part in PARTS)


@cache
def _any_valid(part: str, codes: tuple[str, ...], source: str, year: int) -> bool:
    named = [
        row
        for row in table(PARTS[part])
        if any(row["code"].startswith(code) for code in codes)
        and (part != "paragraphs" or of_side(source, row["kind"]))
    ]
    return not named or any(
        int(row["valid_from"] or 0) <= year <= int(row["valid_to"] or 9999) for row in named
    )


def _amount(rows: list[Row], origin: Mapping[str, Any], source: str) -> int | None:
    if "budget" not in origin:
        symbol = SYMBOLS[origin["position"]]
        field = "z" if source == "mf-rb-z" else "w"
        found = [grosze(row[field]) for row in rows if row["symbol"] == symbol]
        return sum(found) if found else None
    budget, total = origin["budget"], 0
    executed = "dw" if source == "mf-rb-27s" else "ww"
    field = FIELDS.get(budget.get("column", ""), executed)
    for row in rows:
        if budget.get("divisions") and row["dzial"] not in budget["divisions"]:
            continue
        if budget.get("chapters") and row["rozdzial"] not in budget["chapters"]:
            continue
        wanted = [code[:3] for code in budget.get("paragraphs", [])]
        if wanted and row["paragraf"] not in wanted:
            continue
        if "kind" in budget:
            kind = kind_of(source, row["paragraf"])
            if not kind and grosze(row[field]):
                return None
            wages = kind == "wynagrodzenia" and budget["kind"] == "wydatki-biezace"
            if kind != budget["kind"] and not wages:
                continue
        total += grosze(row[field])
    return total

"""The same cells read through every face and in every format: equal values, gaps that are gaps for
an equivalent reason, and of what is hidden nothing at all."""

import csv
import io
import json
import re
import sqlite3
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from smup import Client
from smup.formats.bulk.make import make_all
from smup.formats.gus import ids
from smup.formats.signs import SIGNS, obs_status
from smup.panel import Status, flag_names
from smup.panel.panel import FIRST_GAP
from smup.panel.status import FLAG_NAMES
from smup.store.releases import Release, Releases
from smup.web.pxweb.tables import tables_of
from tests.browser.conftest import serving
from tests.helpers.planted import planted_home
from tests.helpers.site import site_home

pytestmark = pytest.mark.xdist_group("faces")

Key = tuple[str, str, int]  # indicator, unit, year
Cells = dict[Key, tuple[float | None, str]]  # the value, and what is said of it beside
# the country, a województwo, cities with powiat rights, a powiat, its gminas together, a gmina,
# a city that is a gmina now and a gmina that is no more
ALWAYS = ("PL", "14", "1465", "0261", "1408", "1408G", "140801", "0263", "320304")
STRUCTURAL = (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_EXISTING)
EVERY = 3  # cells of each reason in the sample
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Asked(NamedTuple):
    """A store that is served, and a sample of its cells: every combination of the labels."""

    address: str
    home: Path
    release: Release
    items: tuple[str, ...]
    units: tuple[str, ...]
    years: tuple[int, ...]

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=300) as answer:
            return bytes(answer.read())

    def json(self, path: str) -> Any:
        return json.loads(self.get(path))

    def cell(self, key: Key) -> tuple[float | None, Status, int]:
        item, unit, year = key
        if item not in self.release.indicators.item_index:
            return None, Status.NOT_COLLECTED, 0
        return self.release.indicators.cell(item, year, unit)

    def number(self, item: str, text: str, point: str = ".") -> float | None:
        """The figure of a text, which must have the decimals it is published with."""
        if not text or text in (".", "X", "#", ":"):
            return None
        assert point == "." or "." not in text
        plain = text.replace(point, ".")
        assert _NUMBER.fullmatch(plain), text
        places = self.release.catalogue.indicators[item].decimals
        assert len(plain.partition(".")[2]) == places, text
        return float(plain)

    @property
    def query(self) -> str:
        years = ",".join(map(str, self.years))
        return f"indicator={','.join(self.items)}&unit={','.join(self.units)}&year={years}"

    @property
    def keys(self) -> Iterator[Key]:
        return product(self.items, self.units, self.years)

    @property
    def known(self) -> list[str]:
        """Items that have data: what waits for some has no table, file or flow."""
        return [item for item in self.items if item in self.release.indicators.item_index]


@pytest.fixture(scope="module")
def asked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    built = planted_home(root, tmp_path_factory.mktemp("planted"))
    home = site_home(built, tmp_path_factory.mktemp("same"))
    release = Releases(home).current()
    make_all(release, home, lambda *_: None)
    with serving(home, root) as address:
        yield Asked(address, home, release, *sample(release))


def sample(release: Release) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """Labels among whose cells is every status there is, and every flag."""
    panel, rng = release.indicators, np.random.default_rng(2024)
    marks = [panel.status == code for code in np.unique(panel.status)]
    marks += [(panel.flags & 1 << bit).astype(bool) & panel.has_value for bit in range(7)]
    units = dict.fromkeys(ALWAYS)
    for mark in marks:
        cells = np.argwhere(mark)
        for _, _, unit in cells[rng.choice(len(cells), min(EVERY, len(cells)), replace=False)]:
            units[panel.units[unit]] = None
    waiting = next(o.id for o in release.catalogue.shown if o.id not in panel.item_index)
    return (*panel.items, waiting), tuple(units), panel.years


def status_and_flags(status: Status, flags: int) -> str:
    return " ".join([status.name.lower(), *flag_names(flags)])


def sign_of(status: Status, flags: int) -> str:
    return SIGNS[status].sign if status >= FIRST_GAP else ""


def gus_flag(status: Status, flags: int) -> str:
    return str(SIGNS[status].gus)


def sdmx_codes(status: Status, flags: int) -> str:
    return " ".join([obs_status(status, flags), SIGNS[status].conf_status, status.name.lower()])


def reason_or_flags(status: Status, flags: int) -> str:
    """JSON-stat tells reasons of gaps and flags of values."""
    return status.name.lower() if status >= FIRST_GAP else " ".join(flag_names(flags))


def said(status: str, flags: str) -> str:
    return f"{status} {flags}".strip()


# --- API v1 -------------------------------------------------------------------------------------


def api_json(asked: Asked) -> Cells:
    return objects(asked.json(f"/api/v1/data?{asked.query}")["rows"])


def objects(rows: list[dict[str, Any]]) -> Cells:
    return {
        (row["indicator"], row["unit"], row["year"]): (
            row["value"],
            said(row["status"], " ".join(row["flags"])),
        )
        for row in rows
    }


def api_rows(asked: Asked) -> Cells:
    told = asked.json(f"/api/v1/data?{asked.query}&format=rows")
    return objects([dict(zip(told["columns"], row, strict=True)) for row in told["rows"]])


def api_ndjson(asked: Asked) -> Cells:
    text = asked.get(f"/api/v1/data?{asked.query}&format=ndjson").decode()
    return objects([json.loads(line) for line in text.splitlines()])


def api_csv(asked: Asked) -> Cells:
    return read_csv(asked, "")


def api_csv_signs(asked: Asked) -> Cells:
    found = read_csv(asked, "&missing=codes&fields=indicator,unit,year,value,sign,status,flags")
    assert found
    return found


def read_csv(asked: Asked, more: str) -> Cells:
    text = asked.get(f"/api/v1/data?{asked.query}&format=csv{more}").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert all(row["synthetic"] == "true" for row in rows)
    assert all(
        row["value"] == row["sign"] for row in rows if row.get("sign") not in (None, "", "-")
    )
    return {
        (row["indicator"], row["unit"], int(row["year"])): (
            asked.number(row["indicator"], row["value"]),
            said(row["status"], row["flags"]),
        )
        for row in rows
    }


def api_csv_polish(asked: Asked) -> Cells:
    body = asked.get(f"/api/v1/data?{asked.query}&format=csv&dialect=pl")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    assert body.startswith(b"\xef\xbb\xbf")
    assert all(row["Dane zmyślone"] == "tak" for row in rows)
    return {
        (row["Identyfikator wskaźnika"], row["Kod"], int(row["Rok"])): (
            asked.number(row["Identyfikator wskaźnika"], row["Wartość"], ","),
            said(row["Status"], row["Oznaczenia"]),
        )
        for row in rows
    }


def api_parquet(asked: Asked) -> Cells:
    return framed(frame_of(asked.get(f"/api/v1/data?{asked.query}&format=parquet")))


def frame_of(body: bytes) -> pd.DataFrame:
    frame = pd.read_parquet(io.BytesIO(body))
    assert frame["synthetic"].all()
    return frame


def framed(frame: pd.DataFrame) -> Cells:
    columns = (frame[name].tolist() for name in ("indicator", "unit", "year"))
    values = [None if pd.isna(one) else one for one in frame["value"].tolist()]
    marks = map(said, frame["status"].tolist(), frame["flags"].tolist())
    return dict(zip(zip(*columns, strict=True), zip(values, marks, strict=True), strict=True))


def api_xlsx(asked: Asked) -> Cells:
    body = asked.get(f"/api/v1/data?{asked.query}&format=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    notes = str(book.get_sheet_by_name("Opis").to_python())
    assert asked.release.id in notes
    assert "dane zmyślone" in notes.casefold()
    head, *rows = book.get_sheet_by_name("Dane").to_python()
    found = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return {
        (str(row["Identyfikator wskaźnika"]), str(row["Kod"]), int(row["Rok"])): (
            sheet_value(row["Wartość"]),
            said(row["Status"], row["Oznaczenia"]),
        )
        for row in found
    }


def sheet_value(cell: Any) -> float | None:
    assert isinstance(cell, float) or cell in ("", ".", "X", "#", ":")
    return cell if isinstance(cell, float) else None


def api_json_stat(asked: Asked) -> Cells:
    return json_stat(asked.json(f"/api/v1/data?{asked.query}&format=json-stat"))


def json_stat(told: dict[str, Any]) -> Cells:
    """The cells with the reasons and flags of ``extension``; ``status`` must say the same."""
    axes = [list(told["dimension"][name]["category"]["index"]) for name in told["id"]]
    smup = told["extension"]["smup"]
    assert smup["synthetic"]
    assert smup["release"]
    reasons = {at: reason for reason, its in smup["gaps"].items() for at in its}
    for at, reason in reasons.items():
        assert told["status"][str(at)] == SIGNS[Status[reason.upper()]].sign
    assert len(told["status"]) == len(reasons)
    flags = {
        at: " ".join(name for name, its in smup["flags"].items() if at in its)
        for at in {at for its in smup["flags"].values() for at in its}
    }
    found: Cells = {}
    for at, (key, value) in enumerate(zip(product(*axes), told["value"], strict=True)):
        item, unit, year = key
        found[item, unit, int(year)] = (value, said(reasons.get(at, ""), flags.get(at, "")))
    return found


# --- PxWeb --------------------------------------------------------------------------------------


def px_selections(asked: Asked) -> Iterator[tuple[str, list[str]]]:
    """Every table of the sample: the start of an address of its data, and its indicators."""
    for table in tables_of(asked.release).values():
        items = [item for item in table.items if item in asked.items]
        years = [str(year) for year in asked.years if year in table.years]
        chosen = {"Wskaznik": items, "Jst": asked.units, "Rok": years}
        query = "&".join(f"valuecodes[{name}]={','.join(its)}" for name, its in chosen.items())
        place = f"/pxweb/api/v2/tables/{table.id}/data?{query}&heading=Rok&stub=Wskaznik,Jst"
        if items:
            yield f"{place}&outputFormat=", items


def px_json_stat(asked: Asked) -> Cells:
    found: Cells = {}
    for start, _ in px_selections(asked):
        found |= json_stat(asked.json(f"{start}json-stat2"))
    return found


def px_csv(asked: Asked) -> Cells:
    found: Cells = {}
    for start, _ in px_selections(asked):
        text = asked.get(f"{start}csv&outputFormatParams=UseCodes").decode()
        found |= pivoted(asked, list(csv.reader(io.StringIO(text))))
    return found


def pivoted(asked: Asked, rows: list[list[Any]]) -> Cells:
    (_, _, *years, mark), *lines = rows
    assert mark == "Dane zmyślone"
    assert all(line[-1] == "tak" for line in lines)
    return {
        (item, unit, int(year)): (
            cell if isinstance(cell, float) else asked.number(item, cell),
            cell if cell in (".", "X", "#", ":") else "",
        )
        for item, unit, *cells, _ in lines
        for year, cell in zip(years, cells, strict=True)
    }


def px_xlsx(asked: Asked) -> Cells:
    found: Cells = {}
    for start, _ in px_selections(asked):
        body = asked.get(f"{start}xlsx&outputFormatParams=UseCodes")
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        found |= pivoted(asked, book.get_sheet_by_index(0).to_python())
    return found


def px_file(asked: Asked) -> Cells:
    dots = {'"."': ".", '".."': "#", '"..."': "X", '"...."': ":"}
    found: Cells = {}
    for start, items in px_selections(asked):
        text = asked.get(f"{start}px").decode()
        assert "DANE ZMYŚLONE" in text
        assert asked.release.id in text
        years = re.findall(r'"(\d{4})"', re.findall(r"TLIST\(A1\),([^;]*);", text)[0])
        cells = iter(text.partition("DATA=")[2].rstrip().rstrip(";").split())
        units = re.findall(r'"(\w+)"', re.findall(r'CODES\("Jednostka"\)=([^;]*);', text)[0])
        for item, unit, year in product(items, units, years):
            cell = next(cells)
            value = None if cell in dots else asked.number(item, cell)
            found[item, unit, int(year)] = (value, dots.get(cell, ""))
        assert next(cells, None) is None
    return found


def px_parquet(asked: Asked) -> Cells:
    found: Cells = {}
    for start, _ in px_selections(asked):
        frame = frame_of(asked.get(f"{start}parquet"))
        names = {"Wskaznik": "indicator", "Jst": "unit", "Rok": "year"}
        frame = frame.rename(columns=names)
        found |= framed(frame.assign(year=frame["year"].astype(int)))
    return found


def px_html(asked: Asked) -> Cells:
    found: Cells = {}
    for start, _ in px_selections(asked):
        page = asked.get(f"{start}html&outputFormatParams=UseCodes").decode()
        years = re.findall(r'<th class="num"[^>]*>(\d{4})</th>', page)
        for row in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", page):
            item, unit = re.findall(r'<th scope="row">([^<]*)</th>', row)
            cells = re.findall(r'<td class="num">([^<]*)</td>', row)
            for year, cell in zip(years, cells, strict=True):
                sign = cell if cell in (".", "X", "#", ":") else ""
                found[item, unit, int(year)] = (asked.number(item, cell, ","), sign)
    return found


# --- GUS, SDMX, OGC -----------------------------------------------------------------------------


def gus(asked: Asked) -> Cells:
    units = {number: code for code, number in ids.of_units(asked.release.territory).items()}
    numbers = ids.of_indicators(asked.release.catalogue)
    found: Cells = {}
    for item, year in product(asked.items, asked.years):
        place = f"/api/1.0.0/indicator-date-data?id={numbers[item]}&id-daty={year}1231"
        told = asked.json(place)
        assert told["release"] == asked.release.id
        assert told["page-count"] <= 1
        for row in told["data"]:
            assert row["synthetic"]
            found[item, units[row["id-teryt"]], year] = (row["wartosc"], str(row["id-flaga"]))
    return found


def sdmx_key(asked: Asked) -> str:
    span = f"startPeriod={asked.years[0]}&endPeriod={asked.years[-1]}"
    return f"/sdmx/2.1/data/SMUP/{'+'.join(asked.units)}.{'+'.join(asked.known)}?{span}&format="


def observation(asked: Asked, told: Mapping[str, str]) -> Iterator[tuple[Key, Any]]:
    item = told["INDICATOR"]
    assert told["SMUP_RELEASE"] == asked.release.id
    assert told["SYNTHETIC"] == "true"
    codes = (told[name] for name in ("OBS_STATUS", "CONF_STATUS", "SMUP_STATUS"))
    value = asked.number(item, told.get("OBS_VALUE", ""))
    yield (item, told["REF_AREA"], int(told["TIME_PERIOD"])), (value, " ".join(codes))


def sdmx_csv(asked: Asked) -> Cells:
    found: Cells = {}
    for form in ("csv1", "csv2"):
        text = asked.get(sdmx_key(asked) + form).decode()
        for row in csv.DictReader(io.StringIO(text)):
            found.update(observation(asked, row))
    return found


def sdmx_xml(asked: Asked) -> Cells:
    found: Cells = {}
    data = ET.fromstring(asked.get(sdmx_key(asked) + "specific"))
    (dataset,) = (one for one in data if one.tag.endswith("DataSet"))
    for series in dataset:
        for one in series:
            found.update(observation(asked, {**dataset.attrib, **series.attrib, **one.attrib}))
    return found


def sdmx_generic(asked: Asked) -> Cells:
    """Ids and values as pairs; the value and the period stand in elements of their own."""
    found: Cells = {}
    data = ET.fromstring(asked.get(sdmx_key(asked) + "generic"))
    (dataset,) = (one for one in data if one.tag.endswith("DataSet"))
    whole = pairs(dataset, "Attributes")
    for series in (one for one in dataset if one.tag.endswith("}Series")):
        shared = whole | pairs(series, "SeriesKey") | pairs(series, "Attributes")
        for one in (one for one in series if one.tag.endswith("}Obs")):
            own = {part.tag.rpartition("}")[2]: part.get("value") or "" for part in one}
            told = {"TIME_PERIOD": own["ObsDimension"], "OBS_VALUE": own.get("ObsValue", "")}
            found.update(observation(asked, shared | told | pairs(one, "Attributes")))
    return found


def pairs(element: ET.Element, name: str) -> dict[str, str]:
    inside = (part for part in element if part.tag.endswith("}" + name))
    return {one.attrib["id"]: one.attrib["value"] for part in inside for one in part}


def sdmx_json(asked: Asked) -> Cells:
    told = asked.json(sdmx_key(asked) + "json&dimensionAtObservation=AllDimensions")["data"]
    structure, (dataset,) = told["structures"][0], told["dataSets"]
    dimensions = structure["dimensions"]["observation"]
    attributes = structure["attributes"]
    whole = {
        one["id"]: text_of(one["values"][at])
        for one, at in zip(attributes["dataSet"], dataset["attributes"], strict=True)
    }
    found: Cells = {}
    for key, (value, *beside) in dataset["observations"].items():
        places = zip(dimensions, map(int, key.split(":")), strict=True)
        row = whole | {one["id"]: text_of(one["values"][at]) for one, at in places}
        own = zip(attributes["observation"], beside, strict=False)
        row |= {one["id"]: text_of(one["values"][at]) for one, at in own if at is not None}
        assert row["SYNTHETIC"] == "true"
        codes = " ".join(row[name] for name in ("OBS_STATUS", "CONF_STATUS", "SMUP_STATUS"))
        found[row["INDICATOR"], row["REF_AREA"], int(row["TIME_PERIOD"])] = (value, codes)
    return found


def text_of(value: dict[str, Any]) -> str:
    return str(value.get("id", value.get("value")))


def ogc(asked: Asked) -> Cells:
    found: Cells = {}
    years = ",".join(map(str, asked.years))
    for layer in ("gminy", "powiaty", "wojewodztwa"):
        query = f"indicator={','.join(asked.known)}&year={years}&f=json"
        for row in features(asked, f"/ogc/collections/{layer}/items?{query}"):
            for item, year in product(asked.known, asked.years):
                if (name := f"{item}_{year}") in row:
                    beside = said(row[f"{name}_status"], row[f"{name}_flags"])
                    found[item, row["code"], year] = (row[name], beside)
    return found


def features(asked: Asked, path: str) -> Iterator[dict[str, Any]]:
    """The properties of every feature, page after page."""
    while path:
        told = asked.json(path)
        assert told["release"] == asked.release.id
        assert told["synthetic"]
        yield from (feature["properties"] for feature in told["features"])
        further = [one["href"] for one in told["links"] if one["rel"] == "next"]
        path = further[0].removeprefix(asked.address) if further else ""


# --- files and the client -----------------------------------------------------------------------


def file(asked: Asked, name: str) -> bytes:
    return asked.get(f"/files/latest/{name}")


def areas(asked: Asked) -> set[str]:
    return {asked.release.catalogue.indicators[item].area for item in asked.known}


def whole_csv(asked: Asked) -> Cells:
    return long_csv(file(asked, "values.csv"))


def area_csv(asked: Asked) -> Cells:
    found: Cells = {}
    for area in areas(asked):
        found |= long_csv(file(asked, f"csv/{area}.csv"))
    return found


def long_csv(body: bytes) -> Cells:
    found: Cells = {}
    for row in csv.DictReader(io.StringIO(body.decode())):
        assert row["synthetic"] == "true"
        assert not row["value"] or _NUMBER.fullmatch(row["value"])
        key = (row["indicator"], row["unit"], int(row["year"]))
        found[key] = (
            float(row["value"]) if row["value"] else None,
            said(row["status"], row["flags"]),
        )
    return found


def whole_parquet(asked: Asked) -> Cells:
    return framed(frame_of(file(asked, "values.parquet")))


def area_parquet(asked: Asked) -> Cells:
    found: Cells = {}
    for area in areas(asked):
        found |= framed(frame_of(file(asked, f"parquet/area={area}/values.parquet")))
    return found


def sqlite(asked: Asked) -> Cells:
    base = sqlite3.connect(":memory:")
    base.deserialize(file(asked, "smup.sqlite"))
    about = dict(base.execute("SELECT key, value FROM about"))
    assert about["release"] == asked.release.id
    assert about["synthetic"] == "true"
    rows = base.execute("SELECT indicator, unit, year, value, status, flags FROM indicator_values")
    return {(item, unit, year): (v, said(s, f)) for item, unit, year, v, s, f in rows}


def area_xlsx(asked: Asked) -> Cells:
    """A sheet an indicator, in the order of the list on the first."""
    found: Cells = {}
    for area in areas(asked):
        book = CalamineWorkbook.from_filelike(io.BytesIO(file(asked, f"xlsx/{area}.xlsx")))
        listed = [str(row[-1]) for row in book.get_sheet_by_index(0).to_python()[1:]]
        for item, name in zip(listed, book.sheet_names[2:], strict=True):
            head, *rows = book.get_sheet_by_name(name).to_python()
            assert str(head[-1]).casefold() == "dane zmyślone"
            assert all(row[-1] == "tak" for row in rows)
            for row in rows:
                for year, cell in zip(head[4:-1], row[4:-1], strict=True):
                    sign = "" if isinstance(cell, float) else str(cell)
                    found[item, str(row[0]), int(year)] = (sheet_value(cell), sign)
    return found


def json_stat_files(asked: Asked) -> Cells:
    found: Cells = {}
    for item in asked.known:
        found |= json_stat(json.loads(file(asked, f"json-stat/{item}.json")))
    return found


def client_remote(asked: Asked) -> Cells:
    return client(asked, Client(asked.address))


def client_local(asked: Asked) -> Cells:
    return client(asked, Client(asked.home))


def client(asked: Asked, source: Client) -> Cells:
    frame = source.data(asked.items, unit=asked.units, year=asked.years)
    assert frame.attrs == {"release": asked.release.id, "synthetic": True}
    assert frame["synthetic"].all()
    return framed(frame)


Reader = Callable[[Asked], Cells]
Words = Callable[[Status, int], str]
WHOLE: dict[Reader, Words] = {
    api_json: status_and_flags,
    api_rows: status_and_flags,
    api_ndjson: status_and_flags,
    api_csv: status_and_flags,
    api_csv_signs: status_and_flags,
    api_csv_polish: status_and_flags,
    api_parquet: status_and_flags,
    api_xlsx: status_and_flags,
    api_json_stat: reason_or_flags,
    client_remote: status_and_flags,
    client_local: status_and_flags,
}
TOLD: dict[Reader, Words] = {
    px_json_stat: reason_or_flags,
    px_csv: sign_of,
    px_xlsx: sign_of,
    px_file: sign_of,
    px_html: sign_of,
    px_parquet: status_and_flags,
    gus: gus_flag,
    sdmx_csv: sdmx_codes,
    sdmx_xml: sdmx_codes,
    sdmx_generic: sdmx_codes,
    sdmx_json: sdmx_codes,
    ogc: status_and_flags,
    whole_csv: status_and_flags,
    area_csv: status_and_flags,
    whole_parquet: status_and_flags,
    area_parquet: status_and_flags,
    sqlite: status_and_flags,
    area_xlsx: sign_of,
    json_stat_files: reason_or_flags,
}


def test_the_sample_holds_everything(asked: Asked) -> None:
    cells = [asked.cell(key) for key in asked.keys]
    assert {status for _, status, _ in cells} == set(Status)
    assert {name for _, _, flags in cells for name in flag_names(flags)} == set(FLAG_NAMES.values())


@pytest.mark.parametrize("read", WHOLE, ids=lambda read: str(read.__name__))
def test_all_that_was_asked_for_is_there(asked: Asked, read: Reader) -> None:
    found = read(asked)
    for key in asked.keys:
        value, status, flags = asked.cell(key)
        assert found.pop(key) == (value, WHOLE[read](status, flags)), key
    assert not found


@pytest.mark.parametrize("read", TOLD, ids=lambda read: str(read.__name__))
def test_what_is_told_is_the_same(asked: Asked, read: Reader) -> None:
    """What is absent nobody collects of such a unit, or the face has no such unit or year."""
    found, release = read(asked), asked.release
    territory = release.territory
    told = 0
    for key in asked.keys:
        value, status, flags = asked.cell(key)
        if key in found:
            told += value is not None
            assert found[key] == (value, TOLD[read](status, flags)), key
            continue
        unit = territory.units[key[1]]
        left_out = (read is gus and not unit.levels) or (
            read is ogc and (not unit.levels or unit.code == "PL" or unit.valid_to is not None)
        )
        nobody = status in STRUCTURAL or key[2] not in release.years_of(key[0])
        assert left_out or nobody, (key, status)
        assert left_out or value is None, key
    assert told > 100


# --- what is hidden -----------------------------------------------------------------------------


def test_no_filter_by_value_finds_a_gap(asked: Asked) -> None:
    item, year = "urodzenia", 2024
    panel = asked.release.indicators
    known = int(panel.select([item], [year]).has_value.sum())
    for test in ("ge:-1000000000", "ne:-1", "le:1000000000", "ge:0,lt:0"):
        where = f"c[OBS_VALUE]={test}&c[TIME_PERIOD]={year}&format=csv"
        place = f"/sdmx/3.0/data/dataflow/PL_SMUP/SMUP/1.0.0/*.{item}?{where}"
        rows = list(csv.DictReader(io.StringIO(asked.get(quote(place, "/?&=*:.")).decode())))
        assert len(rows) == known, test
        assert all(row["OBS_VALUE"] for row in rows), test
    number = ids.of_indicators(asked.release.catalogue)[item]
    place = f"/api/1.0.0/indicator-date-data?id={number}&id-daty={year}1231"
    for test in ("wartosc>=-1000000000", "wartosc!=null", "wartosc<=1000000000"):
        rows = asked.json(f"{place}&filters={quote(test)}")["data"]
        assert rows, test
        assert all(row["wartosc"] is not None for row in rows), test
    for order in ("wartosc", "-wartosc"):
        rows = asked.json(f"{place}&sorts={order}")["data"]
        gaps = [row["id-teryt"] for row in rows if row["wartosc"] is None]
        assert [row["id-teryt"] for row in rows[-len(gaps) :]] == gaps == in_place(asked, place)


def in_place(asked: Asked, place: str) -> list[int]:
    """Units without a value in the order in which nobody sorted them."""
    rows = asked.json(place)["data"]
    return [row["id-teryt"] for row in rows if row["wartosc"] is None]


def test_what_is_hidden_stands_nowhere_behind_a_figure(asked: Asked, release: Release) -> None:
    """The published figure, which the planted release hides, is in no answer about the cell."""
    panel, item, year = asked.release.indicators, "zdarzenia-psp", 2024
    hidden = [
        (unit, release.indicators.cell(item, year, unit)[0])
        for unit in panel.units
        if panel.cell(item, year, unit)[1] in (Status.CONFIDENTIAL, Status.SUPPRESSED_SMALL)
    ]
    secrets = [(unit, value) for unit, value in hidden if value is not None and value > 99]
    assert len(secrets) > 10
    for unit, value in secrets[:20]:
        for what in ("trace", "compare", "data"):
            told = asked.json(f"/api/v1/{what}?indicator={item}&unit={unit}&year={year}")
            assert value not in list(numbers(told)), (what, unit)


def numbers(told: Any) -> Iterator[float]:
    """The numbers of a document that are said of the unit itself: not those of larger groups."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name not in ("comparators", "country", "members"):
                yield from numbers(value)
    elif isinstance(told, list):
        for value in told:
            yield from numbers(value)
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield told

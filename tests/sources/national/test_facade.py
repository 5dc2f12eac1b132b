"""The reader and our own interface of the same shape speak of the same things."""

import orjson

from smup.formats.gus import ids, records
from smup.ingest.keys import Place, Units
from smup.sources.national.answers import Day, Indicator, Unit, read, read_flags
from smup.sources.national.dictionaries import places
from smup.territory import load_territory
from smup.territory.load import load_parts
from tests.contract.serving import ROOT


def test_every_unit_of_the_country_is_found_by_its_pieces() -> None:
    territory = load_territory(ROOT / "territory")
    told = read(Unit, orjson.dumps(records.unit_records(territory, "pl")))
    numbers = ids.of_units(territory)
    found = places(told, Units(territory, load_parts(ROOT / "territory")))
    assert {code for code, id_ in numbers.items() if not isinstance(found[id_], Place)} == {"PL"}
    assert {
        code: place.unit
        for code, id_ in numbers.items()
        if isinstance(place := found[id_], Place) and (place.unit != code or place.part)
    } == {}


def test_flags_days_and_indicators_have_the_same_fields() -> None:
    flags = read_flags(orjson.dumps(records.flag_records("pl")))
    assert {flag.id: flag.texts for flag in flags}[2] == ("zjawisko nie wystąpiło",)
    days = read(Day, orjson.dumps({"data": records.date_records([2020, 2024])}))
    assert [day.year for day in days] == [2020, 2024]
    row = {"id": 4068, "nazwa-wskaznika": "Wynik", "id-up": None, "nazwa-uslugi": None}
    (one,) = read(Indicator, orjson.dumps([{**row, "wymiar-opisu-uslugi": None, "id-smup": [1]}]))
    assert (one.id, one.name, one.service) == (4068, "Wynik", None)

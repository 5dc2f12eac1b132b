"""Lists and flashcards: areas, services, indicators, variables, units, years, flags."""

from typing import Any

from smup.catalogue import Area, Catalogue, Dimension, Indicator, Service, Variable
from smup.compute.formula import names, parse
from smup.formats.gus import ids
from smup.language import Lang
from smup.present.places import kind_name
from smup.territory import Kind, Territory

Record = dict[str, Any]

DIMENSIONS: dict[Dimension, dict[Lang, str]] = {
    Dimension.QUANTITY: {"pl": "ilość", "en": "quantity"},
    Dimension.QUALITY: {"pl": "jakość", "en": "quality"},
    Dimension.AVAILABILITY: {"pl": "dostępność", "en": "availability"},
    Dimension.EFFICIENCY: {"pl": "efektywność kosztowa", "en": "cost efficiency"},
}
# 1, 2 and 5 say what the official dictionary was seen to say, and so does the meaning of 3; the
# numbers of 3, 4 and 6 are ours (formats.signs).
FLAGS: dict[int, dict[Lang, str]] = {
    1: {"pl": "zjawisko wystąpiło", "en": "the phenomenon occurred"},
    2: {"pl": "zjawisko nie wystąpiło", "en": "the phenomenon did not occur"},
    3: {"pl": "wartość mniejsza niż przyjęty format", "en": "value below the accepted format"},
    4: {
        "pl": "wypełnienie niemożliwe lub niecelowe",
        "en": "not applicable: filling in is impossible or purposeless",
    },
    5: {
        "pl": "brak informacji, konieczność zachowania tajemnicy statystycznej",
        "en": "no information, statistical confidentiality",
    },
    6: {"pl": "brak informacji", "en": "no information"},
}


def area_record(catalogue: Catalogue, area: Area, lang: Lang) -> Record:
    number = ids.of_areas(catalogue)[area.id]
    return {"id-ou": number, "nazwa-obszaru": getattr(area.name, lang)}


def area_card(catalogue: Catalogue, area: Area, lang: Lang) -> Record:
    services = [service_record(catalogue, s, lang) for s in catalogue.services_of(area.id)]
    told = {"opis-obszaru": getattr(area.summary, lang), "uslugi": services}
    return area_record(catalogue, area, lang) | told


def service_record(catalogue: Catalogue, service: Service, lang: Lang) -> Record:
    number = ids.of_services(catalogue)[service.id]
    area = ids.of_areas(catalogue)[service.area]
    return {"id-up": number, "nazwa-uslugi": getattr(service.name, lang), "id-ou": area}


def service_card(catalogue: Catalogue, service: Service, lang: Lang) -> Record:
    return service_record(catalogue, service, lang) | {
        "opis-uslugi": getattr(service.what, lang),
        "obowiazek": getattr(service.duty, lang),
        "podstawa-prawna": getattr(service.legal_basis, lang),
        "formy-realizacji": getattr(service.delivery, lang),
        "wskazniki": indicator_records(
            catalogue, [i for i in catalogue.shown if i.service == service.id], lang
        ),
    }


def indicator_records(catalogue: Catalogue, chosen: list[Indicator], lang: Lang) -> list[Record]:
    """``id-smup`` lists the ids under which the national system has the same indicator."""
    own, services = ids.of_indicators(catalogue), ids.of_services(catalogue)
    return [
        {
            "id": own[one.id],
            "nazwa-wskaznika": getattr(one.name, lang),
            "id-up": services.get(one.service or ""),
            "nazwa-uslugi": _service_name(catalogue, one, lang),
            "wymiar-opisu-uslugi": DIMENSIONS[one.dimension][lang] if one.dimension else None,
            "id-smup": [national.id for national in one.smup],
        }
        for one in chosen
        if one.id in own
    ]


def indicator_card(catalogue: Catalogue, one: Indicator, years: list[int], lang: Lang) -> Record:
    """``years`` are those with values."""
    used = {name.id for name in names(parse(one.formula)) if not name.indicator}
    variables = [v for v in catalogue.variables.values() if v.id in used]
    return indicator_records(catalogue, [one], lang)[0] | {
        "kod-wskaznika": one.id,
        "pytanie": getattr(one.question, lang),
        "opis-wskaznika": getattr(one.what_it_shows, lang),
        "ograniczenia": getattr(one.limitations, lang),
        "wzor": one.formula,
        "jednostka-miary": getattr(catalogue.measures[one.unit].symbol, lang),
        "precyzja": one.decimals,
        "rodzaje-jednostek": list(one.kinds),
        "lata": years,
        "zmienne": variable_records(catalogue, variables, lang),
        "wersja": one.version,
        "status": one.status,
    }


def variable_records(catalogue: Catalogue, chosen: list[Variable], lang: Lang) -> list[Record]:
    own = ids.of_variables(catalogue)
    return [
        {
            "id-zmiennej": own[one.id],
            "nazwa-zmiennej": getattr(one.name, lang),
            "kod-zmiennej": one.id,
            "jednostka-miary": getattr(catalogue.measures[one.unit].symbol, lang),
        }
        for one in chosen
        if one.id in own
    ]


def unit_records(territory: Territory, lang: Lang) -> list[Record]:
    """Every unit that has or ever had values; districts and parts of gminas have none here."""
    records = []
    for code, number in ids.of_units(territory).items():
        unit = territory.units[code]
        woj, pow_, gmn, rodz = ids.teryt(unit)
        place = {"woj": woj, "pow": pow_, "gmn": gmn, "rodz": rodz}
        # in this dictionary a city with powiat rights is a gmina
        kind = Kind.GMINA_MIEJSKA if unit.kind is Kind.MIASTO else unit.kind
        called = {"nazwa": unit.name, "nazwa-dod": kind_name(kind, lang)}
        records.append({"id-teryt": number, **place, **called})
    return records


def date_records(years: list[int]) -> list[Record]:
    return [{"id-daty": date_id(year), "rok": year} for year in years]


def flag_records(lang: Lang) -> list[Record]:
    return [{"id-flaga": number, "nazwa-flagi": words[lang]} for number, words in FLAGS.items()]


def date_id(year: int) -> int:
    """The last day of a year as one number: 20241231."""
    return year * 10_000 + 1231


def _service_name(catalogue: Catalogue, one: Indicator, lang: Lang) -> str | None:
    if one.service is None:
        return None
    return str(getattr(catalogue.services[one.service].name, lang))

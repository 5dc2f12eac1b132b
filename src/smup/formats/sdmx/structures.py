"""What SDMX readers learn of a release before they ask for data: flows, structure, code lists."""

from collections.abc import Iterable, Mapping

from smup.catalogue import Catalogue
from smup.catalogue.base import Text
from smup.formats.sdmx.model import (
    AGENCY,
    AREA,
    INDICATOR,
    TIME,
    VALUE,
    Agencies,
    Codelist,
    Component,
    Concepts,
    Constraint,
    Flow,
    Item,
    Names,
    Structure,
    Structures,
)
from smup.formats.signs import SIGNS
from smup.panel import STATUS_NAMES, VALUE_STATUSES, Status
from smup.present.places import kind_name, telling_title
from smup.present.values import reason
from smup.territory import Territory

WHOLE = "SMUP"  # the id of the flow with all areas, and of the structure
CONCEPTS = "CS_SMUP"

UNIT_MEASURE, DECIMALS = "UNIT_MEASURE", "DECIMALS"
OBS_STATUS, CONF_STATUS = "OBS_STATUS", "CONF_STATUS"
STATUS, FLAGS = "SMUP_STATUS", "SMUP_FLAGS"
RELEASE, SYNTHETIC = "SMUP_RELEASE", "SYNTHETIC"

ATTRIBUTES = (
    Component(UNIT_MEASURE, codelist="CL_UNIT_MEASURE", level="series", mandatory=True),
    Component(DECIMALS, text="Integer", level="series"),
    Component(OBS_STATUS, codelist="CL_OBS_STATUS", mandatory=True),
    Component(CONF_STATUS, codelist="CL_CONF_STATUS", mandatory=True),
    Component(STATUS, codelist="CL_SMUP_STATUS", mandatory=True),
    Component(FLAGS, text="String"),
    Component(RELEASE, text="String", level="dataset"),
    Component(SYNTHETIC, text="Boolean", level="dataset"),
)
COMPONENTS = (
    Component(AREA, codelist="CL_REF_AREA"),
    Component(INDICATOR, codelist="CL_INDICATOR"),
    Component(TIME, text="GregorianYear"),
    Component(VALUE, text="Double"),
    *ATTRIBUTES,
)

_CONCEPTS: Mapping[str, tuple[str, str]] = {
    AREA: ("Jednostka terytorialna", "Territorial unit"),
    INDICATOR: ("Wskaźnik", "Indicator"),
    TIME: ("Rok", "Year"),
    VALUE: ("Wartość", "Value"),
    UNIT_MEASURE: ("Jednostka miary", "Unit of measure"),
    DECIMALS: ("Miejsca po przecinku", "Decimal places"),
    OBS_STATUS: ("Stan obserwacji", "Observation status"),
    CONF_STATUS: ("Poufność", "Confidentiality"),
    STATUS: ("Wartość albo powód jej braku", "Value, or the reason why there is none"),
    FLAGS: ("Uwagi do wartości", "Notes on the value"),
    RELEASE: ("Wydanie danych", "Release of the data"),
    SYNTHETIC: ("Dane fikcyjne", "Invented figures"),
}
# The meaning these codes have in the lists of SDMX; ours hold only those we use.
_OBS_STATUS: Mapping[str, tuple[str, str]] = {
    "A": ("wartość zwykła", "Normal value"),
    "B": ("przerwa w szeregu", "Time series break"),
    "D": ("inna definicja", "Definition differs"),
    "E": ("wartość szacowana", "Estimated value"),
    "I": ("wartość poprawiona przez wydawcę wydania", "Value imputed by a receiving agency"),
    "L": ("brak wartości: dane nie są zbierane", "Missing value; data exist but not collected"),
    "M": ("brak wartości: dane nie mogą istnieć", "Missing value; data cannot exist"),
    "N": ("wartość nieistotna", "Not significant"),
    "O": ("brak wartości", "Missing value"),
    "P": ("wartość wstępna", "Provisional value"),
    "Q": ("brak wartości: ukryta", "Missing value; suppressed"),
    "U": ("mała wiarygodność", "Low reliability"),
    "V": ("wartość niesprawdzona", "Unvalidated value"),
    "W": ("zawiera dane innej kategorii", "Includes data from another category"),
}
_CONF_STATUS: Mapping[str, tuple[str, str]] = {
    "A": (
        "ukryta z powodu małej liczby przypadków",
        "Primary confidentiality due to small counts",
    ),
    "C": ("tajemnica statystyczna", "Confidential statistical information"),
    "F": ("jawna", "Free (free for publication)"),
}
_VALUES: Mapping[Status, tuple[str, str]] = {
    Status.OBSERVED: ("wartość", "value"),
    Status.ZERO: ("zero: zjawisko nie wystąpiło", "true zero: it did not occur"),
}


def structures(catalogue: Catalogue, places: Territory) -> Structures:
    """Everything that can be asked for of one release."""
    flows = tuple(_flows(catalogue))
    return Structures(
        agencies=(Agencies("AGENCIES", _both("Agencje", "Agencies"), items=(_agency(),)),),
        codelists=tuple(_codelists(catalogue, places)),
        concepts=(
            Concepts(
                CONCEPTS,
                _both("Pojęcia SMUP", "Concepts of SMUP"),
                items=tuple(Item(one.id, _names(one.id), written=one) for one in COMPONENTS),
            ),
        ),
        structures=(
            Structure(
                WHOLE,
                _both(*_TITLE),
                concepts=CONCEPTS,
                dimensions=COMPONENTS[:2],
                attributes=ATTRIBUTES,
            ),
        ),
        flows=flows,
        constraints=tuple(
            Constraint(
                f"CR_{flow.id}",
                _both("Wskaźniki przepływu", "Indicators of the dataflow"),
                flow=flow.id,
                values={INDICATOR: flow.indicators},
            )
            for flow in flows
            if flow.id != WHOLE
        ),
    )


_TITLE = ("Wskaźniki usług publicznych", "Indicators of public services")


def flow_id(area: str) -> str:
    """The flow of an area of the catalogue."""
    return f"{WHOLE}_{area.upper().replace('-', '_')}"


def _flows(catalogue: Catalogue) -> Iterable[Flow]:
    shown = [(one.id, one.area) for one in catalogue.shown]
    yield Flow(WHOLE, _both(*_TITLE), structure=WHOLE, indicators=tuple(one for one, _ in shown))
    for area in catalogue.areas.values():
        own = tuple(one for one, where in shown if where == area.id)
        if own:
            names, about = _text(area.name), _text(area.summary)
            yield Flow(flow_id(area.id), names, about, structure=WHOLE, indicators=own)


def _codelists(catalogue: Catalogue, places: Territory) -> Iterable[Codelist]:
    yield Codelist("CL_REF_AREA", _names(AREA), items=tuple(_units(places)))
    yield Codelist(
        "CL_INDICATOR",
        _names(INDICATOR),
        items=tuple(
            Item(one.id, _text(one.name), _text(one.what_it_shows)) for one in catalogue.shown
        ),
    )
    yield Codelist(
        "CL_UNIT_MEASURE",
        _names(UNIT_MEASURE),
        items=tuple(
            Item(one.id, _text(one.name), _text(one.symbol)) for one in catalogue.measures.values()
        ),
    )
    yield Codelist("CL_OBS_STATUS", _names(OBS_STATUS), items=_items(_OBS_STATUS))
    yield Codelist("CL_CONF_STATUS", _names(CONF_STATUS), items=_items(_CONF_STATUS))
    yield Codelist("CL_SMUP_STATUS", _names(STATUS), items=tuple(_statuses()))


def _units(places: Territory) -> Iterable[Item]:
    """Units in one hierarchy: gminas in powiats, these and cities in województwa, all in Poland."""
    for unit in places:
        parent = unit.parents[0] if unit.parents else "PL"
        names = _both(telling_title(unit, places, "pl"), telling_title(unit, places, "en"))
        kind = _both(kind_name(unit.kind, "pl"), kind_name(unit.kind, "en"))
        yield Item(unit.code, names, kind, "" if unit.code == "PL" else parent)


def _statuses() -> Iterable[Item]:
    for status in SIGNS:
        if status in VALUE_STATUSES:
            names = _both(*_VALUES[status])
        else:
            names = _both(reason(status, "pl"), reason(status, "en"))
        yield Item(STATUS_NAMES[status], names)


def _agency() -> Item:
    return Item(
        AGENCY,
        _both(
            "System Monitorowania Usług Publicznych",
            "Public Services Monitoring System",
        ),
    )


def _items(words: Mapping[str, tuple[str, str]]) -> tuple[Item, ...]:
    return tuple(Item(name, _both(*texts)) for name, texts in words.items())


def _names(concept: str) -> Names:
    return _both(*_CONCEPTS[concept])


def _both(polish: str, english: str) -> Names:
    return {"pl": polish, "en": english}


def _text(text: Text) -> Names:
    return {"pl": text.pl, "en": text.en}

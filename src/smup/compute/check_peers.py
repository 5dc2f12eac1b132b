"""Do the features that make places alike describe the place, and nothing that is compared?"""

from collections.abc import Iterator

from smup.catalogue.checks import Faults
from smup.catalogue.methods import PeerFeature, PeerSet
from smup.catalogue.models import Catalogue, Measure
from smup.compute.formula import FormulaError, Name, Node, names, parse, substitute
from smup.compute.units import UnitError, check_unit

COMMON = "common"


def check_peers(faults: Faults, derived: dict[str, Node], formulas: dict[str, Node]) -> None:
    """Add every fault of ``catalogue/peers/``.

    ``derived`` and ``formulas`` are those of sound derived variables and indicators. Refused are:
    a file of no area, a weight of no feature, a feature named twice, an unknown variable, a unit
    that the formula does not give, and a feature with weight in an area that uses a variable of
    one of that area's indicators; sizes named as ``bases`` are free of this.
    """
    catalogue = faults.catalogue
    if not catalogue.peers:
        return
    common = catalogue.peers.get(COMMON)
    if common is None:
        first = next(iter(catalogue.peers))
        faults.add("peers", first, "", f"brakuje zestawu wspólnego catalogue/peers/{COMMON}.yaml")
        return
    _bases(faults, common)
    for one in catalogue.peers.values():
        _file(faults, one, common)
        read = {name: _formula(faults, one, name, derived) for name in one.features}
        if one is common:
            shared = read
    for area in catalogue.areas:
        own = catalogue.peers.get(area)
        mine = {name: _formula(None, own, name, derived) for name in own.features} if own else {}
        _nothing_compared(faults, area, own or common, shared | mine, formulas)


def _bases(faults: Faults, common: PeerSet) -> None:
    variables = faults.catalogue.variables
    for number, name in enumerate(common.bases):
        faults.unknown("peers", COMMON, f"bases.{number}", "zmiennej", name, variables)
        variable = variables.get(name)
        if variable is not None and (variable.scope != "territory" or not variable.additive):
            message = f"„{name}” nie jest wielkością miejsca (scope: territory, additive: true)"
            faults.add("peers", COMMON, f"bases.{number}", message)


def _file(faults: Faults, one: PeerSet, common: PeerSet) -> None:
    areas = faults.catalogue.areas
    if one is not common:
        faults.unknown("peers", one.id, "", "obszaru", one.id, areas)
        if one.bases or one.alone is not None:
            message = f"klucze „bases” i „alone” stoją tylko w {COMMON}.yaml; usuń je"
            faults.add("peers", one.id, "", message)
    known = {**common.features, **one.features}
    for name in one.weights:
        faults.unknown("peers", one.id, f"weights.{name}", "cechy", name, known)
    others = [s for s in faults.catalogue.peers.values() if s is not one]
    for name, feature in one.features.items():
        if name not in one.weights:
            faults.add(
                "peers", one.id, f"features.{name}", "cecha nie ma wagi; dopisz ją w weights"
            )
        if any(name in other.features for other in others):
            message = f"cecha „{name}” jest już w innym pliku; zmień jej identyfikator"
            faults.add("peers", one.id, f"features.{name}", message)
        measures = faults.catalogue.measures
        key = f"features.{name}.unit"
        faults.unknown("peers", one.id, key, "jednostki miary", feature.unit, measures)


def _formula(
    faults: Faults | None, one: PeerSet, name: str, derived: dict[str, Node]
) -> Node | None:
    """The formula over variables with sources; None for a distance and for one with a fault."""
    feature = one.features[name]
    if feature.formula is None:
        return None
    try:
        node = substitute(parse(feature.formula), derived)
    except FormulaError as error:
        if faults is not None:
            faults.add("peers", one.id, f"features.{name}.formula", str(error))
        return None
    if faults is not None and not _names_known(faults, one, name, node):
        return None
    if faults is not None:
        _unit(faults, one, name, feature, node)
    return node


def _names_known(faults: Faults, one: PeerSet, name: str, node: Node) -> bool:
    before, key = len(faults.found), f"features.{name}.formula"
    for used in names(node):
        if used.indicator:
            message = f"cecha nie może powstać ze wskaźnika „@{used.id}”; użyj zmiennych"
            faults.add("peers", one.id, key, message)
        else:
            faults.unknown("peers", one.id, key, "zmiennej", used.id, faults.catalogue.variables)
    return len(faults.found) == before


def _unit(faults: Faults, one: PeerSet, name: str, feature: PeerFeature, node: Node) -> None:
    catalogue = faults.catalogue

    def measure_of(used: Name) -> Measure:
        return catalogue.measures[catalogue.variables[used.id].unit]

    try:
        check_unit(node, catalogue.measures[feature.unit], measure_of)
    except UnitError as error:
        faults.add("peers", one.id, f"features.{name}.formula", str(error))
    except KeyError:
        return  # an unknown measure, reported where it stands


def _nothing_compared(
    faults: Faults,
    area: str,
    one: PeerSet,
    features: dict[str, Node | None],
    formulas: dict[str, Node],
) -> None:
    """The neutral area compares places as such, so its own indicators may be features."""
    catalogue = faults.catalogue
    if catalogue.areas[area].number is None:
        return
    common = catalogue.peers[COMMON]
    weights = {**common.weights, **one.weights}
    compared = _compared(catalogue, area, formulas)
    for name, node in features.items():
        if node is None or not weights.get(name):
            continue
        for used in names(node):
            if used.id in common.bases or used.id not in compared:
                continue
            message = (
                f"cecha „{name}” używa zmiennej „{used.id}”, którą porównuje wskaźnik "
                f"„{compared[used.id]}” obszaru „{area}”; nadaj jej tam wagę 0"
            )
            key = f"weights.{name}" if name in one.weights else ""
            faults.add("peers", one.id, key, message)


def _compared(catalogue: Catalogue, area: str, formulas: dict[str, Node]) -> dict[str, str]:
    """Variable -> an indicator of the area that uses it, itself or through another indicator."""
    return {
        variable: one.id
        for one in catalogue.indicators.values()
        if one.area == area and one.id in formulas
        for variable in _variables(formulas[one.id], formulas)
    }


def _variables(node: Node, formulas: dict[str, Node]) -> Iterator[str]:
    for used in names(node):
        if not used.indicator:
            yield used.id
        elif used.id in formulas:  # one with a fault is reported where it stands
            yield from _variables(formulas[used.id], formulas)

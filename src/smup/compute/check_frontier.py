"""Do the frontier models make sense: known services and variables, volumes only, one scope?"""

from smup.catalogue.checks import Faults
from smup.catalogue.methods import Factor, FrontierModel
from smup.compute.formula import FormulaError, Name, Node, names, parse, substitute
from smup.compute.formulas import derived_of
from smup.compute.linear import is_linear
from smup.compute.units import UnitError, check_unit

MODELS = "frontier"


def check_frontier(faults: Faults) -> None:
    """Add every fault of the models. Derived variables have been checked before."""
    try:
        derived = derived_of(faults.catalogue)
    except FormulaError:
        return  # reported where it stands
    for model in faults.catalogue.frontier.values():
        faults.unknown(MODELS, model.id, "", "usługi", model.id, faults.catalogue.services)
        before, scopes = len(faults.found), set[str]()
        for part in ("inputs", "outputs"):
            for at, factor in enumerate(getattr(model, part)):
                scopes |= _factor(faults, model, f"{part}.{at}", factor, derived)
        if len(faults.found) > before:
            continue
        if len(scopes) > 1 and model.mixed_scope_reason is None:
            message = "model łączy zakresy „body” i „territory”; podaj powód"
            faults.add(MODELS, model.id, "mixed_scope_reason", message)
        if len(scopes) == 1 and model.mixed_scope_reason is not None:
            faults.add(MODELS, model.id, "mixed_scope_reason", "model nie miesza zakresów; usuń")


def _factor(
    faults: Faults, model: FrontierModel, key: str, factor: Factor, derived: dict[str, Node]
) -> set[str]:
    """The scopes of the factor's variables."""
    catalogue = faults.catalogue

    def add(message: str) -> None:
        faults.add(MODELS, model.id, f"{key}.formula", message)

    try:
        node = substitute(parse(factor.formula), derived)
    except FormulaError as error:
        add(str(error))
        return set()
    for name in names(node):
        faults.unknown(
            MODELS, model.id, f"{key}.formula", "zmiennej", _shown(name), catalogue.variables
        )
    used = [catalogue.variables[n.id] for n in names(node) if _shown(n) in catalogue.variables]
    faults.unknown(MODELS, model.id, f"{key}.unit", "jednostki miary", factor.unit,
                   catalogue.measures)  # fmt: skip
    if len(used) < len(names(node)) or factor.unit not in catalogue.measures:
        return set()
    if not is_linear(node) or not all(variable.additive for variable in used):
        add("nakład i efekt muszą być ilościami, które wolno sumować; użyj sumy zmiennych")
    for variable in used:
        for kind in set(model.kinds) - set(variable.kinds):
            add(f"zmiennej „{variable.id}” nie ma dla rodzaju „{kind}”; usuń go z listy")
    try:
        check_unit(
            node,
            catalogue.measures[factor.unit],
            lambda name: catalogue.measures[catalogue.variables[name.id].unit],
        )
    except UnitError as error:
        add(str(error))
    return {variable.scope for variable in used}


def _shown(name: Name) -> str:
    return f"@{name.id}" if name.indicator else name.id

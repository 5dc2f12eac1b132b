"""Do the formulas hold? Names, circles, units, scope, aggregation and worked examples."""

import math
from collections.abc import Mapping

from smup.catalogue.base import Dimension
from smup.catalogue.checks import Faults, check_references
from smup.catalogue.errors import CatalogueError, nearest
from smup.catalogue.models import Catalogue, Indicator, Measure, Variable
from smup.compute.check_frontier import check_frontier
from smup.compute.check_peers import check_peers
from smup.compute.formula import (
    Binary,
    FormulaCycleError,
    FormulaError,
    Name,
    Node,
    dependency_order,
    evaluate_scalar,
    expand,
    names,
    needed,
    parse,
    substitute,
    to_text,
)
from smup.compute.linear import is_linear, is_linear_quotient
from smup.compute.rounding import round_one
from smup.compute.units import UnitError, check_unit


def check_catalogue(catalogue: Catalogue) -> list[CatalogueError]:
    """Every fault of meaning in a catalogue that has been read, by file and line; [] when sound."""
    faults = Faults(catalogue, check_references(catalogue))
    derived = _derived(faults)
    formulas = _parsed(faults, derived)
    known = {one: node for one, node in formulas.items() if _names_known(faults, one, node)}
    if _acyclic(faults, known):
        for one, node in known.items():
            _check(faults, catalogue.indicators[one], node, known)
        check_peers(faults, derived, known)
    check_frontier(faults)
    return sorted(faults.found)


def _derived(faults: Faults) -> dict[str, Node]:
    """The sound formulas of derived variables, over variables that sources publish."""
    found = {}
    for variable in faults.catalogue.variables.values():
        if variable.derived is None:
            continue
        try:
            node = parse(variable.derived)
        except FormulaError as error:
            faults.add("variables", variable.id, "derived", str(error))
            continue
        if _made_of_inputs(faults, variable, node):
            found[variable.id] = node
    return found


def _made_of_inputs(faults: Faults, variable: Variable, node: Node) -> bool:
    catalogue, before = faults.catalogue, len(faults.found)

    def add(message: str) -> None:
        faults.add("variables", variable.id, "derived", message)

    known = {one.id: one for one in catalogue.inputs}
    for name in names(node):
        if name.indicator:
            add(f"zmienna nie może powstać ze wskaźnika „@{name.id}”; użyj zmiennych")
            continue
        faults.unknown("variables", variable.id, "derived", "zmiennej ze źródłem", name.id, known)
        if name.id in known and known[name.id].scope != variable.scope:
            add(f"„{name.id}” ma inny zakres (scope) niż ta zmienna; uzgodnij je")
    if len(faults.found) > before:
        return False
    if variable.additive and not (
        is_linear(node) and all(known[n.id].additive for n in names(node))
    ):
        add("wartości tak liczonej nie wolno sumować; wpisz „additive: false”")
    try:
        check_unit(
            node,
            catalogue.measures[variable.unit],
            lambda name: catalogue.measures[known[name.id].unit],
        )
    except UnitError as error:
        add(str(error))
    except KeyError:
        pass  # an unknown measure, reported where it stands
    return True


def _parsed(faults: Faults, derived: Mapping[str, Node]) -> dict[str, Node]:
    formulas = {}
    for indicator in faults.catalogue.indicators.values():
        try:
            formulas[indicator.id] = substitute(parse(indicator.formula), derived)
        except FormulaError as error:
            faults.add("indicators", indicator.id, "formula", str(error))
    return formulas


def _names_known(faults: Faults, one: str, node: Node) -> bool:
    catalogue, before = faults.catalogue, len(faults.found)
    for name in names(node):
        known = catalogue.indicators if name.indicator else catalogue.variables
        what = "wskaźnika" if name.indicator else "zmiennej"
        faults.unknown("indicators", one, "formula", what, name.id, known)
        if name.indicator and name.id in known and catalogue.indicators[name.id].against:
            message = f"„{name.id}” jest różnicą względem kraju i nie może stać we wzorze"
            faults.add("indicators", one, "formula", message)
        status = catalogue.indicators[name.id].status if name.indicator and name.id in known else ""
        if status in ("draft", "archived") and catalogue.indicators[one].status == "published":
            message = f"opublikowany wskaźnik nie może zależeć od „{name.id}” (status {status})"
            faults.add("indicators", one, "formula", message)
    return len(faults.found) == before


def _acyclic(faults: Faults, formulas: Mapping[str, Node]) -> bool:
    try:
        dependency_order(formulas)
    except FormulaCycleError as error:
        faults.add("indicators", error.cycle[0], "formula", f"{error}; usuń jedno z odwołań")
        return False
    return True


def _check(faults: Faults, indicator: Indicator, node: Node, formulas: Mapping[str, Node]) -> None:
    references = {n.id for n in names(node) if n.indicator}
    if not _all_readable(references, formulas):
        return  # the reference has an error of its own, which says more
    whole = expand(node, formulas)
    _unit(faults, indicator, node)
    _efficiency(faults, indicator, whole)
    _against(faults, indicator)
    _scope(faults, indicator, whole)
    _kinds(faults, indicator, whole)
    _aggregation(faults, indicator, whole)
    _interval(faults, indicator, whole)
    _example(faults, indicator, node)


def _all_readable(references: set[str], formulas: Mapping[str, Node]) -> bool:
    return all(
        one in formulas
        and _all_readable({n.id for n in names(formulas[one]) if n.indicator}, formulas)
        for one in references
    )


def _unit(faults: Faults, indicator: Indicator, node: Node) -> None:
    catalogue = faults.catalogue

    def measure_of(name: Name) -> Measure:
        owner = (catalogue.indicators if name.indicator else catalogue.variables)[name.id]
        return catalogue.measures[owner.unit]

    try:
        check_unit(node, catalogue.measures[indicator.unit], measure_of)
    except UnitError as error:
        faults.add("indicators", indicator.id, "formula", str(error))
    except KeyError:
        return  # an unknown measure, reported where it stands


def _against(faults: Faults, indicator: Indicator) -> None:
    """A distance has no counts of its own, and the country it is measured from has a value."""
    if indicator.against is None:
        return
    if indicator.aggregate in ("none", "sum"):
        message = "różnica względem kraju wymaga wartości kraju; wpisz „ratio_of_sums” albo wagę"
        faults.add("indicators", indicator.id, "aggregate", message)
    if indicator.interval != "none":
        message = "przedziału różnicy względem kraju nie liczymy; wpisz „none”"
        faults.add("indicators", indicator.id, "interval", message)


def _efficiency(faults: Faults, indicator: Indicator, whole: Node) -> None:
    """Cost-efficiency divides by an output of the service; inhabitants are nobody's output."""
    if indicator.dimension != Dimension.EFFICIENCY or not isinstance(whole, Binary):
        return
    below = [n.id for n in names(whole.right)] if whole.operator == "/" else []
    heads = [name for name in below if name.partition("_")[0] == "ludnosc"]
    if heads:
        message = (
            f"„{heads[0]}” nie jest efektem usługi, więc to nie efektywność kosztowa; podziel "
            "przez liczbę uczniów, miejsc, kilometrów… albo wpisz „role: contextual”"
        )
        faults.add("indicators", indicator.id, "dimension", message)


def _scope(faults: Faults, indicator: Indicator, whole: Node) -> None:
    """What a body does and what lies in a territory may be mixed only with a stated reason."""
    scopes = {n.id: faults.catalogue.variables[n.id].scope for n in names(whole)}
    other = [name for name, scope in scopes.items() if scope != indicator.scope]
    if other and indicator.mixed_scope_reason is None:
        message = (
            f"wskaźnik ma zakres „{indicator.scope}”, a zmienna „{other[0]}” ma "
            f"„{scopes[other[0]]}”; zmień zakres albo podaj powód w „mixed_scope_reason”"
        )
        faults.add("indicators", indicator.id, "scope", message)
    if not other and indicator.mixed_scope_reason is not None:
        message = "wzór nie miesza zakresów; usuń powód"
        faults.add("indicators", indicator.id, "mixed_scope_reason", message)


def _kinds(faults: Faults, indicator: Indicator, whole: Node) -> None:
    """A kind has the variable from its source, or a powiat has it from its gminas."""
    for number, kind in enumerate(indicator.kinds):
        for name in names(whole):
            published = faults.catalogue.variables[name.id].kinds
            from_gminas = (
                kind == "powiat" and "gmina" in published and indicator.aggregate != "none"
            )
            if kind not in published and not from_gminas:
                message = f"zmiennej „{name.id}” nie ma dla rodzaju „{kind}”; usuń go z listy"
                faults.add("indicators", indicator.id, f"kinds.{number}", message)


def _aggregation(faults: Faults, indicator: Indicator, whole: Node) -> None:
    variables = faults.catalogue.variables

    def add(message: str) -> None:
        faults.add("indicators", indicator.id, "aggregate", message)

    if indicator.weight is not None:
        faults.unknown(
            "indicators", indicator.id, "aggregate", "zmiennej", indicator.weight, variables
        )
        weight = variables.get(indicator.weight)
        if weight is not None and not weight.additive:
            add(f"waga „{weight.id}” nie jest sumowalna; wybierz liczbę, np. ludność")
        return
    if indicator.aggregate == "none":
        return
    if indicator.aggregate == "sum" and not is_linear(whole):
        add("„sum” wymaga sumy zmiennych; dla ilorazu wpisz „ratio_of_sums”")
    if indicator.aggregate == "ratio_of_sums" and not is_linear_quotient(whole):
        add("„ratio_of_sums” wymaga ilorazu wyrażeń liniowych; wpisz „none” albo zmień wzór")
    for name in names(whole):
        if not variables[name.id].additive:
            add(f"zmiennej „{name.id}” nie wolno sumować (additive: false); wpisz „none” albo wagę")


def _interval(faults: Faults, indicator: Indicator, whole: Node) -> None:
    """An interval needs the counts behind the value."""
    fits = {
        "binomial": is_linear_quotient(whole),
        "poisson": is_linear_quotient(whole) or is_linear(whole),
        "none": True,
    }[indicator.interval]
    counts = all(faults.catalogue.variables[n.id].additive for n in names(whole))
    if indicator.interval != "none" and not (fits and counts):
        message = (
            f"przedziału „{indicator.interval}” nie da się policzyć bez liczb, z których powstał "
            "wskaźnik; wpisz „none”"
        )
        faults.add("indicators", indicator.id, "interval", message)


def _example(faults: Faults, indicator: Indicator, node: Node) -> None:
    """The worked example names exactly what the formula needs and gives what the engine gives."""
    given, keys = indicator.example.given, needed(node)
    for key in keys:
        if key not in given:
            message = f"przykład nie podaje wartości „{key}”{nearest(key, given)}"
            faults.add("indicators", indicator.id, "example.given", message)
    for key in given:
        if key not in keys:
            message = f"wzór {to_text(node)} nie używa „{key}”{nearest(key, keys)}; usuń go"
            faults.add("indicators", indicator.id, f"example.given.{key}", message)
    if (indicator.against is None) != (indicator.example.country is None):
        message = (
            "wartość kraju („country”) podaje się w przykładzie tylko razem z kluczem „against”"
        )
        faults.add("indicators", indicator.id, "example", message)
        return
    if set(keys) != set(given):
        return
    try:
        value = evaluate_scalar(node, given) - (indicator.example.country or 0.0)
    except ZeroDivisionError:
        faults.add("indicators", indicator.id, "example", "przykład dzieli przez zero")
        return
    rounded = round_one(value, indicator.decimals)
    if not math.isfinite(value) or rounded != indicator.example.gives:
        message = f"wzór daje {rounded:.{indicator.decimals}f}, a przykład podaje " + (
            f"{indicator.example.gives:g}; popraw jedno z nich"
        )
        faults.add("indicators", indicator.id, "example.gives", message)

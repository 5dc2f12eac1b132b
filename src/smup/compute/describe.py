"""The catalogue as Markdown for people, in Polish: ``docs/reference/``.

Depends on the definitions alone, so the same catalogue gives the same bytes.
"""

from collections.abc import Iterator

from smup.catalogue.models import Catalogue, Indicator, Service
from smup.compute.formula import Node, parse, to_text
from smup.compute.wording import in_words, names_of, with_numbers
from smup.language import format_number

_HEAD = (
    "<!-- Plik powstaje z katalogu definicji (catalogue/). Nie poprawiaj go ręcznie: "
    "zmień definicję i uruchom `make fix`. -->\n"
)
_DIMENSIONS = {
    "quantity": "ilość",
    "quality": "jakość",
    "availability": "dostępność",
    "efficiency": "efektywność kosztowa",
}
_ROLES = {"monitoring": "monitorujący", "contextual": "kontekstowy"}
_BETTER = {
    "higher": "wyższa wartość jest lepsza",
    "lower": "niższa wartość jest lepsza",
    "neither": "nie rozstrzygamy, co jest lepsze",
    "target": "najlepsza jest wartość docelowa",
}
_SCOPES = {
    "body": "to, co robi lub wydaje sama jednostka",
    "territory": "wszystko, co leży na terenie jednostki",
}
_CITIES = {
    "with_gminas": "razem z gminami",
    "with_powiats": "razem z powiatami",
    "both": "razem z gminami i – osobno – z powiatami",
    "apart": "tylko między sobą",
}
_KINDS = {
    "gmina": "gminy",
    "miasto-na-prawach-powiatu": "miasta na prawach powiatu",
    "powiat": "powiaty",
}
_AGGREGATES = {
    "sum": "suma wartości",
    "ratio_of_sums": "ten sam wzór na sumach zmiennych",
    "none": "nie liczymy; tylko wartość podana przez źródło",
}
_CHANGES = {
    "absolute": "różnica",
    "percent": "procent",
    "percentage_points": "punkty procentowe",
}
_INTERVALS = {
    "binomial": "dwumianowy (udział małych liczb)",
    "poisson": "Poissona (liczba rzadkich zdarzeń)",
    "none": "bez przedziału",
}
_STATUSES = {
    "draft": "szkic",
    "preview": "podgląd",
    "published": "opublikowany",
    "archived": "archiwalny",
}
_TARGETS = {"exactly": "dokładnie", "at_least": "co najmniej", "at_most": "najwyżej"}
_LEVELS = {"gmina": "gmina", "powiat": "powiat"}
_SERVES = {"mieszkancy": "mieszkańcom", "przedsiebiorcy": "przedsiębiorcom"}


def reference(catalogue: Catalogue) -> dict[str, str]:
    """Path below the repository -> text of the generated reference pages.

    The catalogue must be sound (``check_catalogue`` found nothing).
    """
    return {
        "docs/reference/indicators.md": _page(_indicators(catalogue)),
        "docs/reference/services.md": _page(_services(catalogue)),
    }


def _page(blocks: Iterator[str]) -> str:
    return _HEAD + "\n" + "\n".join(blocks)


def _indicators(catalogue: Catalogue) -> Iterator[str]:
    formulas = {i.id: parse(i.formula) for i in catalogue.indicators.values()}
    yield "# Wskaźniki\n"
    yield "| Obszar | Wskaźnik | Rola | Jednostka | Status |"
    yield "|---|---|---|---|---|"
    for one in catalogue.indicators.values():
        where = catalogue.areas[one.area].name.pl
        unit = catalogue.measures[one.unit].symbol.pl
        role = _role(one)
        status = _STATUSES[one.status]
        yield f"| {where} | [{one.name.pl}](#{one.id}) | {role} | {unit} | {status} |"
    yield ""
    for area_id, area in catalogue.areas.items():
        inside = [i for i in catalogue.indicators.values() if i.area == area_id]
        if inside:
            yield f"## {area.name.pl}\n"
        for one in inside:
            yield from _indicator(catalogue, one, formulas[one.id])


def _role(one: Indicator) -> str:
    dimension = f", {_DIMENSIONS[one.dimension]}" if one.dimension else ""
    return _ROLES[one.role] + dimension


def _indicator(catalogue: Catalogue, one: Indicator, node: Node) -> Iterator[str]:
    yield f'### <a id="{one.id}"></a>{one.name.pl}\n'
    yield f"*{one.question.pl}*\n"
    yield f"{one.what_it_shows.pl}\n"
    if one.why_it_matters:
        yield f"**Dlaczego to ważne.** {one.why_it_matters.pl}\n"
    yield f"**Czego nie mówi.** {one.limitations.pl}\n"
    yield f"**Wzór.** {in_words(node, names_of(catalogue))}  "
    yield f"`{to_text(node)}`\n"
    yield f"**Przykład.** {_example(catalogue, one, node)}\n"
    for label, value in _facts(catalogue, one):
        yield f"- {label}: {value}"
    yield ""


def _example(catalogue: Catalogue, one: Indicator, node: Node) -> str:
    """The formula with the numbers of the example and what comes out."""
    calculation = in_words(with_numbers(node, one.example.given), names_of(catalogue))
    result = format_number(one.example.gives, one.decimals)
    symbol = catalogue.measures[one.unit].symbol.pl
    return f"{calculation} = {result}{'' if symbol == '%' else ' '}{symbol}"


def _facts(catalogue: Catalogue, one: Indicator) -> Iterator[tuple[str, str]]:
    yield "identyfikator", f"`{one.id}`"
    if one.service:
        yield "usługa", catalogue.services[one.service].name.pl
    yield "rola", _role(one)
    measure = catalogue.measures[one.unit]
    per = f", {measure.per.pl}" if measure.per else ""
    yield "jednostka", f"{measure.name.pl}{per}; miejsca po przecinku: {one.decimals}"
    yield "kierunek", _direction(one)
    yield "zakres", _SCOPES[one.scope]
    if one.mixed_scope_reason:
        yield "powód łączenia zakresów", one.mixed_scope_reason.pl
    yield "dotyczy", ", ".join(_KINDS[kind] for kind in one.kinds)
    yield "miasta na prawach powiatu porównujemy", _CITIES[one.cities]
    yield "wartość dla większego obszaru", _aggregate(catalogue, one)
    change = "lat nie porównujemy" if not one.comparable_over_time else _CHANGES[one.change]
    yield "zmiana w czasie", change
    yield "przedział niepewności", _INTERVALS[one.interval]
    if one.legal_basis:
        yield "podstawa prawna", one.legal_basis.pl
    if one.context:
        names = (catalogue.indicators[other].name.pl for other in one.context)
        yield "czytaj razem z", "; ".join(names)
    steward = one.steward
    yield "przegląd definicji", f"{steward.reviewed}, następny do {steward.review_by}"


def _direction(one: Indicator) -> str:
    if one.target is None:
        return _BETTER[one.better]
    value = format_number(one.target.value, one.decimals)
    return f"cel: {_TARGETS[one.target.at]} {value} ({one.target.basis.pl})"


def _aggregate(catalogue: Catalogue, one: Indicator) -> str:
    if one.weight is None:
        return _AGGREGATES[one.aggregate]
    weight = catalogue.variables[one.weight].name.pl
    return f"wartość podana przez źródło, a gdy jej brak – średnia ważona („{weight}”), szacunek"


def _services(catalogue: Catalogue) -> Iterator[str]:
    yield "# Usługi\n"
    yield (
        "Lista jest odtworzona z zadań ustawowych gmin i powiatów; nie jest listą systemu "
        "krajowego.\n"
    )
    for area in catalogue.areas.values():
        services = catalogue.services_of(area.id)
        if not services:
            continue
        number = f"{area.number}. " if area.number is not None else ""
        yield f"## {number}{area.name.pl}\n"
        yield f"{area.summary.pl}\n"
        for service in services:
            yield from _service(catalogue, service)


def _service(catalogue: Catalogue, service: Service) -> Iterator[str]:
    yield f'### <a id="{service.id}"></a>{service.name.pl}\n'
    yield f"{service.what.pl}\n"
    yield f"- szczebel: {', '.join(_LEVELS[level] for level in service.levels)}"
    yield f"- służy: {', '.join(_SERVES[whom] for whom in service.serves)}"
    indicators = catalogue.indicators_of(service=service.id)
    links = (f"[{one.name.pl}](indicators.md#{one.id})" for one in indicators)
    yield f"- wskaźniki: {'; '.join(links) or 'jeszcze żadnego'}"
    yield ""

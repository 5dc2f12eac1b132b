"""Do the definitions refer to things that exist, and is each of them complete and coherent?

What needs a parsed formula is asked in ``smup.compute.check``.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from smup.catalogue.base import Definition, Dimension, Place, Text
from smup.catalogue.document import line_of
from smup.catalogue.errors import CatalogueError, nearest
from smup.catalogue.methods import DEFAULT_SYSTEM
from smup.catalogue.models import BudgetPosition, Catalogue, Indicator, Service, Variable
from smup.catalogue.quality import doubled
from smup.territory.units import Kind

_RESERVED = frozenset({"sum", "min", "max"})  # functions of the formula language
_NOWHERE = Place(file="", lines={})


@dataclass
class Faults:
    """Collects errors and knows in which file and line each definition stands."""

    catalogue: Catalogue
    found: list[CatalogueError] = field(default_factory=list)

    def add(self, collection: str, one: str, key: str, message: str) -> None:
        place = self.catalogue.places.get(f"{collection}/{one}", _NOWHERE)
        shown = f"{one}: {key}" if key else one
        self.found.append(CatalogueError(place.file, line_of(place.lines, key), shown, message))

    def unknown(
        self, collection: str, one: str, key: str, what: str, word: str, known: Collection[str]
    ) -> None:
        """Add an error when ``word`` is not among ``known``, with the nearest that is."""
        if word not in known:
            self.add(collection, one, key, f"nie ma {what} „{word}”{nearest(word, known)}")


def check_references(catalogue: Catalogue) -> list[CatalogueError]:
    """Every fault that can be seen without reading formulas."""
    faults = Faults(catalogue)
    _areas(faults)
    _services(faults)
    _variables(faults)
    _groups(faults)
    _secrecy(faults)
    _expected(faults)
    _quality(faults)
    for indicator in catalogue.indicators.values():
        _references(faults, indicator)
        _coherence(faults, indicator)
        _cities(faults, indicator)
        _archived(faults, indicator)
        if indicator.status == "published":
            _completeness(faults, indicator)
    _names_once(faults)
    _national_ids_once(faults)
    return faults.found


def _areas(faults: Faults) -> None:
    numbers: dict[int, str] = {}
    for area in faults.catalogue.areas.values():
        if area.number is None:
            continue
        first = numbers.setdefault(area.number, area.id)
        if first != area.id:
            faults.add("areas", area.id, "number", f"numer {area.number} ma już obszar „{first}”")


def _services(faults: Faults) -> None:
    """A service is described in three dimensions at least, or says why it is not."""
    for service in faults.catalogue.services.values():
        inside = faults.catalogue.indicators_of(service=service.id)
        covered = {one.dimension for one in inside}
        absent = [d for d in Dimension if d not in covered and d not in service.missing]
        if len(covered - {None}) < 3 and absent:
            message = (
                f"usługa nie ma wskaźnika w wymiarze „{absent[0]}”; dodaj go albo napisz w "
                "„missing”, dlaczego go nie ma i kto mógłby dać dane"
            )
            faults.add("services", service.id, "missing", message)
        for dimension in service.missing:
            if dimension in covered:
                message = f"wskaźnik w wymiarze „{dimension}” istnieje; usuń to wyjaśnienie"
                faults.add("services", service.id, f"missing.{dimension}", message)
        _translated(faults, "services", service)


def _variables(faults: Faults) -> None:
    catalogue = faults.catalogue
    for variable in catalogue.variables.values():
        one = ("variables", variable.id)
        faults.unknown(*one, "unit", "jednostki miary", variable.unit, catalogue.measures)
        for number, origin in enumerate(variable.sources):
            key = f"sources.{number}.source"
            faults.unknown(*one, key, "źródła", origin.source, catalogue.sources)
            if origin.budget is not None:
                _budget(faults, variable, number, origin.budget)
        if bool(variable.sources) == (variable.derived is not None):
            message = "zmienna ma albo źródła („sources”), albo wzór („derived”); zostaw jedno"
            faults.add(*one, "derived" if variable.derived else "", message)
        if variable.id in _RESERVED:
            faults.add(*one, "", f"„{variable.id}” jest nazwą funkcji we wzorach; zmień nazwę")


def _budget(faults: Faults, variable: Variable, number: int, position: BudgetPosition) -> None:
    """Codes are those of the classification; a paragraph may be named without its fourth digit."""
    budget, key = faults.catalogue.budget, f"sources.{number}.budget"
    parts = (
        ("divisions", "działu", position.divisions, budget.divisions),
        ("chapters", "rozdziału", position.chapters, budget.chapters),
        ("paragraphs", "paragrafu", position.paragraphs, budget.paragraphs),
    )
    for part, what, codes, known in parts:
        for at, code in enumerate(codes):
            if not any(one.code.startswith(code) for one in known):
                message = f"nie ma {what} {code} w catalogue/budget; popraw kod albo dopisz go tam"
                faults.add("variables", variable.id, f"{key}.{part}.{at}", message)


def _groups(faults: Faults) -> None:
    kinds = [str(kind) for kind in Kind]
    _group_systems(faults)
    for group in faults.catalogue.groups.values():
        for number, kind in enumerate(group.kinds):
            key = f"kinds.{number}"
            faults.unknown("groups", group.id, key, "rodzaju jednostki", kind, kinds)
        low, high = group.population_from, group.population_below
        if low is not None and high is not None and low >= high:
            message = f"przedział ludności od {low} do mniej niż {high} jest pusty"
            faults.add("groups", group.id, "population_from", message)


def _group_systems(faults: Faults) -> None:
    """Each has groups, and a table exactly where its source says that somebody published one."""
    catalogue = faults.catalogue
    known = [DEFAULT_SYSTEM, *catalogue.systems]
    for group in catalogue.groups.values():
        faults.unknown("groups", group.id, "", "systemu grup", group.system, known)
    for system in catalogue.systems.values():
        one, groups = ("systems", system.id), catalogue.groups_of(system.id)
        if not groups:
            faults.add(*one, "", f"brakuje pliku groups/{system.id}.yaml z grupami tego systemu")
        if bool(system.table) != (system.source is not None):
            message = "tabela groups/tables i klucz „source” występują tylko razem"
            faults.add(*one, "source", message)
        for name in sorted(set(system.table.values()) - set(groups)):
            faults.unknown(*one, "", "grupy z tabeli", name, groups)
        for group in groups.values():
            sized = group.population_from is not None or group.population_below is not None
            if sized and system.source is not None:
                message = "o przynależności decyduje tabela; usuń granice ludności"
                faults.add("groups", group.id, "", message)


def _secrecy(faults: Faults) -> None:
    """Rules name counts that sources publish, each count once, and parts of known counts."""
    catalogue = faults.catalogue
    known = {one.id: one for one in catalogue.inputs}
    owner: dict[str, str] = {}
    for rule in catalogue.secrecy.values():
        one = ("secrecy", rule.id)
        for count, others in rule.counts.items():
            for name in (count, *others):
                faults.unknown(*one, f"counts.{count}", "zmiennej ze źródłem", name, known)
            if count in known and not known[count].additive:
                faults.add(*one, f"counts.{count}", f"„{count}” nie jest liczbą, którą się sumuje")
            if owner.setdefault(count, rule.id) != rule.id:
                faults.add(*one, f"counts.{count}", f"„{count}” ma już regułę „{owner[count]}”")
        for part, whole in rule.parts.items():
            for name in (part, whole):
                faults.unknown(*one, f"parts.{part}", "liczby z tej reguły", name, rule.counts)


def _expected(faults: Faults) -> None:
    """Expected values rest on features that the common peer set defines."""
    expected, common = faults.catalogue.expected, faults.catalogue.peers.get("common")
    if expected is None:
        return
    known = common.features if common is not None else {}
    for name in expected.features:
        faults.unknown("expected", "expected", "features", "cechy miejsca", name, known)


def _quality(faults: Faults) -> None:
    """Rules and corrections name variables that sources publish; a cell is corrected once."""
    catalogue = faults.catalogue
    known = {one.id for one in catalogue.inputs}
    for key, name in catalogue.quality.names():
        faults.unknown("quality", "quality", key, "zmiennej ze źródłem", name, known)
    for one in catalogue.corrections.values():
        what = "zmiennej ze źródłem"
        faults.unknown("corrections", one.id, "variable", what, one.variable, known)
    for one_id, first in doubled(catalogue.corrections):
        message = f"tę samą wartość poprawia już „{first}”; zostaw jedną poprawkę"
        faults.add("corrections", one_id, "", message)


def _references(faults: Faults, indicator: Indicator) -> None:
    catalogue, one = faults.catalogue, ("indicators", indicator.id)
    faults.unknown(*one, "unit", "jednostki miary", indicator.unit, catalogue.measures)
    for number, other in enumerate(indicator.context):
        faults.unknown(*one, f"context.{number}", "wskaźnika", other, catalogue.indicators)
        if other == indicator.id:
            message = "wskaźnik podaje sam siebie jako kontekst; usuń go z listy"
            faults.add(*one, f"context.{number}", message)
    neutral = catalogue.areas[indicator.area].number is None
    if indicator.service is None:
        if not neutral:
            message = "brakuje klucza „service”; tylko obszar neutralny nie ma usług"
            faults.add(*one, "", message)
        return
    faults.unknown(*one, "service", "usługi", indicator.service, catalogue.services)
    service = catalogue.services.get(indicator.service)
    if service is not None and service.area != indicator.area:
        message = (
            f"usługa „{service.id}” należy do obszaru „{service.area}”, a plik leży w "
            f"„{indicator.area}”; przenieś plik albo zmień usługę"
        )
        faults.add(*one, "service", message)


def _coherence(faults: Faults, indicator: Indicator) -> None:
    """Keys that only make sense together."""

    def add(key: str, message: str) -> None:
        faults.add("indicators", indicator.id, key, message)

    if indicator.role == "monitoring" and indicator.dimension is None:
        add("role", "wskaźnik monitorujący ma wymiar; dopisz klucz „dimension”")
    if indicator.role == "contextual" and indicator.dimension is not None:
        add("dimension", "wskaźnik kontekstowy nie opisuje usługi w wymiarze; usuń ten klucz")
    if indicator.better == "target" and indicator.target is None:
        add("better", "kierunek „target” wymaga klucza „target” (at, value, basis)")
    if indicator.better != "target" and indicator.target is not None:
        add("target", "klucz „target” ma sens tylko z „better: target”")
    if indicator.steward.review_by <= indicator.steward.reviewed:
        add("steward.review_by", "termin przeglądu jest nie późniejszy niż ostatni przegląd")
    if indicator.version > 1 and indicator.change_note is None:
        add("version", "zmieniona definicja mówi, co zmieniono; dopisz klucz „change_note”")
    measure = faults.catalogue.measures.get(indicator.unit)
    points = indicator.change == "percentage_points"
    if measure is not None and points and (measure.dimension or measure.scale != 0.01):
        add("change", "w punktach procentowych zmieniają się tylko wartości w procentach")


def _cities(faults: Faults, indicator: Indicator) -> None:
    """A city can only stand beside units for which the indicator exists."""
    needed = {
        "with_gminas": {"gmina"},
        "with_powiats": {"powiat"},
        "both": {"gmina", "powiat"},
        "apart": set[str](),
    }[indicator.cities]
    absent = sorted(needed - set(indicator.kinds))
    if "miasto-na-prawach-powiatu" in indicator.kinds and absent:
        message = (
            f"miasta mają być porównywane z „{absent[0]}”, a tego rodzaju nie ma w „kinds”; "
            "dopisz go albo zmień „cities”"
        )
        faults.add("indicators", indicator.id, "cities", message)


def _archived(faults: Faults, indicator: Indicator) -> None:
    """An archived indicator says why and what came after it; only such a one does."""
    one = ("indicators", indicator.id)
    if (indicator.status == "archived") != (indicator.archived is not None):
        message = "status „archived” i klucz „archived” (last_year, reason) występują tylko razem"
        faults.add(*one, "status", message)
    if indicator.archived is not None and indicator.archived.successor is not None:
        known = faults.catalogue.indicators
        key = "archived.successor"
        faults.unknown(*one, key, "wskaźnika", indicator.archived.successor, known)


def _completeness(faults: Faults, indicator: Indicator) -> None:
    """A published card has every text, in both languages."""
    if indicator.why_it_matters is None:
        message = "opublikowany wskaźnik mówi, dlaczego jest ważny; dopisz klucz „why_it_matters”"
        faults.add("indicators", indicator.id, "", message)
    _translated(faults, "indicators", indicator)


def _translated(faults: Faults, collection: str, definition: Service | Indicator) -> None:
    for key, text in _texts(definition):
        for language, words in (("pl", text.pl), ("en", text.en)):
            if not any(c.isalnum() for c in words):
                message = "opublikowana definicja nie może mieć pustego tekstu; wpisz go"
                faults.add(collection, definition.id, f"{key}.{language}", message)
        if key not in ("name", "short") and text.pl == text.en:
            message = "tekst angielski jest taki sam jak polski; przetłumacz go"
            faults.add(collection, definition.id, f"{key}.en", message)


def _texts(definition: Definition) -> list[tuple[str, Text]]:
    values = ((key, getattr(definition, key)) for key in type(definition).model_fields)
    return [(key, value) for key, value in values if isinstance(value, Text)]


def _names_once(faults: Faults) -> None:
    """Two indicators of one name cannot be told apart in a list."""
    first: dict[str, str] = {}
    for indicator in faults.catalogue.indicators.values():
        other = first.setdefault(indicator.name.pl.casefold(), indicator.id)
        if other != indicator.id:
            message = f"taką samą nazwę ma wskaźnik „{other}”; odróżnij je"
            faults.add("indicators", indicator.id, "name.pl", message)


def _national_ids_once(faults: Faults) -> None:
    """One indicator of the national system is one of ours."""
    first: dict[int, str] = {}
    for indicator in faults.catalogue.indicators.values():
        for number, national in enumerate(indicator.smup):
            other = first.setdefault(national.id, indicator.id)
            if other != indicator.id:
                message = f"numer {national.id} w krajowym SMUP ma już wskaźnik „{other}”"
                faults.add("indicators", indicator.id, f"smup.{number}.id", message)

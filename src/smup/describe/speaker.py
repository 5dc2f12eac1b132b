"""Who speaks: one catalogue in one language, with its formulas read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import cast

import yaml

from smup.catalogue import Catalogue, Indicator, Measure, Text, Variable
from smup.compute.formula import Name, Node, expand, names, parse
from smup.compute.formulas import derived_of, formulas_of
from smup.compute.wording import NameOf, in_words, names_of
from smup.documents import Line, Link
from smup.language import Lang

WORDS = Path(__file__).with_name("words.yaml")


@cache
def words_in(lang: Lang) -> Mapping[str, str]:
    """The sentences descriptions are built from, by key."""
    return {key: texts[lang] for key, texts in yaml.safe_load(WORDS.read_text("utf-8")).items()}


def ended(words: str) -> str:
    """With one full stop, also after an abbreviation."""
    return words if words.endswith(".") else f"{words}."


@dataclass(frozen=True)
class Speaker:
    """Turns parts of the catalogue into words of one language."""

    catalogue: Catalogue
    lang: Lang = "pl"

    def say(self, key: str, **values: object) -> str:
        """A sentence of words.yaml with its places filled. Raises KeyError for an unknown key."""
        text = words_in(self.lang)[key]
        return text.format(**values) if values else text

    def text(self, text: Text) -> str:
        return text.pl if self.lang == "pl" else text.en

    def quoted(self, name: str) -> str:
        return f"„{name}”" if self.lang == "pl" else f"“{name}”"

    @cached_property
    def name_of(self) -> NameOf:
        return names_of(self.catalogue, self.lang)

    def words(self, node: Node) -> str:
        return in_words(node, self.name_of, self.lang)

    @cached_property
    def derived(self) -> dict[str, Node]:
        """Formulas of the variables that are derived from others."""
        return derived_of(self.catalogue)

    @cached_property
    def computed(self) -> dict[str, Node]:
        """Formulas as the engine evaluates them: over variables that have data."""
        return formulas_of(self.catalogue)

    def written(self, indicator: Indicator) -> Node:
        """The formula as its author wrote it, derived variables and other indicators by name."""
        return parse(indicator.formula)

    def variables(self, node: Node) -> list[Variable]:
        """Variables a formula names, each once."""
        return [self.catalogue.variables[name.id] for name in names(node) if not name.indicator]

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """Variable -> the indicators computed from it, directly or through another."""
        found: dict[str, list[str]] = {}
        for one in self.catalogue.indicators.values():
            whole = expand(self.computed[one.id], self.computed)
            used = [*names(self.written(one)), *names(whole)]
            for name in dict.fromkeys(n.id for n in used if not n.indicator):
                found.setdefault(name, []).append(one.id)
        return found

    def measure(self, owner: Indicator | Variable) -> Measure:
        return self.catalogue.measures[owner.unit]

    def measure_name(self, owner: Indicator | Variable) -> str:
        """Name and symbol of a unit of measure, the symbol only where it says more."""
        measure = self.measure(owner)
        name, symbol = self.text(measure.name), self.text(measure.symbol)
        return name if symbol == name else f"{name} ({symbol})"

    def owner_of(self, name: Name) -> Indicator | Variable:
        if name.indicator:
            return self.catalogue.indicators[name.id]
        return self.catalogue.variables[name.id]

    def indicator_link(self, indicator: str) -> Link:
        one = self.catalogue.indicators[indicator]
        return Link(self.text(one.name), f"indicator:{indicator}")

    def service_link(self, service: str) -> Link:
        return Link(self.text(self.catalogue.services[service].name), f"service:{service}")

    def listed(self, lines: list[Line]) -> Line:
        """Lines joined by semicolons."""
        joined: list[object] = []
        for at, one in enumerate(lines):
            joined += ["; ", *one] if at else [*one]
        return cast(Line, tuple(joined))

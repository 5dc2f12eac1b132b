"""A number opened: how it was computed, step by step, and whether that gives the same again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from smup.catalogue import Indicator
from smup.compute.aggregate import ENOUGH
from smup.compute.formula import Name, names, needed, number_text, parse
from smup.compute.trace import Trace, Way, Worked
from smup.compute.trace.own import result_of
from smup.describe.example import chain
from smup.describe.speaker import Speaker
from smup.formats.trace import verdict
from smup.language import Lang, format_number
from smup.panel import Status
from smup.present.values import reason, value_text, with_symbol
from smup.store.releases import Release
from smup.telling.strings import strings


@dataclass(frozen=True)
class Step:
    """One line of the calculation: what it is, and the line; ``details`` explain parts of it."""

    name: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """One traced figure in the words of one language."""

    release: Release
    indicator: Indicator
    trace: Trace
    lang: Lang

    @property
    def t(self) -> Mapping[str, str]:
        return strings(self.lang)

    @cached_property
    def speaker(self) -> Speaker:
        return Speaker(self.release.catalogue, self.lang)

    def value(self, value: float | None, status: Status) -> str:
        """A published value with its measure, or why there is none."""
        if value is None:
            return reason(status, self.lang)
        measure = self.release.catalogue.measures[self.indicator.unit]
        return value_text(value, self.indicator, measure, self.lang)

    def exact(self, value: float) -> str:
        """A number with all the digits it has."""
        text = number_text(value)
        return format_number(Decimal(repr(value)), len(text.partition(".")[2]), self.lang)

    def amount(self, variable: str, value: float) -> str:
        """A value of a variable with its unit of measure."""
        measure = self.speaker.measure(self.release.catalogue.variables[variable])
        return with_symbol(self.exact(value), measure, self.lang)

    def variable(self, variable: str) -> str:
        return self.speaker.text(self.release.catalogue.variables[variable].name)

    def proof(self) -> str:
        """Does the calculation give what the release says?"""
        found = self.value(*self.trace.found[:2])
        if verdict(self.trace) != "same":
            return self.t[f"number_{verdict(self.trace)}"].format(found=found)
        return self.t["number_same" if self.trace.found[0] is not None else "number_same_gap"]

    @property
    def differs(self) -> bool:
        return verdict(self.trace) == "differs"

    def steps(self) -> list[Step]:
        """From the formula to the published value."""
        return list(self._steps())

    def _steps(self) -> Iterator[Step]:
        t, own, trace = self.t, self.trace.own, self.trace
        written = self.speaker.written(self.indicator)
        yield Step(t["formula"], self.speaker.words(written), tuple(self._parts()))
        yield Step(t["number_way"], self._way(own))
        if own.result.value is None or trace.found[0] is None:
            return
        if set(needed(trace.formula)) <= own.numbers.keys() and not isinstance(trace.formula, Name):
            found = chain(self.speaker, trace.formula, own.numbers, own.result.value)
            yield Step(t["number_inserted"], " = ".join(found))
        if trace.country is not None and trace.country.result.value is not None:
            yield Step(t["number_minus"], self._minus(own.result.value, trace.country))
        assert trace.exact is not None
        yield Step(t["number_exact"], self.exact(trace.exact))
        yield Step(t["number_rounded"], self._rounded(trace.found[0]))

    def _minus(self, own: float, country: Worked) -> str:
        assert country.result.value is not None
        assert self.trace.exact is not None
        return self.t["number_minus_words"].format(
            own=self.exact(own),
            country=self.exact(country.result.value),
            exact=self.exact(self.trace.exact),
            year=country.year,
        )

    def _rounded(self, value: float) -> str:
        decimals = self.indicator.decimals
        key = ("number_round_whole", "number_round_one")[decimals] if decimals < 2 else ""
        words = self.t[key or "number_round_more"]
        return words.format(n=decimals, value=self.value(value, Status.OBSERVED))

    def _parts(self) -> Iterator[str]:
        """What names in the formula stand for, with their values: other indicators, and variables
        derived from others."""
        speaker, numbers = self.speaker, self.trace.own.numbers
        for name in names(parse(self.indicator.formula)):
            whole = (
                speaker.computed.get(name.id) if name.indicator else speaker.derived.get(name.id)
            )
            if whole is None:
                continue
            said = f"{speaker.words(name)} = {speaker.words(whole)}"
            if set(needed(whole)) <= numbers.keys():
                value = result_of(whole, numbers).value
                said += "" if value is None else f" = {self.exact(value)}"
            yield said

    def _way(self, own: Worked) -> str:
        if own.way is Way.NONE:
            words = reason(own.result.reason or Status.MISSING, self.lang)
            return self.t["number_way_none"].format(reason=words)
        if own.total is None:
            return self.t["number_way_own"]
        weight = self.indicator.weight
        words = self.t[f"number_way_{own.way.value}"].format(
            used=format_number(sum(one.used for one in own.members), 0, self.lang),
            all=format_number(len(own.members), 0, self.lang),
            weight=self.variable(weight) if weight else "",
        )
        if own.total.share == 1 or own.way is Way.EVERYBODY:
            return words
        least = 1.0 if own.way is Way.SUM else ENOUGH
        share = self.t["number_share"].format(
            share=format_number(100 * own.total.share, 1, self.lang),
            least=format_number(100 * least, 0, self.lang),
        )
        return f"{words} {share}"

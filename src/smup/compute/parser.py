"""Text to nodes. The grammar stands in ``smup.compute.formula``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from smup.compute.nodes import (
    Binary,
    Lag,
    MinMax,
    Name,
    Negate,
    Node,
    Number,
    Operator,
    RollingSum,
)

_LONGEST = 60  # years a lag or a rolling sum may reach back; more is a slip of the pen
_DEEPEST = 50  # nested brackets; deeper ones would end Python's own stack


class FormulaError(ValueError):
    """The text is not a formula. ``position`` counts characters from 1."""

    def __init__(self, text: str, position: int, message: str) -> None:
        self.text, self.position = text, position
        super().__init__(f"wzór „{text}”, znak {position}: {message}")


_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)"
    r"|@(?P<indicator>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"|(?P<name>[a-z][a-z0-9_]*)"
    r"|(?P<sign>[-+*/(),\[\]])"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number | indicator | name | sign | end
    text: str
    position: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(text, at + 1, f"nie rozumiem znaku „{text[at]}”")
        kind = str(match.lastgroup)
        yield _Token(kind, match[kind], at + 1)
        at = match.end()
    yield _Token("end", "", len(text) + 1)


@lru_cache(maxsize=8192)
def parse(text: str) -> Node:
    """The nodes of a formula. Raises FormulaError with the position of the first fault."""
    parser = _Parser(text)
    node = parser.sum()
    parser.expect("end", "")
    return node


class _Parser:
    """Recursive descent; each method reads one rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    def sum(self) -> Node:
        node = self.product()
        while self.token.text in ("+", "-") and self.token.kind == "sign":
            operator: Operator = "+" if self.take().text == "+" else "-"
            node = Binary(operator, node, self.product())
        return node

    def product(self) -> Node:
        node = self.factor()
        while self.token.text in ("*", "/") and self.token.kind == "sign":
            operator: Operator = "*" if self.take().text == "*" else "/"
            node = Binary(operator, node, self.factor())
        return node

    def factor(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fault("za dużo zagnieżdżonych nawiasów; uprość wzór")
        try:
            return self._factor()
        finally:
            self.depth -= 1

    def _factor(self) -> Node:
        token = self.take()
        if token.text == "-" and token.kind == "sign":
            return Negate(self.factor())
        if token.text == "(" and token.kind == "sign":
            node = self.sum()
            self.expect("sign", ")")
            return node
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "indicator":
            return self.lagged(Name(token.text, indicator=True))
        if token.kind == "name" and self.token.text == "(":
            return self.call(token)
        if token.kind == "name":
            return self.lagged(Name(token.text))
        raise self.fault("oczekiwano liczby, nazwy zmiennej, @wskaźnika albo nawiasu", token)

    def call(self, function: _Token) -> Node:
        self.expect("sign", "(")
        if function.text == "sum":
            node: Node = self.rolling_sum()
        elif function.text in ("min", "max"):
            node = self.min_max("min" if function.text == "min" else "max")
        else:
            message = f"nieznana funkcja „{function.text}”; znane: sum, min, max"
            raise FormulaError(self.text, function.position, message)
        self.expect("sign", ")")
        return node

    def rolling_sum(self) -> RollingSum:
        name = self.name()
        self.expect("sign", ",")
        return RollingSum(name, self.years(at_least=2))

    def min_max(self, which: Literal["min", "max"]) -> MinMax:
        nodes = [self.sum()]
        while self.token.text == ",":
            self.take()
            nodes.append(self.sum())
        if len(nodes) < 2:
            raise self.fault(f"funkcja {which} porównuje co najmniej dwie wartości")
        return MinMax(which, tuple(nodes))

    def name(self) -> Name:
        token = self.take()
        if token.kind in ("name", "indicator"):
            return Name(token.text, indicator=token.kind == "indicator")
        raise self.fault("oczekiwano nazwy zmiennej albo @wskaźnika", token)

    def lagged(self, name: Name) -> Name | Lag:
        if self.token.text != "[":
            return name
        self.take()
        self.expect("sign", "-")
        years = self.years(at_least=1)
        self.expect("sign", "]")
        return Lag(name, years)

    def years(self, *, at_least: int) -> int:
        token = self.token
        if token.kind != "number" or not token.text.isdigit():
            raise self.fault("oczekiwano całkowitej liczby lat")
        if not at_least <= int(token.text) <= _LONGEST:
            raise self.fault(f"liczba lat powinna być od {at_least} do {_LONGEST}")
        return int(self.take().text)

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def expect(self, kind: str, text: str) -> None:
        if self.token.kind != kind or (text and self.token.text != text):
            raise self.fault(f"oczekiwano „{text}”" if text else "oczekiwano końca wzoru")
        self.take()

    def fault(self, message: str, token: _Token | None = None) -> FormulaError:
        at = token or self.token
        found = f"jest „{at.text}”" if at.text else "wzór się urywa"
        return FormulaError(self.text, at.position, f"{message}, {found}")

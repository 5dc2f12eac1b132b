"""A formula for people: in words, as one line of plain text, and as MathML."""

from collections.abc import Callable, Mapping
from html import escape

from smup.catalogue.models import Catalogue
from smup.compute.formula import map_names, number_text, to_text
from smup.compute.nodes import Atom, Binary, Lag, MinMax, Name, Negate, Node, Number, RollingSum
from smup.language import Lang, format_number, plural

NameOf = Callable[[Name], str]

_SUM, _PRODUCT, _FACTOR = 1, 2, 3  # how strongly an expression holds together


def names_of(catalogue: Catalogue, lang: Lang = "pl") -> NameOf:
    """How variables and indicators are called in a formula for people.

    Raises KeyError, when used, for a name the catalogue does not have.
    """

    def name_of(name: Name) -> str:
        owner = (catalogue.indicators if name.indicator else catalogue.variables)[name.id]
        return str(getattr(owner.name, lang))

    return name_of


def in_words(node: Node, name_of: NameOf, lang: Lang = "pl") -> str:
    """One line: ``100 × „ludność” ÷ „powierzchnia”``, brackets only where they are needed."""
    return _words(node, 0, name_of, lang)


def _words(node: Node, strength: int, name_of: NameOf, lang: Lang) -> str:
    match node:
        case Number(value):
            return _number(value, lang)
        case Name() | Lag() | RollingSum():
            return _QUOTES[lang].format(_atom(node, name_of, lang))
        case MinMax(which, of_all):
            word = _EXTREMES[which, lang]
            return f"{word} ({'; '.join(_words(one, 0, name_of, lang) for one in of_all)})"
        case Negate(of):
            return f"−{_words(of, _FACTOR, name_of, lang)}"
        case Binary(operator, left, right):
            own = _SUM if operator in "+-" else _PRODUCT
            text = (
                f"{_words(left, own, name_of, lang)} {_SIGNS[operator]} "
                f"{_words(right, own + 1, name_of, lang)}"
            )
            return f"({text})" if own < strength else text


_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_EXTREMES = {
    ("min", "pl"): "mniejsza z wartości",
    ("max", "pl"): "większa z wartości",
    ("min", "en"): "the smaller of",
    ("max", "en"): "the larger of",
}


def _number(value: float, lang: Lang) -> str:
    return format_number(value, len(number_text(value).partition(".")[2]), lang)


def _atom(atom: Atom, name_of: NameOf, lang: Lang) -> str:
    """A variable's name, and the years it stands for where that is not the current one."""
    if isinstance(atom, Name):
        return name_of(atom)
    name, years = name_of(atom.of), atom.years
    if isinstance(atom, RollingSum):
        total = f"suma z {years} lat" if lang == "pl" else f"sum of {years} years"
        return f"{name}, {total}"
    if lang == "en":
        return f"{name}, {years} year{'s' if years > 1 else ''} earlier"
    ago = "rok" if years == 1 else f"{years} {plural(years, 'rok', 'lata', 'lat')}"
    return f"{name}, {ago} wcześniej"


_QUOTES = {"pl": "„{}”", "en": "“{}”"}


def with_numbers(node: Node, given: Mapping[str, float]) -> Node:
    """The formula with the numbers of an example in place of names (see ``formula.needed``).

    Raises KeyError for a number that is not given.
    """

    def number(atom: Atom) -> Node:
        if isinstance(atom, RollingSum):
            total = number(atom.of)
            for back in range(1, atom.years):
                total = Binary("+", total, number(Lag(atom.of, back)))
            return total
        value = given[to_text(atom)]
        return Number(value) if value >= 0 else Negate(Number(-value))

    return map_names(node, number)


def mathml(node: Node, name_of: NameOf, lang: Lang = "pl") -> str:
    """A ``<math>`` element with a fraction bar for every division."""
    body = _mathml(node, 0, name_of, lang)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{body}</math>'


def _mathml(node: Node, strength: int, name_of: NameOf, lang: Lang) -> str:
    match node:
        case Number(value):
            return f"<mn>{_number(value, lang)}</mn>"
        case Name() | Lag() | RollingSum():
            return f"<mtext>{escape(_atom(node, name_of, lang))}</mtext>"
        case MinMax(which, of_all):
            inside = "<mo>;</mo>".join(_mathml(one, 0, name_of, lang) for one in of_all)
            return f"<mrow><mi>{which}</mi><mo>(</mo>{inside}<mo>)</mo></mrow>"
        case Negate(of):
            return f"<mrow><mo>−</mo>{_mathml(of, _FACTOR, name_of, lang)}</mrow>"
        case Binary("/", left, right):
            over, under = (_mathml(one, 0, name_of, lang) for one in (left, right))
            return f"<mfrac><mrow>{over}</mrow><mrow>{under}</mrow></mfrac>"
        case Binary(operator, left, right):
            own = _SUM if operator in "+-" else _PRODUCT
            row = (
                f"{_mathml(left, own, name_of, lang)}<mo>{_SIGNS[operator]}</mo>"
                f"{_mathml(right, own + 1, name_of, lang)}"
            )
            return f"<mrow><mo>(</mo>{row}<mo>)</mo></mrow>" if own < strength else row

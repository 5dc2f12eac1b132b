"""Formulas for people, in Polish and English, and as MathML that is well-formed XML."""

from xml.etree import ElementTree as ET

import pytest

from smup.catalogue import Catalogue
from smup.compute.formula import Name, parse
from smup.compute.wording import in_words, mathml, names_of, with_numbers


def name_of(name: Name) -> str:
    return {"a": "dzieci", "b": "ludność", "x": "inny & <wskaźnik>"}[name.id]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("100 * a / b", "100 × „dzieci” ÷ „ludność”"),
        ("1000 * (a + b) / b", "1\u00a0000 × („dzieci” + „ludność”) ÷ „ludność”"),
        ("a - (b - a)", "„dzieci” − („ludność” − „dzieci”)"),
        ("-a", "−„dzieci”"),
        ("0.25 * a", "0,25 × „dzieci”"),
        ("a[-1]", "„dzieci, rok wcześniej”"),
        ("a[-2]", "„dzieci, 2 lata wcześniej”"),
        ("a[-5]", "„dzieci, 5 lat wcześniej”"),
        ("sum(a, 3)", "„dzieci, suma z 3 lat”"),
        ("max(a, b, 0)", "większa z wartości („dzieci”; „ludność”; 0)"),
        ("@x", "„inny & <wskaźnik>”"),
    ],
)
def test_polish(formula: str, words: str) -> None:
    assert in_words(parse(formula), name_of) == words


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("1000.5 * a", "1,000.5 × “dzieci”"),
        ("a[-1] + a[-2]", "“dzieci, 1 year earlier” + “dzieci, 2 years earlier”"),
        ("sum(a, 3)", "“dzieci, sum of 3 years”"),
        ("min(a, b)", "the smaller of (“dzieci”; “ludność”)"),
    ],
)
def test_english(formula: str, words: str) -> None:
    assert in_words(parse(formula), name_of, "en") == words


def test_numbers_of_an_example() -> None:
    node = parse("100 * (a - a[-1]) / sum(b, 2)")
    numbers = {"a": 1234.5, "a[-1]": -2, "b": 10, "b[-1]": 20}
    assert in_words(with_numbers(node, numbers), name_of) == (
        "100 × (1\u00a0234,5 − −2) ÷ (10 + 20)"
    )


def test_mathml_is_well_formed_and_says_the_same() -> None:
    text = mathml(parse("100 * (a + @x) / (b * 2) - -a[-1]"), name_of)
    tree = ET.fromstring(text)
    math = "{http://www.w3.org/1998/Math/MathML}"
    assert tree.tag == f"{math}math"
    assert [e.text for e in tree.iter(f"{math}mtext")] == [
        "dzieci",
        "inny & <wskaźnik>",
        "ludność",
        "dzieci, rok wcześniej",
    ]
    (fraction,) = tree.iter(f"{math}mfrac")
    assert len(fraction) == 2
    assert "".join(fraction[0].itertext()) == "100×(dzieci+inny & <wskaźnik>)"


def test_mathml_of_a_formula_of_every_kind(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        for lang in ("pl", "en"):
            ET.fromstring(mathml(parse(indicator.formula), names_of(catalogue, lang), lang))
    ET.fromstring(mathml(parse("-max(a, sum(b, 2)) - min(a, 1.5)"), name_of))

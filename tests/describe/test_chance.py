"""The worked examples of the section on chance, against figures worked out elsewhere."""

import pytest

from smup.catalogue import Catalogue
from smup.catalogue.methods import Uncertainty
from smup.describe import Speaker, method_page
from smup.describe.chance import FIRES, PEOPLE, chance_numbers
from smup.documents import Section
from smup.documents.blocks import lines_of, plain
from smup.language import Lang


def chance_text(catalogue: Catalogue, lang: Lang) -> str:
    blocks = method_page(Speaker(catalogue, lang)).blocks
    (section,) = (b for b in blocks if isinstance(b, Section) and b.id == "przypadek")
    return "\n".join(plain(line) for line in lines_of(section.blocks))


def test_printed_examples_are_those_of_the_literature(catalogue: Catalogue) -> None:
    """Newcombe's table I and Garwood's limits, as printed."""
    text = chance_text(catalogue, "pl")
    assert "81 z 263 to 30,8%, przedział od 25,5% do 36,6%" in text
    assert "5 zdarzeń daje od 1,62 do 11,67" in text
    assert "100 zdarzeń daje od 81,4 do 121,6" in text
    assert "miejsca możliwe 1–2; 1–2; 3 (" in text


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_number_of_the_section_is_filled_in(catalogue: Catalogue, lang: Lang) -> None:
    text = chance_text(catalogue, lang)
    assert "{" not in text
    for source in ("Wilson", "Garwood", "Byar", "Klein", "Spiegelhalter", "Marshall"):
        assert source in text


def test_the_example_of_eight_units_by_hand() -> None:
    """In plain arithmetic; z-scores at 10 and 90 % lie between neighbours, as numpy takes them."""
    joint = sum(FIRES) / sum(PEOPLE)
    z = sorted((x / n - joint) / (joint / n) ** 0.5 for x, n in zip(FIRES, PEOPLE, strict=True))
    low, high = (z[0] + 0.7 * (z[1] - z[0]), z[6] + 0.3 * (z[7] - z[6]))
    phi = sum(min(max(score, low), high) ** 2 for score in z) / 8
    spread = sum(n * (x / n - joint) ** 2 for x, n in zip(FIRES, PEOPLE, strict=True))
    variance = spread / sum(PEOPLE) - joint * 8 / sum(PEOPLE)
    weight = variance / (variance + joint / 1000)
    smoothed = 1000 * (weight * 0.008 + (1 - weight) * joint)
    found = chance_numbers(Uncertainty(), "en")
    assert found["phi"] == f"{phi:.2f}"
    assert found["fires_joint"] == f"{1000 * joint:.2f}"
    assert found["fires_weight"] == f"{100 * weight:.0f}"
    assert found["fires_smoothed"] == f"{smoothed:.2f}"


def test_the_rules_of_the_catalogue_are_printed(catalogue: Catalogue) -> None:
    other = Uncertainty(
        level=0.9, winsorised=0.05, minimum_denominator={"binomial": 25, "poisson": 30}
    )
    text = chance_text(catalogue.model_copy(update={"uncertainty": other}), "pl")
    assert "Poziom naszych przedziałów: 90%" in text
    assert "mniejszy niż 25 (udziały) albo 30 (zdarzenia)" in text
    assert "po 5% skrajnych" in text

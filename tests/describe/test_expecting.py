"""The worked examples of expected values, improvers and goals, reckoned by hand."""

from smup.catalogue import Catalogue
from smup.describe import Speaker, method_page
from smup.describe.expecting import expecting_numbers
from smup.documents import Section
from smup.documents.blocks import lines_of, plain


def said(catalogue: Catalogue, section: str) -> str:
    blocks = method_page(Speaker(catalogue)).blocks
    found = next(b for b in blocks if isinstance(b, Section) and b.id == section)
    return "\n".join(plain(line) for line in lines_of(found.blocks))


def test_the_rule(catalogue: Catalogue) -> None:
    """60 + 1.5 deviations × 4; 1.345 / 3."""
    found = expecting_numbers(Speaker(catalogue))
    assert (found["rule_expected"], found["rule_weight"]) == ("66,00", "0,448")
    text = said(catalogue, "oczekiwana")
    assert "60,00 + (9,75 − 9,00) / 0,50 × 4,00 = 66,00" in text
    assert "1,345 / 3 = 0,448" in text


def test_the_features_are_named(catalogue: Catalogue) -> None:
    text = said(catalogue, "oczekiwana")
    assert catalogue.expected is not None
    for name in catalogue.expected.features:
        assert catalogue.peers["common"].features[name].name.pl in text


def test_a_quarter_of_the_spread(catalogue: Catalogue) -> None:
    assert "0,25 × 8 = 2" in said(catalogue, "lepsi")


def test_places(catalogue: Catalogue) -> None:
    """4.25 % of 1,000 is 42.5, 12.5 more than 30: 13 whole places."""
    text = said(catalogue, "ile")
    assert "4,25 × 1000 / 100 = 42,5 miejsca" in text.replace("\u00a0", "").replace("1 000", "1000")
    assert "o 13 więcej" in text

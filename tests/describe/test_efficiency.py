"""The worked example of the efficiency frontier: numbers by hand, and the text that shows them."""

import pytest

from smup.catalogue import Catalogue
from smup.describe import Speaker, method_page
from smup.describe.efficiency import frontier_numbers
from smup.documents import Section
from smup.documents.blocks import lines_of, plain


def test_the_example_is_that_of_the_textbook() -> None:
    """C (3 people, sales 2) lies halfway between A (2, 1) and B (3, 3) in sales, so the mix employs
    2.5: 2.5 / 3. B sells 1 per head, C 2/3."""
    found = frontier_numbers("pl")
    assert (found["frontier_first"], found["frontier_second"]) == ("A", "B")
    assert found["frontier_needed"] == "2,5"
    assert found["frontier_score"] == "83"
    assert found["frontier_constant"] == "67"
    assert found["frontier_scale"] == "80"


@pytest.mark.parametrize(("lang", "needed"), [("pl", "zatrudniając 2,5"), ("en", "employing 2.5")])
def test_the_page_shows_it(catalogue: Catalogue, lang: str, needed: str) -> None:
    blocks = method_page(Speaker(catalogue, "pl" if lang == "pl" else "en")).blocks
    sections = {one.id: one for one in blocks if isinstance(one, Section)}
    text = "\n".join(plain(line) for line in lines_of(sections["granica-efektywnosci"].blocks))
    assert needed in text
    assert "83%" in text
    assert "{" not in text
    assert "grupy-stale" in sections

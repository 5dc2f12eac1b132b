"""How the figures are made: every status and mark explained, numbers from the code."""

import pytest

from smup.catalogue import Catalogue
from smup.compare.kernels import ENOUGH_PERCENT, FEWEST
from smup.describe import Speaker, glossary_page, method_page
from smup.describe.method import gap_anchor
from smup.documents import Section
from smup.documents.blocks import lines_of, plain
from smup.language import Lang, sort_key
from smup.panel import Flag, Status
from smup.panel.panel import FIRST_GAP
from smup.present.values import flag_words, reason


def sections(blocks: tuple[object, ...]) -> dict[str, Section]:
    found = {}
    for block in blocks:
        if isinstance(block, Section):
            found |= {block.id: block, **sections(block.blocks)}
    return found


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_reason_of_a_gap_has_its_place(catalogue: Catalogue, lang: Lang) -> None:
    found = sections(method_page(Speaker(catalogue, lang)).blocks)
    for status in (s for s in Status if s >= FIRST_GAP):
        shown = found[gap_anchor(status)]
        assert shown.title.casefold() == reason(status, lang).casefold()
        assert lines_of(shown.blocks)
    order = [name for name in found if name.startswith("brak-")]
    assert order == [gap_anchor(s) for s in sorted(Status) if s >= FIRST_GAP]


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_mark_is_explained(catalogue: Catalogue, lang: Lang) -> None:
    shown = sections(method_page(Speaker(catalogue, lang)).blocks)["oznaczenia"]
    names = {plain(line).casefold() for line in lines_of(shown.blocks)}
    for flag in (f for f in Flag if f is not Flag.NONE):
        assert flag_words(int(flag), lang)[0].casefold() in names


def test_numbers_come_from_the_code(catalogue: Catalogue) -> None:
    shown = sections(method_page(Speaker(catalogue)).blocks)["porownania"]
    text = "\n".join(plain(line) for line in lines_of(shown.blocks))
    assert f"mniej niż {ENOUGH_PERCENT}%" in text
    assert f"mniej niż {FEWEST} jednostek" in text
    for group in catalogue.groups_of().values():
        assert group.name.pl in text


def test_the_glossary_is_in_the_order_of_the_alphabet(catalogue: Catalogue) -> None:
    (facts,) = glossary_page(Speaker(catalogue, "pl")).blocks
    terms = [plain(name) for name, _ in facts.rows]
    assert terms == sorted(terms, key=sort_key)
    on_screen = {
        "kompletność danych",
        "jednostki podobne",
        "grupa porównawcza",
        "jednostki sąsiednie",
        "wydanie danych",
        "metryczka",
        "etap rekrutacji",
        "efektywność kosztowa",
    }
    assert on_screen <= set(terms)

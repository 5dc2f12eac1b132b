"""Blocks as HTML: well formed, escaped, ids that can be told apart."""

from xml.etree import ElementTree as ET

from smup.documents.html import html
from tests.documents.making import BLOCKS, address


def tree(prefix: str = "") -> ET.Element:
    return ET.fromstring(f"<div>{html(BLOCKS, 2, address, prefix)}</div>")


def test_the_fragment_is_well_formed_and_says_everything() -> None:
    text = "".join(tree().itertext())
    for words in ("Zażółć gęślą jaźń <i> *x*", "Uwaga.", "jeden", "a_b", "100 * a / b", "4"):
        assert words in text


def test_sections_are_named_by_their_headings() -> None:
    (section,) = tree("x-").iter("section")
    (heading,) = section.iter("h2")
    assert section.get("aria-labelledby") == heading.get("id") == "x-czesc"
    assert heading.text == "Część & reszta"


def test_links_lists_facts_and_tables() -> None:
    found = tree()
    assert [a.get("href") for a in found.iter("a")] == ["b.html#b"]
    assert [len(one) for one in found.iter("ol")] == [2]
    assert ["".join(d.itertext()) for d in found.iter("dd")] == ["a_b", "druga", "raz"]
    assert [th.get("scope") for th in found.iter("th")] == ["col", "col", "row", "row"]
    scrolled = [d.get("aria-label") for d in found.iter("div") if d.get("class") == "scroll"]
    assert scrolled == ["Tabela", "100 × „żłobki & kluby” ÷ „dzieci”"]


def test_the_answer_and_the_warning_are_marked() -> None:
    assert [p.get("class") for p in tree().iter("p")][:2] == ["answer", "notice"]

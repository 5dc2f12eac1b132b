"""Blocks as HTML: well formed, escaped, ids that can be told apart; reports as whole files."""

import base64
import hashlib
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from smup.documents.blocks import Lang
from smup.documents.document import Numbers
from smup.documents.dossier import dossier
from smup.documents.html import html
from smup.documents.inline import inline_svg
from smup.documents.page import page
from tests.documents.making import BLOCKS, address
from tests.documents.sample import BAR, BARS, FIGURES, GAP, HOSTILE, LINE, YEARS, sample
from tests.web.test_valid_html import errors


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


def whole(content: bytes) -> ET.Element:
    """The body of a file as a tree: what it writes is well-formed XML as well."""
    text = content.decode()
    body = text[text.index("<body") : text.index("</html>")].replace(" hidden ", ' hidden="" ')
    body = re.sub(r"<input [^>]*>", lambda tag: tag[0][:-1] + "/>", body)
    return ET.fromstring(re.sub(r"<script>.*?</script>", "", body, flags=re.DOTALL))


def test_a_report_is_one_file_that_asks_for_nothing() -> None:
    text = page(sample()).decode()
    assert text.startswith('<!doctype html>\n<html lang="pl">')
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "script-src 'none'" in policy[1]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r'(?:src|href|action|srcset)="(?!#)', text)
    assert "url(" not in style[1]
    assert "<script" not in text


def test_a_report_says_everything_in_order() -> None:
    tree, document = whole(page(sample())), sample()
    assert [one.text for one in tree.iter("h1")] == [document.title_page.title]
    levels = [int(one.tag[1]) for one in tree.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    titles = [one.text for one in tree.iter("h2")]
    assert titles == ["Spis treści", *(section.title for section in document.sections)]
    linked = [one.get("href") for one in tree.iter("a")]
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in linked if one} <= set(ids)
    said = "".join(tree.itertext())
    for words in (document.title_page.mark, document.edition, document.words.terms, HOSTILE):
        assert words in said


def test_pictures_and_tables_are_numbered_and_read_out() -> None:
    tree = whole(page(sample()))
    names = ["".join(one.itertext()) for one in tree.iter("figcaption")]
    assert names == [f"Rysunek 1. {LINE.caption}", f"Rysunek 2. {BAR.caption}"]
    captions = ["".join(one.itertext()) for one in tree.iter("caption")]
    assert captions == [YEARS.caption, f"Tabela 1. {FIGURES.caption}", BARS.caption]
    svg = "{http://www.w3.org/2000/svg}"
    for drawn, picture in zip(tree.iter(f"{svg}svg"), (LINE, BAR), strict=True):
        assert drawn.get("role") == "img"
        said = {one.get("id"): one.text for one in drawn if one.get("id")}
        assert [said[name] for name in drawn.get("aria-labelledby", "").split()] == [
            picture.caption,
            picture.alt,
        ]


def test_rows_of_ours_gaps_and_places_for_words_are_told_apart() -> None:
    tree = whole(page(sample()))
    (table,) = (one for one in tree.iter("table") if "Tabela 1" in "".join(one.itertext()))
    ours = [row for row in table.iter("tr") if row.get("class") == "ours"]
    assert [row[0].text for row in ours] == ["Wydatki na ucznia (zł)"]
    gaps = [cell.text for cell in table.iter("td") if "gap" in (cell.get("class") or "")]
    assert gaps == [GAP, "tajemnica statystyczna", "–"]
    (place,) = (one for one in tree.iter("div") if "place" in (one.get("class") or "").split())
    assert "Opisz, które programy" in "".join(place.itertext())


def test_pictures_drawn_apart_do_not_share_ids() -> None:
    drawn = (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" '
        'role="img" aria-labelledby="a"><title id="a">x</title><defs><g id="b"/></defs>'
        '<use href="#b"/><rect fill="url(#b)"/><text>id="b" url(#b)</text></svg>'
    )
    made = inline_svg(drawn, "p1", 'Tytuł "A" & B', "Opis <1>")
    tree = ET.fromstring(made)
    assert [one.get("id") for one in tree.iter() if one.get("id")] == [
        "p1-title",
        "p1-words",
        "p1-a",
        "p1-b",
    ]
    assert 'href="#p1-b"' in made
    assert 'fill="url(#p1-b)"' in made
    assert '<text>id="b" url(#b)</text>' in made
    assert (tree[0].text, tree[1].text) == ('Tytuł "A" & B', "Opis <1>")
    assert tree.get("aria-labelledby") == "p1-title p1-words"


def test_a_dossier_carries_its_numbers() -> None:
    told = Numbers(FIGURES, "liczby.csv", lambda: "a;b\r\nż;1,5\r\n".encode())
    content = dossier(replace(sample(), numbers=lambda: (told,)))
    tree = whole(content)
    (link,) = (one for one in tree.iter("a") if one.get("download"))
    assert link.get("download") == "liczby.csv"
    head, _, data = (link.get("href") or "").partition(",")
    assert head == "data:text/csv;charset=utf-8;base64"
    assert base64.b64decode(data) == told.csv()
    values = [float(one.get("data-value", "")) for one in tree.iter("td") if one.get("data-value")]
    expected = [cell.value for row in FIGURES.rows for cell in row if cell.value is not None]
    assert values == expected


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_checker_finds_no_error(tmp_path: Path, lang: Lang) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    told = Numbers(FIGURES, "liczby.csv", lambda: b"a\r\n")
    document = replace(sample(lang=lang), numbers=lambda: (told,))
    files = {
        "a.html": page(document),
        "b.html": page(sample(lang=lang, contents=False, mark="")),
        "c.html": dossier(document),
    }
    for name, content in files.items():  # its grammar of CSS is too old for ours
        bare = re.sub(r"<style>.*?</style>", "", content.decode(), flags=re.DOTALL)
        (tmp_path / name).write_text(bare, encoding="utf-8")
    assert errors(java, tmp_path, {name: name for name in files}) == []

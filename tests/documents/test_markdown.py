"""Blocks as Markdown: nothing in a text is read as markup."""

from smup.documents import Link, Page, Paragraph
from smup.documents.markdown import markdown, markdown_page
from tests.documents.making import BLOCKS, address
from tests.documents.sample import BAR, SECTIONS


def test_every_block() -> None:
    assert markdown(BLOCKS, 2, address) == (
        r"> Zażółć **gęślą** jaźń \<i\> \*x\* \| \`y\`."
        "\n\n> Uwaga.\n\n## Część & reszta\n\n"
        "1. jeden\n2. [druga](b.html#b)\n\n- kropka\n\n"
        "- Nazwa:\n  - `a_b`\n  - druga\n- Inna: raz\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n"
        "100 × „żłobki & kluby” ÷ „dzieci”\n\n```\n100 * a / b\n```"
    )


def test_a_page_carries_its_anchor_and_unknown_links_are_words() -> None:
    page = Page("x:nazwa", "Tytuł", "", "Pytanie?", (Paragraph((Link("nikt", "page:c"),)),))
    assert markdown_page(page, 3, address) == ('### <a id="nazwa"></a>Tytuł\n\n*Pytanie?*\n\nnikt')


def test_a_picture_is_its_words_and_its_numbers() -> None:
    assert markdown((BAR,), 2, address) == (
        "**Powierzchnia trzech gmin**\n\n"
        "![Wykres słupkowy: Gżegżółki mają największą powierzchnię z trzech gmin.](#)\n\n"
        "Powierzchnia na mieszkańca\n\n"
        "| Gmina | Powierzchnia (m²) |\n|---|--:|\n"
        "| **Gżegżółki** | **1 234 567** |\n| Ćmielów | 910 000 |\n| Świętajno | -778 900 |\n\n"
        "Źródło: GUS."
    )


def test_gaps_are_in_italics_and_places_for_own_words_are_open_tasks() -> None:
    said = markdown(SECTIONS, 1, address)
    assert "| *brak danych – sprawozdanie jeszcze nie wpłynęło* |" in said
    assert "> [ ] Opisz, które programy gmina realizowała i z jakim skutkiem. art. 28aa" in said
    assert r"\<script\>alert(1)\</script\>" in said
    assert "Podsumuj budżet obywatelski" not in said

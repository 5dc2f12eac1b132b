"""Blocks as Markdown: nothing in a text is read as markup."""

from smup.documents import Link, Page, Paragraph
from smup.documents.markdown import markdown, markdown_page
from tests.documents.making import BLOCKS, address


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

"""A small book with one of every block."""

from smup.documents import (
    Block,
    Book,
    Code,
    Facts,
    Formula,
    Items,
    Link,
    Page,
    Paragraph,
    Part,
    Section,
    Strong,
    Table,
)

MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mn>100</mn><mo>×</mo>'
    "<mfrac><mrow><mtext>żłobki &amp; kluby</mtext></mrow><mrow><mtext>dzieci</mtext></mrow>"
    "</mfrac></math>"
)
BLOCKS: tuple[Block, ...] = (
    Paragraph(
        (
            "Zażółć ",
            Strong("gęślą"),
            " jaźń <i> *x* | `y`.",
        ),
        "answer",
    ),
    Paragraph(("Uwaga.",), "note"),
    Section(
        "czesc",
        "Część & reszta",
        (
            Items((("jeden",), (Link("druga", "page:b"),)), ordered=True),
            Items((("kropka",),)),
            Facts(((("Nazwa",), ((Code("a_b"),), ("druga",))), (("Inna",), (("raz",),)))),
            Table(("A", "B"), ((("1",), ("2",)), (("3",), ("4",))), "Tabela"),
            Formula(MATH, "100 × „żłobki & kluby” ÷ „dzieci”", "100 * a / b"),
        ),
    ),
)
BOOK = Book(
    title="Księga próbna",
    subtitle="Wszystkie klocki",
    lang="pl",
    edition="wydanie 2026-01-01-abcdef12",
    contents="Spis",
    page_word="strona",
    parts=(
        Part(
            "p",
            "Część pierwsza",
            "Wstęp.",
            (
                Page("page:a", "Strona pierwsza", "obszar", "Pytanie?", BLOCKS),
                Page("page:b", "Strona druga", "", "", (Paragraph(("Koniec.",)),)),
            ),
        ),
    ),
)


def address(name: str) -> str:
    return {"page:b": "b.html#b"}.get(name, "")

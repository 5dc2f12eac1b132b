"""Papers of one invented unit."""

from dataclasses import replace
from datetime import date

from smup.documents.blocks import plain
from smup.documents.document import Document
from smup.documents.markdown import markdown
from smup.training.papers.agreement import Party, Person, Terms
from smup.training.papers.texts import versions_of
from smup.training.rules.settings import edition_text, parse

SETTINGS = parse(edition_text("2022-2023"))
TERMS = Terms(
    number="ZMP/2022-2023/0017",
    made=date(2022, 1, 17),
    deadline=date(2022, 1, 31),
    organiser=Party("Związek Miast Polskich", ("ul. Robocza 42, 61-517 Poznań",)),
    unit=Party(
        "Gmina Gżegżółki",
        (
            "gmina wiejska, powiat ostródzki",
            "NIP 5261040828",
            "Urząd Gminy w Gżegżółkach, ul. Kwiatowa 1",
        ),
    ),
    people=(
        Person("Anna Nowak", "online, Edukacja"),
        Person("Łukasz Żółć", "stacjonarnie, Gospodarowanie nieruchomościami"),
    ),
    versions=versions_of(SETTINGS),
    settings=SETTINGS,
)

# What a name may bring: markup, code of Typst and of templates, letters from right to left, a
# name without an end.
HOSTILE = (
    '<script>alert(1)</script> #let x = 1 *a* _b_ $a^2$ {number} {{ pole }} =HYPERLINK("http://a")',
    "שם ארוך \u202eכאן",
    "Ż" * 400,
)


def of_people(*names: str) -> Terms:
    return replace(TERMS, people=tuple(Person(name, "online, Edukacja") for name in names))


def as_text(document: Document) -> str:
    """All words of a document, for people to review."""
    page = document.title_page
    facts = [f"- {plain(name)}: {'; '.join(map(plain, lines))}" for name, lines in page.facts]
    head = [f"# {page.title}", page.subtitle, page.mark, page.office, "\n".join(facts)]
    body = markdown(document.sections, 2, lambda _: "")
    return "\n\n".join([*head, body, f"---\n{document.edition}"]) + "\n"

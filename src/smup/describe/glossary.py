"""The words used on pages and in files, in the order of the alphabet of the language."""

from smup.describe.speaker import Speaker
from smup.documents import Fact, Facts, Page, Strong, Table, line
from smup.language import sort_key

ID = "glossary"


def glossary_page(speaker: Speaker) -> Page:
    """Every term with what it means and how it is called in the other language."""
    rows: list[Fact] = []
    terms = speaker.catalogue.glossary.values()
    for term in sorted(terms, key=lambda term: sort_key(speaker.text(term.name))):
        other = term.name.en if speaker.lang == "pl" else term.name.pl
        meaning = line(speaker.text(term.meaning), f" ({other})")
        rows.append((line(Strong(speaker.text(term.name))), (meaning,)))
    return Page(
        ID, speaker.say("glossary"), "", speaker.say("glossary_lead"), (Facts(tuple(rows)),)
    )


def glossary_table(speaker: Speaker) -> Table:
    """The same for people who read the code: English, Polish, meaning, in the order of the file."""
    rows = tuple(
        ((term.name.en,), (term.name.pl,), (term.meaning.en,))
        for term in speaker.catalogue.glossary.values()
    )
    return Table(("English", "Polish", "Meaning"), rows, "Glossary")

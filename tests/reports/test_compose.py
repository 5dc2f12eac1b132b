"""Putting a report together: what was asked for, in its order, or a sentence that says why not."""

from collections.abc import Iterator

import pytest

from smup.documents import Items, Line, Paragraph, Section
from smup.documents.blocks import Block, Facts, plain
from smup.documents.document import Document, blocks_of, tables_of
from smup.reports.compose import CannotWrite, compose
from smup.reports.definition import Definition, definition_of
from smup.reports.kind import plan_of
from smup.store.releases import Release
from tests.reports.matters import pictures_of

VILLAGE, TOWN, MIXED, CITY, POWIAT = "020102", "020101", "020105", "0261", "0201"
GOLDEN = (VILLAGE, TOWN, MIXED, CITY, POWIAT)


def asked(kind: str = "unit", unit: str = VILLAGE, **more: object) -> Definition:
    return definition_of({"kind": kind, "units": [unit], **more})


def lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks_of(blocks):
        match block:
            case Paragraph(one):
                yield one
            case Items(several):
                yield from several
            case Facts(rows):
                yield from (value for _, values in rows for value in values)


def said(document: Document) -> str:
    return "\n".join(plain(one) for one in lines(document.sections))


def ids(document: Document) -> list[str]:
    return [section.id for section in document.sections]


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("kind", ["profile", "unit"])
@pytest.mark.parametrize("unit", GOLDEN)
def test_it_has_the_parts_of_its_plan_in_their_order(
    release: Release, unit: str, kind: str, lang: str
) -> None:
    definition = asked(kind, unit, lang=lang)
    made = compose(release, definition)
    places = [one.split(":")[0] for one in plan_of(definition.kind).sections]
    found = [one.partition("-")[0] if one.startswith("area-") else one for one in ids(made)]
    assert list(dict.fromkeys(found)) == [one for one in places if one in found]
    assert {"known", "portrait", "sources"} <= set(found)
    assert made.lang == lang
    assert made.contents == (kind == "unit")


@pytest.mark.parametrize("unit", GOLDEN)
def test_every_anchor_is_unique(release: Release, unit: str) -> None:
    made = compose(release, asked(unit=unit))
    found = [one.id for one in blocks_of(made.sections) if isinstance(one, Section)]
    assert len(found) == len(set(found))


def test_it_is_the_same_every_time(release: Release) -> None:
    assert compose(release, asked()).sections == compose(release, asked()).sections


def test_sections_come_in_the_order_asked_for(release: Release) -> None:
    made = compose(release, asked(sections=["sources", "area:kontekst", "known"]))
    assert ids(made) == ["sources", "area-kontekst", "known"]


def test_an_area_without_a_value_is_told_as_empty(release: Release) -> None:
    made = compose(release, asked(sections=["area:drogownictwo-i-transport"]))
    assert ids(made) == ["area-drogownictwo-i-transport"]
    assert "nie ma żadnej wartości" in said(made)


def test_a_comment_ends_its_section(release: Release) -> None:
    made = compose(release, asked(comments={"area:kontekst": "Nasz <b>opis</b>.\n\n- punkt"}))
    last = next(one for one in made.sections if one.id == "area-kontekst").blocks[-1]
    assert isinstance(last, Section)
    assert last.title == "Komentarz"
    assert last.blocks == (Paragraph(("Nasz <b>opis</b>.",)), Items((("punkt",),)))


def test_an_alias_leads_to_the_unit(release: Release) -> None:
    alias = release.territory.units[CITY].aliases[0]
    assert alias != CITY
    assert (
        compose(release, asked(unit=alias)).sections == compose(release, asked(unit=CITY)).sections
    )


def test_years_bound_every_figure_and_picture(release: Release) -> None:
    made = compose(release, asked(years=[2012, 2019]))
    assert "2020" not in {
        row[2].text[:4] for table in tables_of(made) for row in table.rows if len(row) > 3
    }
    drawn = [row[0].text for picture in pictures_of(made) for row in picture.data.rows]
    assert drawn
    assert all("2012" <= year <= "2019" for year in drawn)


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        (asked(unit="999999"), "nie ma jednostki o kodzie 999999"),
        (asked("service", service="nic"), "Nie ma usługi „nic”. Są:"),
        (asked("area", area="nic"), "Nie ma obszaru „nic”. Są: edukacja"),
        (asked("indicator", "02", indicator="nic"), "Nie ma wskaźnika „nic”"),
        (asked("indicator", VILLAGE, indicator="ludnosc"), "nie pisze się dla tej jednostki"),
        (asked("state", "0201G"), "nie pisze się dla tej jednostki"),
        (asked(role="powiat"), "nie występuje w roli „powiat”. Jej role: gmina."),
        (asked(years=[1900, 1910]), "nie ma lat 1900–1910; ma lata"),
        (asked(sections=["nic"]), "Nie ma tu rozdziału „nic”. Są: known, findings"),
        (asked(sections=["known:x"]), "Nie ma tu rozdziału „known:x”. Są: known."),
        (asked(sections=["area:nic"]), "Są: area:edukacja, "),
        (asked(sections=["area"]), "wymaga obszaru"),
        (asked(comments={"nic": "słowo"}), "Komentarz do rozdziału „nic” nie ma swojego miejsca"),
        (asked(texts={"nic": "słowo"}), "Tekst „nic” nie ma w tym raporcie swojego miejsca"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(
    release: Release, definition: Definition, words: str
) -> None:
    with pytest.raises(CannotWrite) as refused:
        compose(release, definition)
    assert words in str(refused.value)


def test_a_unit_named_twice_is_refused(release: Release) -> None:
    alias = release.territory.units[CITY].aliases[0]
    with pytest.raises(CannotWrite, match="wymieniona dwa razy"):
        compose(release, definition_of({"kind": "comparison", "units": [CITY, alias]}))


@pytest.mark.parametrize("unit", GOLDEN)
def test_six_slides_tell_it_in_short(release: Release, unit: str) -> None:
    made = compose(release, asked(unit=unit))
    assert len(made.slides) == 6
    assert all(slide.title and (slide.lines or slide.shown) for slide in made.slides)


def test_the_office_stands_on_the_title_page(release: Release) -> None:
    office = {"name": "Urząd Gminy Bolesławiec", "author": "Wydział Rozwoju", "session": "LX"}
    page = compose(release, asked(office=office)).title_page
    assert page.office == "Urząd Gminy Bolesławiec"
    facts = {plain(name): plain(values[0]) for name, values in page.facts}
    assert facts["Opracowanie"] == "Wydział Rozwoju"
    assert facts["Sesja rady"] == "LX"
    assert release.id in facts["Wydanie danych"]

"""The yearly papers: their figures, their deadlines and the places for the office's own words."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from smup.catalogue import Catalogue
from smup.documents import Section
from smup.documents.blocks import Block, Cell, DataTable, Facts, Items, Paragraph, lines_of, plain
from smup.documents.document import Document, blocks_of, placeholders_of, tables_of
from smup.language import Lang
from smup.reports.compose import compose
from smup.reports.definition import Definition, Kind
from smup.reports.kind import plan_of
from smup.reports.matter import CannotWrite
from smup.reports.papers import Paper, paper_of
from smup.store.releases import Release, Releases

PAPERS = (Kind.STATE, Kind.EDUCATION, Kind.SOCIAL, Kind.WASTE)
VILLAGE, MIXED, TOWN, CITY, POWIAT = "0201022", "020104", "0201011", "1465", "0201"
GMINAS = (VILLAGE, MIXED, TOWN, CITY)


@pytest.fixture(scope="module")
def release(built_home: Path) -> Release:
    return Releases(built_home).current()


def written(release: Release, kind: Kind, unit: str, lang: Lang = "pl", **more: object) -> Document:
    asked = {"kind": kind, "units": [unit], "lang": lang, **more}
    return compose(release, Definition.model_validate(asked))


def section(document: Document, ident: str) -> Section:
    return next(one for one in document.sections if one.id == ident)


def words(*blocks: Block) -> str:
    """Paragraphs, lists and facts as they are read."""
    return "\n".join(plain(one) for one in lines_of(blocks))


def paper(kind: Kind) -> Paper:
    found = paper_of(kind)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", PAPERS)
def test_figures_of_chapters_are_in_the_catalogue(kind: Kind, catalogue: Catalogue) -> None:
    whole = paper(kind)
    shown = {one.id for one in catalogue.shown}
    for name, chapter in whole.chapters.items():
        assert set(chapter.indicators) <= shown, name
        assert set(chapter.services) <= set(catalogue.services), name
        assert len(set(chapter.indicators)) == len(chapter.indicators), name
    assert set(whole.without) <= set(catalogue.indicators)


@pytest.mark.parametrize("kind", PAPERS)
def test_every_chapter_has_its_place_in_the_default_order(kind: Kind) -> None:
    named = [one.partition(":")[2] for one in plan_of(kind).sections if one.startswith("chapter:")]
    assert sorted(named) == sorted(paper(kind).chapters)


@pytest.mark.parametrize("kind", PAPERS)
def test_a_place_has_a_title_and_a_name_of_its_own(kind: Kind) -> None:
    chapters = paper(kind).chapters.values()
    places = [(name, one) for chapter in chapters for name, one in chapter.texts.items()]
    assert len({name for name, _ in places}) == len(places)
    for name, one in places:
        for title in (one.title.pl, one.title.en):
            assert 0 < len(title) < 100, name
            assert ":" not in title, name


def test_a_key_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="rozdzialy"):
        Paper.model_validate({"year": "calendar", "chapters": {}, "rozdzialy": {}})


def test_an_education_area_has_no_indicator_the_paper_forgot(catalogue: Catalogue) -> None:
    whole = paper(Kind.EDUCATION)
    told = set(whole.without)
    for chapter in whole.chapters.values():
        told.update(chapter.indicators)
        for service in chapter.services:
            told.update(one.id for one in catalogue.indicators_of(service=service))
    assert {one.id for one in catalogue.indicators_of(area="edukacja")} <= told


@pytest.mark.parametrize(
    ("kind", "unit", "said"),
    [
        (Kind.STATE, VILLAGE, ("2022 r.", "31 maja 2023 r.", "art. 28aa", "wójt")),
        (Kind.STATE, MIXED, ("2022 r.", "31 maja 2023 r.", "art. 28aa", "burmistrz")),
        (Kind.STATE, CITY, ("2022 r.", "31 maja 2023 r.", "art. 28aa", "prezydent miasta")),
        (Kind.STATE, POWIAT, ("2022 r.", "31 maja 2023 r.", "art. 30a", "zarząd powiatu")),
        (Kind.EDUCATION, POWIAT, ("roku szkolnego 2021/2022", "31 października 2022 r.")),
        (Kind.SOCIAL, TOWN, ("2022 r.", "30 kwietnia 2023 r.", "do sprawdzenia")),
        (Kind.WASTE, VILLAGE, ("2022 r.", "30 kwietnia 2023 r.", "do sprawdzenia")),
    ],
)
def test_a_paper_opens_with_its_deadline_and_provision(
    release: Release, kind: Kind, unit: str, said: tuple[str, ...]
) -> None:
    opening = written(release, kind, unit, years=[2015, 2022]).sections[0]
    for one in said:
        assert one in words(opening)


def test_the_next_deadline_is_given_after_the_first_has_passed(release: Release) -> None:
    opening = words(written(release, Kind.STATE, TOWN, years=[2015, 2020]).sections[0])
    assert "31 maja 2021 r." in opening
    assert "Termin następnego dokumentu (2021): 31 maja 2022 r." in opening


@pytest.mark.parametrize("kind", [Kind.EDUCATION, Kind.SOCIAL, Kind.WASTE])
@pytest.mark.parametrize(("lang", "unsure"), [("pl", "trzeba je sprawdzić"), ("en", "be checked")])
def test_provisions_nobody_looked_up_are_said_to_be_unsure(
    release: Release, kind: Kind, lang: Lang, unsure: str
) -> None:
    document = written(release, kind, TOWN, lang)
    assert unsure in words(document.sections[0])
    assert all(
        "spraw" in one.basis or "checked" in one.basis for one in placeholders_of(document.sections)
    )


@pytest.mark.parametrize(
    ("unit", "head"),
    [(VILLAGE, "wójta"), (MIXED, "burmistrza"), (CITY, "prezydenta miasta"), (POWIAT, "starosty")],
)
def test_the_foreword_is_of_who_heads_the_unit(release: Release, unit: str, head: str) -> None:
    places = {
        one.id: one.prompt for one in placeholders_of(written(release, Kind.STATE, unit).sections)
    }
    assert places["foreword"].startswith(f"Wstęp {head}:")
    assert "{" not in "".join(places.values())


def test_several_places_of_a_chapter_stand_under_their_titles(release: Release) -> None:
    document = written(release, Kind.EDUCATION, TOWN, years=[2015, 2022])
    own = [one for one in section(document, "chapter-own").blocks if isinstance(one, Section)]
    assert [one.title for one in own] == [
        "Sieć szkół i placówek w roku szkolnym 2021/2022", "Kadra", "Baza"
    ]  # fmt: skip
    (place,) = placeholders_of(own[1].blocks)
    assert place.prompt.startswith("Kadra: zatrudnienie, ")
    (only,) = placeholders_of(section(document, "chapter-supervision").blocks)
    assert only in section(document, "chapter-supervision").blocks
    missing = words(section(document, "to-complete")).splitlines()
    assert "Informacje własne: Kadra" in missing
    assert "Nadzór pedagogiczny" in missing


def test_climate_binds_gminas_and_is_unsure(release: Release) -> None:
    places = {one.id: one for one in placeholders_of(written(release, Kind.STATE, CITY).sections)}
    assert "28aa ust. 3a" in places["climate"].basis
    assert "sprawdzić" in places["climate"].basis
    of_powiat = placeholders_of(written(release, Kind.STATE, POWIAT).sections)
    assert "climate" not in {one.id for one in of_powiat}


def test_what_the_office_wrote_stands_in_its_place(release: Release) -> None:
    typed = "Uchwalono <b>5</b> uchwał:\n- jedną\n- drugą"
    document = written(release, Kind.STATE, TOWN, texts={"resolutions": typed})
    place = next(one for one in placeholders_of(document.sections) if one.id == "resolutions")
    assert place.own == (
        Paragraph(("Uchwalono <b>5</b> uchwał:",)),
        Items((("jedną",), ("drugą",))),
    )
    missing = words(section(document, "to-complete"))
    assert "Realizacja uchwał rady" not in missing
    assert "Budżet obywatelski" in missing


def test_unwritten_places_are_counted_and_listed(release: Release) -> None:
    document = written(release, Kind.SOCIAL, TOWN)
    lead, listed = section(document, "to-complete").blocks
    assert isinstance(listed, Items)
    assert len(listed.lines) == len(placeholders_of(document.sections)) == 4
    assert words(lead) == "4 miejsca czekają na tekst urzędu:"


def test_a_paper_with_all_places_written_says_so(release: Release) -> None:
    names = [one.id for one in placeholders_of(written(release, Kind.SOCIAL, TOWN).sections)]
    document = written(release, Kind.SOCIAL, TOWN, texts=dict.fromkeys(names, "Napisano."))
    assert "wypełnione" in words(section(document, "to-complete"))


def test_a_text_for_a_place_the_paper_does_not_have_is_refused(release: Release) -> None:
    with pytest.raises(CannotWrite, match="climate"):
        written(release, Kind.STATE, POWIAT, texts={"climate": "x"})


def test_the_council_sets_the_order(release: Release) -> None:
    asked = ["chapter:resolutions", "area:finanse-jst", "chapter:foreword", "to-complete"]
    document = written(release, Kind.STATE, TOWN, sections=asked)
    assert [one.id for one in document.sections] == [one.replace(":", "-") for one in asked]
    listed = words(section(document, "to-complete"))
    assert listed.splitlines()[1:] == ["Realizacja uchwał rady", "Wstęp"]


def test_a_named_area_without_figures_says_so(release: Release) -> None:
    name = "geodezja-i-kartografia"
    assert not any(release.years_of(one.id) for one in release.catalogue.indicators_of(area=name))
    document = written(release, Kind.STATE, POWIAT)
    assert "nie ma żadnej wartości" in words(section(document, f"area-{name}"))
    of_gmina = written(release, Kind.STATE, VILLAGE)
    assert f"area-{name}" not in {one.id for one in of_gmina.sections}


@pytest.mark.parametrize(
    ("kind", "unit"), [(Kind.WASTE, POWIAT), (Kind.STATE, "14"), (Kind.SOCIAL, "PL")]
)
def test_a_paper_nobody_owes_is_not_written(release: Release, kind: Kind, unit: str) -> None:
    with pytest.raises((CannotWrite, ValidationError)):
        written(release, kind, unit)


def test_chapters_belong_to_papers(release: Release) -> None:
    for asked in ("chapter", "chapter:nieznany", "chapter:preschool"):
        with pytest.raises(CannotWrite):
            written(release, Kind.STATE, TOWN, sections=[asked])
    for asked in ("duty", "chapter:foreword", "to-complete", "school-year"):
        with pytest.raises(CannotWrite):
            written(release, Kind.UNIT, TOWN, sections=[asked])


def test_school_years_of_counts_and_examinations(release: Release) -> None:
    """Examinations of May 2025 belong to 2024/2025; the value is that of the release."""
    document = written(release, Kind.EDUCATION, CITY, years=[2015, 2025])
    row = _row(section(document, "chapter-eighth-grade"), "Egzamin ósmoklasisty – matematyka")
    panel = release.indicators
    at = panel.item_index["egzamin-osmoklasisty-matematyka"], panel.year_index[2025]
    assert row[2].text.startswith("2024/2025")
    assert row[1].value == panel.values[at][panel.unit_index[CITY]]


def test_the_population_is_that_of_the_published_table(release: Release) -> None:
    """Table IV of Statistics Poland for 31 December 2024: Bolesławiec (town), 36 795."""
    for kind, name in ((Kind.STATE, "people"), (Kind.SOCIAL, "situation"),
                       (Kind.WASTE, "inhabitants")):  # fmt: skip
        row = _row(section(written(release, kind, TOWN), f"chapter-{name}"), "Ludność [os.]")
        assert row[1].text.replace("\N{NO-BREAK SPACE}", " ") == "36 795"
        assert row[2].text.startswith("2024")


def test_nothing_later_than_the_school_year_is_told(release: Release) -> None:
    document = written(release, Kind.EDUCATION, CITY, years=[2015, 2023])
    told = [cell.text for table in tables_of(document) for row in table.rows for cell in row]
    years = [int(year) for text in told for year in re.findall(r"\b20[0-3]\d\b(?!\d)", text)]
    assert years
    assert max(years) <= 2023


def test_marks_and_sources_are_of_the_school_year_too(release: Release) -> None:
    """Warsaw has examinations of 2025 alone, which break the series: a paper that ends earlier
    names neither the break nor who published them."""
    before, after = (
        written(release, Kind.EDUCATION, CITY, years=[2015, last]) for last in (2024, 2025)
    )
    for part, told in (
        ("limitations", "przerwa w porównywalności"),
        ("sources", "Okręgowa Komisja Egzaminacyjna w Warszawie"),
    ):
        assert told not in words(section(before, part))
        assert told in words(section(after, part))


def _row(of: Section, name: str) -> tuple[Cell, ...]:
    rows = (row for one in blocks_of(of.blocks) if isinstance(one, DataTable) for row in one.rows)
    return next(row for row in rows if name in row[0].text)


@pytest.mark.parametrize("kind", PAPERS)
def test_what_nobody_has_is_listed_once_under_its_supplier(release: Release, kind: Kind) -> None:
    document = written(release, kind, VILLAGE)
    listed = section(document, "awaited")
    items = (one for one in blocks_of(listed.blocks) if isinstance(one, Items))
    names = [name for one in items for line in one.lines
             for name in plain(line).partition(": ")[2].removesuffix(".").split("; ")]  # fmt: skip
    waiting = {one.name.pl for one in release.catalogue.shown if not release.years_of(one.id)}
    assert names
    assert len(names) == len(set(names))
    assert set(names) <= waiting


def test_the_debate_is_described_only_when_asked_for(release: Release) -> None:
    assert "debate" not in plan_of(Kind.STATE).sections
    gmina = words(*written(release, Kind.STATE, TOWN, sections=["debate"]).sections)
    powiat = words(*written(release, Kind.STATE, POWIAT, sections=["debate"]).sections)
    assert "co najmniej 20 podpisami" in gmina
    assert "co najmniej 150 podpisami" in powiat
    assert "30 czerwca" in gmina
    with pytest.raises(CannotWrite, match="debate"):
        written(release, Kind.SOCIAL, TOWN, sections=["debate"])


@pytest.mark.parametrize("kind", PAPERS)
def test_both_languages_say_the_same_parts(release: Release, kind: Kind) -> None:
    polish, english = (written(release, kind, MIXED, lang) for lang in ("pl", "en"))
    shapes = [
        [(type(one).__name__, getattr(one, "id", "")) for one in blocks_of(document.sections)]
        for document in (polish, english)
    ]
    assert shapes[0] == shapes[1]
    assert not re.search(r"[ąćęłńóśźż]", words(english.sections[0]).lower().replace("wójt", ""))


@pytest.mark.parametrize("unit", GMINAS)
def test_every_paper_can_be_written_for_every_kind_of_gmina(release: Release, unit: str) -> None:
    for kind in PAPERS:
        document = written(release, kind, unit)
        assert placeholders_of(document.sections)
        assert len(
            {one.id for one in blocks_of(document.sections) if isinstance(one, Section)}
        ) == len([one for one in blocks_of(document.sections) if isinstance(one, Section)])
        assert any(isinstance(one, Facts) for one in document.sections[0].blocks)

"""What the assistant understands of small tables, and what it asks instead of guessing."""

from datetime import date
from pathlib import PurePath

import pytest

from smup.catalogue import Source
from smup.ingest.guess import understand
from smup.ingest.importing import described, read_mapping
from smup.ingest.keys import Units
from smup.ingest.table import SourceError, read_table
from smup.territory.load import load_parts
from tests.ingest.test_table import workbook

TODAY = date(2026, 11, 23)
PLAIN = {"publisher": "GUS", "licence": "brak"}
ROWS = ["020101", "020102", "020103", "020104", "020105", "020106"]


@pytest.fixture(scope="module")
def units(territory, root):
    return Units(territory, load_parts(root / "territory"))


@pytest.fixture
def ask(catalogue, units):
    def one(content, name="proba_2024.csv", **answers):
        raw = content if isinstance(content, bytes) else content.encode()
        return understand(PurePath(name), raw, catalogue, units, TODAY, {**PLAIN, **answers})

    return one


def open_ids(found):
    return [question.id for question in found.questions]


def table(header, value="5", key=ROWS):
    return header + "\n" + "".join(f"{code};{value}\n" for code in key)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
def test_the_encoding_is_the_one_in_which_it_reads_as_polish(ask, encoding):
    text = "kod;gmina;Ludność\n020101;Dąbrowa;5\n020102;Święta Źródła;7\n"
    found = ask(text.encode(encoding), year="2024")
    assert found.mapping.encoding == encoding.removesuffix("-sig")
    assert read_table(found.mapping, text.encode(encoding)).headers[2] == "Ludność"
    assert found.mapping.columns[0].variable == "ludnosc"


@pytest.mark.parametrize(
    ("separator", "value", "decimal"),
    [(";", "1,5", ","), (",", "1.5", "."), ("\t", "1,5", ","), ("|", "2.25", "."), (";", "7", ".")],
)
def test_separator_and_decimal_mark(ask, separator, value, decimal):
    text = table("kod;Ludność", "@").replace(";", separator).replace("@", value)
    found = ask(text, year="2024")
    assert (found.mapping.separator, found.mapping.decimal) == (separator, decimal)


def test_a_number_that_may_be_two_is_asked_and_never_proposed(ask):
    found = ask(table("kod;Ludność", "31,388"), year="2024")
    (question,) = found.questions
    assert (question.id, question.proposal, found.mapping) == ("numbers", None, None)
    assert set(question.options) == {"31388", "31.388"}
    answered = ask(table("kod;Ludność", "31,388"), year="2024", numbers="31388")
    assert answered.mapping.thousands == ","


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_thousands_by_any_space(ask, space):
    found = ask(table("kod;Ludność", f"1{space}234{space}567,5"), year="2024")
    assert (found.mapping.thousands, found.mapping.decimal) == (" ", ",")


# Codes of one gmina in every way in which they are written; the last digit is the kind.
@pytest.mark.parametrize(
    ("header", "key", "scheme"),
    [
        ("TERYT", ["0201011", "0201022", "0201032"], "teryt7"),
        ("TERYT", ["201011", "201022", "201032"], "teryt7"),
        ("kod", ["020101", "020102", "020103"], "teryt6"),
        ("kod", ["20101", "20102", "20103"], "teryt6"),
        ("kod", ["0201", "0202", "0203"], "teryt4"),
        ("Code", ["030210101011", "030210101022", "030210101032"], "bdl12"),
        ("Code", ["30210101011", "30210101022", "30210101032"], "bdl12"),
        ("kod", ["00", "02", "0201", "02 01 01 1"], "teryt"),
        ("WK;PK;GK", ["2;1;1", "2;1;2", "2;1;3"], "teryt6"),
        ("WK;PK;GK;GT", ["02;01;01;1", "02;01;02;2", "02;65;00;2"], None),
    ],
)
def test_keys_of_every_kind(ask, units, header, key, scheme):
    found = ask(table(f"{header};Ludność", "5000", key), year="2024")
    assert found.questions == ()
    unit = found.mapping.unit
    assert scheme is None or unit.code == scheme
    assert len(unit.columns) == header.count(";") + 1


def test_a_city_in_a_budget_report_has_no_number_of_a_gmina(ask):
    found = ask(table("WK;PK;GK;GT;Ludność", "5", ["02;01;01;1", "02;64;00;2"]), year="2024")
    assert [row[0] for row in found.shown[1:]] == ["020101", "0264"]


def test_titles_numbering_and_a_header_of_two_rows(ask):
    rows = [
        ["TABL. 1. LUDNOŚĆ W 2023 R.", "", ""],
        ["", "", ""],
        ["Kod", "Urodzenia", ""],
        ["", "żywe", "martwe"],
        ["1", "2", "3"],
        *[[code, 5, 1] for code in ROWS],
    ]
    found = ask(workbook(rows, merge=[(2, 2, 1, 2, "Urodzenia")]), "proba.xlsx", year="2023")
    assert found.mapping.header_rows == (3, 4)
    assert found.mapping.first_row == 6
    assert [c.variable for c in found.mapping.columns] == ["urodzenia_zywe", "urodzenia_martwe"]
    (asked,) = [q for q in ask(workbook(rows), "proba.xlsx").questions if q.id == "year"]
    assert asked.proposal == "2023"


def test_years_in_headers_and_in_rows(ask):
    header = ask(table("kod;Ludność 2021;Ludność 2022", "5;6"))
    (column,) = header.mapping.columns
    assert (column.header, column.variable) == ("Ludność {year}", "ludnosc")
    rows = ask(table("kod;rok;Ludność", "2021;6"))
    assert rows.mapping.year.header == "rok"


def test_a_year_nobody_tells_is_asked_without_a_proposal(ask):
    found = ask(table("kod;Ludność"), "proba.csv")
    assert [(q.id, q.proposal) for q in found.questions] == [("year", None)]
    assert open_ids(ask(table("kod;Ludność"), "proba.csv", year="latem")) == ["year"]
    assert ask(table("kod;Ludność"), "proba.csv", year="2021").mapping.year == 2021


def test_a_sign_is_asked_and_the_proposal_is_never_zero(ask):
    text = "kod;Ludność\n020101;5\n020102;-\n020103;b.d.\n"
    (question,) = ask(text, year="2024").questions
    assert (question.id, question.proposal) == ("sign:-", "missing")
    signs = ask(text, year="2024", **{"sign:-": "zero"}).mapping.signs
    assert {text: status.name for text, status in signs.items()} == {
        "-": "ZERO",
        "b.d.": "MISSING",
    }


def test_one_variable_for_two_columns_is_asked(ask):
    found = ask(table("kod;Ludność;Population", "5;6"), year="2024")
    assert [q.proposal for q in found.questions] == [None, None]
    assert all("ludnosc" in q.options for q in found.questions)


def test_another_measure_or_a_longer_name_is_another_variable(ask):
    header = (
        "kod;Ludność (w tys.);Ludność (kobiety);Ludność w wieku 0-2;Powierzchnia w hektarach [km2]"
    )
    found = ask(table(header, "5;6;7;8"), year="2024")
    assert found.questions == ()
    assert {c.variable for c in found.mapping.columns} == found.proposed
    assert not found.proposed & {"ludnosc", "powierzchnia_ha"}


def test_a_likeness_is_asked_and_the_proposal_is_a_new_variable(ask, catalogue):
    (question,) = ask(table("kod;Ludności"), year="2024").questions
    assert "ludnosc" in question.options
    assert question.proposal not in catalogue.variables
    answered = ask(table("kod;Ludności"), year="2024", **{question.id: "ludnosc"})
    assert answered.mapping.columns[0].variable == "ludnosc"
    assert not answered.proposed


def test_names_are_resolved_with_what_stands_beside_them_and_asked_otherwise(ask):
    text = (
        "Województwo;Powiat;Gmina;Ludność\n"
        "dolnośląskie;bolesławiecki;Bolesławiec;1\n"
        "dolnośląskie;bolesławiecki;Gromadka;2\n"
        "dolnośląskie;bolesławiecki;Nowogrodziec;3\n"
        "łódzkie;wieruszowski;Bolesławiec;4\n"
        "łódzkie;bełchatowski;gm. Kleszczów;5\n"
        "mazowieckie;;m. st. Warszawa;6\n"
    )
    found = ask(text, year="2024")
    (question,) = found.questions
    assert question.id == "name:Bolesławiec, bolesławiecki, dolnośląskie"
    assert set(question.options) == {"020101", "020102", "pomiń"}
    assert question.proposal is None
    answered = ask(text, year="2024", **{question.id: "020102"})
    assert [row[0] for row in answered.shown[1:]] == [
        "020102", "020103", "020104", "101801", "100104", "1465",
    ]  # fmt: skip


def test_parts_beside_a_whole_that_they_do_not_make_up_are_asked(ask):
    """As in the table of the fire service: 146501 is what was not told by district."""
    text = table("kod;Ludność", "10", ["146501", "146502", "146503", "020101"])
    (question,) = ask(text, year="2024").questions
    assert (question.id, question.proposal) == ("parts", "nie brać takich jednostek")
    seven = table("kod;Ludność", "10", ["0201043", "0201044", "0201045"])
    assert ask(seven, year="2024").mapping.parts == "ignore"


def test_a_long_table(ask):
    text = "zmienna;jednostka;rok;wartość\n" + "".join(f"ludnosc;{c};2024;5\n" for c in ROWS)
    found = ask(text)
    assert found.mapping.layout == "long"
    assert found.mapping.value.header == "wartość"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("kod;nazwa\nabc;x\ndef;y\n", "nie jest kodem"),
        ("kod;nazwa\n020101;x\n020102;y\n", "nie ma liczb"),
        ("jedna kolumna\n020101\n", "separatorem"),
        ("", "pusty"),
    ],
)
def test_a_table_that_says_nothing_is_refused(ask, content, part):
    with pytest.raises(SourceError, match=part):
        ask(content)


def test_the_mapping_that_is_written_reads_back_the_same(ask, tmp_path, catalogue):
    found = ask(table("kod;Ludność;Nowa rzecz", "5;1,5"), year="2024", **{"sign:-": "zero"})
    path = tmp_path / f"{found.id}.yaml"
    path.write_text(found.yaml(), encoding="utf-8")
    same = described(Source.model_validate({**found.source, "id": found.id}), found.id)
    assert read_mapping(path) == same
    assert same.mapping == found.mapping
    assert found.proposed == {"nowa_rzecz"}
    assert found.id not in catalogue.sources


def test_the_rows_shown_are_placed(ask):
    found = ask(table("kod;Ludność"), year="2024")
    assert found.shown[0] == ("", "kod", "Ludność")
    assert found.shown[1] == ("020101", "020101", "5")

"""Dirty made-up files: what lands, and a finding with its row for all that does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.panel import Status
from smup.quality import CODES
from tests.ingest.small import land_file, said, values

HEAD = "kod,rok,liczba\n"
NAMED = {"unit": {"columns": [{"header": "kod"}], "code": "teryt6", "name": {"header": "nazwa"}}}


def test_clean_rows_land_and_nothing_is_said():
    landed, findings = land_file(HEAD + "020101,2024,5\n20102,2023,0\n")
    assert landed == {("liczba", "020101", 2024): 5.0, ("liczba", "020102", 2023): 0.0}
    assert findings == []


def test_a_key_given_twice_lands_in_neither_row():
    landed, findings = land_file(HEAD + "020101,2024,5\n020102,2024,6\n20101,2024,5\n")
    assert values(landed) == {"020102": 6.0}
    assert said(findings) == {("zdublowany-klucz", 2), ("zdublowany-klucz", 4)}
    assert {f.unit for f in findings} == {"020101"}


def test_the_same_unit_in_two_years_is_no_duplicate():
    landed, findings = land_file(HEAD + "020101,2024,5\n020101,2023,6\n")
    assert len(landed) == 2
    assert findings == []


def test_a_value_of_a_unit_that_is_gone_or_not_yet_there_does_not_land():
    rows = "020104,2021,1\n020104,2022,2\n040104,2022,3\n040104,2023,4\n"
    landed, findings = land_file(HEAD + rows)
    assert landed == {("liczba", "020104", 2021): 1.0, ("liczba", "040104", 2023): 4.0}
    assert said(findings) == {("zniesiona-jednostka", 3), ("przyszla-jednostka", 4)}


def test_an_abolished_unit_given_twice_is_said_to_be_both():
    _, findings = land_file(HEAD + "020104,2024,0\n020104,2024,0\n020101,2024,1\n")
    assert said(findings) == {
        (code, row) for code in ("zdublowany-klucz", "zniesiona-jednostka") for row in (2, 3)
    }


def test_the_town_and_the_rural_part_do_not_count_beside_the_gmina():
    rows = "0401013,2024,10\n0401014,2024,7\n0401015,2024,3\n"
    key = {"columns": [{"header": "kod"}], "code": "teryt7"}
    landed, findings = land_file(HEAD + rows, unit=key, parts="ignore")
    assert values(landed) == {"040101": 10.0}
    assert said(findings) == {("czesc-gminy", 3), ("czesc-gminy", 4)}


CITY_AND_DISTRICTS = HEAD + "046101,2024,1\n046102,2024,20\n046103,2024,300\n"
DISTRICTS = HEAD + "046102,2024,20\n046103,2024,300\n020101,2024,5\n"


def test_a_city_beside_its_districts_is_refused_until_one_is_chosen():
    for rule in ("refuse", "sum"):
        landed, findings = land_file(CITY_AND_DISTRICTS, parts=rule)
        assert landed == {}
        assert said(findings) == {("miasto-i-czesci", row) for row in (2, 3, 4)}
        assert {f.severity for f in findings} == {"error"}


@pytest.mark.parametrize(("rule", "value"), [("ignore", 1.0), ("sum_with_whole", 321.0)])
def test_the_mapping_chooses_between_a_city_and_its_districts(rule, value):
    landed, _ = land_file(CITY_AND_DISTRICTS, parts=rule)
    assert values(landed) == {"0461": value}


def test_districts_alone_are_summed_only_when_the_mapping_says_so():
    landed, findings = land_file(DISTRICTS, parts="sum")
    assert values(landed) == {"0461": 320.0, "020101": 5.0}
    assert findings == []
    landed, findings = land_file(DISTRICTS)
    assert values(landed) == {"020101": 5.0}
    assert said(findings) == {("tylko-czesci", 2), ("tylko-czesci", 3)}


def test_a_sum_with_a_missing_part_is_a_gap_with_a_reason():
    rows = HEAD + "046102,2024,20\n046103,2024,\n"
    landed, findings = land_file(rows, parts="sum", blank="confidential")
    assert values(landed) == {"0461": Status.CONFIDENTIAL}
    assert said(findings) == {("niepelne-czesci", 3)}


def test_a_district_given_twice_spoils_the_city():
    rows = HEAD + "046102,2024,20\n046102,2024,21\n046103,2024,300\n"
    landed, findings = land_file(rows, parts="sum")
    assert landed == {}
    assert said(findings) == {
        ("zdublowany-klucz", 2),
        ("zdublowany-klucz", 3),
        ("niepelne-czesci", 4),
    }


def test_a_city_as_gmina_and_as_powiat_lands_once_if_the_rows_agree():
    key = {"columns": [{"header": "kod"}], "code": "teryt"}
    landed, findings = land_file(HEAD + "0461,2024,9\n04 61 01 1,2024,9\n", unit=key)
    assert values(landed) == {"0461": 9.0}
    assert said(findings) == {("powtorzony-wiersz", 3)}
    landed, findings = land_file(HEAD + "0461,2024,9\n04 61 01 1,2024,8\n", unit=key)
    assert landed == {}
    assert said(findings) == {("sprzeczne-wiersze", 2), ("sprzeczne-wiersze", 3)}


def test_a_row_put_to_another_unit_is_added_to_it_and_said():
    counted = {"counted_in": {"040104": "040101"}}
    landed, findings = land_file(HEAD + "040101,2022,7\n040104,2022,3\n", **counted)
    assert values(landed) == {"040101": 10.0}
    assert said(findings) == {("doliczony-wiersz", 3)}
    landed, findings = land_file(HEAD + "040104,2022,3\n040102,2022,1\n", **counted)
    assert values(landed) == {"040102": 1.0}
    assert ("niepelne-czesci", 2) in said(findings)


def test_an_empty_last_year_is_no_year_of_gaps():
    rows = "020101,2023,5\n020102,2023,-\n020101,2024,-\n020102,2024,-\n"
    landed, findings = land_file(HEAD + rows, signs={"-": "not_collected"})
    assert landed == {
        ("liczba", "020101", 2023): 5.0,
        ("liczba", "020102", 2023): Status.NOT_COLLECTED,
    }
    assert said(findings) == {("pusty-rok", 4), ("pusty-rok", 5)}


def test_an_unreadable_number_is_a_finding_with_its_column():
    landed, findings = land_file(HEAD + "020101,2024,12 zł\n020102,2024,1\n")
    assert values(landed) == {"020102": 1.0}
    (one,) = findings
    assert (one.code, one.row, one.unit, one.year) == ("nieczytelna-liczba", 2, "020101", 2024)
    assert "kolumna C" in one.message
    assert "12 zł" in one.message


def test_an_unreadable_year_is_a_finding():
    landed, findings = land_file(HEAD + "020101,rok 2024,1\n020102,2024,1\n")
    assert values(landed) == {"020102": 1.0}
    assert said(findings) == {("nieczytelny-rok", 2)}


def test_a_zero_that_can_only_be_a_gap_is_a_gap():
    column = [{"header": "liczba", "variable": "liczba", "zero": "missing"}]
    landed, findings = land_file(HEAD + "020101,2024,0\n020102,2024,1\n", columns=column)
    assert values(landed) == {"020101": Status.MISSING, "020102": 1.0}
    assert said(findings) == {("zero-zamiast-braku", 2)}


def test_an_impossible_value_does_not_land():
    column = [{"header": "liczba", "variable": "liczba", "at_least": 0, "at_most": 100}]
    rows = "020101,2024,-1\n020102,2024,101\n020103,2024,100\n"
    landed, findings = land_file(HEAD + rows, columns=column)
    assert values(landed) == {"020103": 100.0}
    assert said(findings) == {("poza-zakresem", 2), ("poza-zakresem", 3)}


def test_a_shifted_row_does_not_land():
    landed, findings = land_file(HEAD + "020101,2024\n020102,2024,1,2\n020103,2024,3\n")
    assert values(landed) == {"020103": 3.0}
    assert said(findings) == {("zly-uklad-wiersza", 2), ("zly-uklad-wiersza", 3)}


def test_rows_abroad_are_expected_only_where_the_mapping_says_so():
    text = "kod,nazwa,rok,liczba\n,Albania,2024,5\n149901,statki,2024,1\n020101,Brzeg,2024,2\n"
    landed, findings = land_file(text, **NAMED)
    assert values(landed) == {"020101": 2.0}
    assert said(findings) == {("brak-kodu", 2), ("wiersz-spoza-podzialu", 3)}
    _, findings = land_file(text, **NAMED, outside="zagranica")
    assert said(findings) == {("wiersz-spoza-podzialu", 2), ("wiersz-spoza-podzialu", 3)}
    assert "Albania" in findings[0].message


def test_blank_lines_are_recorded_too():
    landed, findings = land_file(HEAD + "\n020101,2024,5\n ,,\n")
    assert values(landed) == {"020101": 5.0}
    assert said(findings) == {("pusty-wiersz", 2), ("pusty-wiersz", 4)}


def test_a_year_may_stand_in_the_header():
    columns = [{"header": "liczba {year}", "variable": "liczba"}]
    text = "kod,liczba 2023,liczba 2024,liczba razem\n020101,5,6,11\n"
    landed, findings = land_file(text, year=None, columns=columns)
    assert landed == {("liczba", "020101", 2023): 5.0, ("liczba", "020101", 2024): 6.0}
    assert findings == []


def test_another_column_may_choose_the_variable():
    columns = [
        {"header": "liczba", "variable": "szkoly", "where": {"typ": "Szkoła"}},
        {"header": "liczba", "variable": "licea", "where": {"typ": "Liceum"}},
    ]
    text = "kod,rok,typ,liczba\n020101,2024,Szkoła,5\n020101,2024,Liceum,6\n020101,2024,Kurs,7\n"
    landed, findings = land_file(text, columns=columns)
    assert landed == {("szkoly", "020101", 2024): 5.0, ("licea", "020101", 2024): 6.0}
    assert said(findings) == {("nieopisany-wiersz", 4)}


def test_a_file_without_headers_is_read_by_letters():
    landed, _ = land_file(
        "0201011,5\n0201022,6\n",
        header_rows=None,
        first_row=1,
        year=2024,
        unit={"columns": [{"at": "A"}], "code": "teryt7"},
        columns=[{"at": "B", "variable": "liczba"}],
    )
    assert values(landed) == {"020101": 5.0, "020102": 6.0}


ROW = st.tuples(
    st.sampled_from(["020101", "20101", "020102", "020104", "046101", "046102", "027001", ""]),
    st.sampled_from(["2021", "2024", "rok"]),
    st.sampled_from(["5", "0", "-", "x", "7,5", "12"]),
)


@given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from(["refuse", "ignore", "sum"]))
def test_every_row_lands_or_is_found(rows, rule):
    """Naive twin: a row may stay out of the table only if a finding names it."""
    text = HEAD + "".join(f"{code},{year},{value}\n" for code, year, value in rows)
    landed, findings = land_file(text, parts=rule, signs={"-": "missing"})
    named = {f.row for f in findings}
    for number, (code, year, value) in enumerate(rows, 2):
        if number in named:
            continue
        unit = {"046101": "0461", "046102": "0461"}.get(code, code.zfill(6))
        expected = Status.MISSING if value == "-" else float(value)
        cell = landed[("liczba", unit, int(year))]
        assert cell == expected or (rule == "sum" and unit == "0461")
    assert {f.code for f in findings} <= CODES.keys()

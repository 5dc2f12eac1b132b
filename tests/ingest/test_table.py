"""Bytes into rows: the row numbers of a person, and one sentence for every kind of damage."""

import gzip
import io

import pytest
import xlsxwriter
import xlwt

from smup.ingest.table import SourceError, read_table
from tests.ingest.small import mapping


def workbook(rows, sheet="Dane", merge=()):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    page = book.add_worksheet(sheet)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            page.write(r, c, cell)
    for top, bottom, left, right, text in merge:
        page.merge_range(top, left, bottom, right, text)
    book.close()
    return content.getvalue()


def old_workbook(rows, sheet="Dane", merge=()):
    content = io.BytesIO()
    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell != "":
                page.write(r, c, cell)
    for top, bottom, left, right, text in merge:
        page.write_merge(top, bottom, left, right, text)
    book.save(content)
    return content.getvalue()


ROWS = [["kod", "rok", "liczba"], ["020101", 2024, 5.5], ["020102", 2024, "-"]]


def test_a_csv_with_a_byte_order_mark_reads_like_one_without():
    plain = read_table(mapping(), b"kod,rok,liczba\n020101,2024,5\n")
    assert read_table(mapping(), b"\xef\xbb\xbfkod,rok,liczba\n020101,2024,5\n") == plain
    assert plain.headers == ("kod", "rok", "liczba")
    assert plain.rows[0].cells == ("020101", "2024", "5")


def test_row_numbers_count_lines_also_after_a_cell_of_several_lines():
    table = read_table(mapping(), b'kod,"rok\nszkolny",liczba\n1,2,3\n4,5,6\n')
    assert table.headers == ("kod", "rok szkolny", "liczba")
    assert [row.number for row in table.rows] == [3, 4]


def test_a_gzipped_file_reads_like_the_bytes_inside():
    content = b"kod,rok,liczba\n020101,2024,5\n"
    packed = mapping(path="proba.csv.gz")
    assert read_table(packed, gzip.compress(content)) == read_table(mapping(), content)


@pytest.mark.parametrize(("path", "make"), [("proba.xlsx", workbook), ("proba.xls", old_workbook)])
def test_spreadsheets_of_both_forms_keep_texts_and_numbers(path, make):
    table = read_table(mapping(path=path), make(ROWS))
    assert table.headers == ("kod", "rok", "liczba")
    assert [row.cells for row in table.rows] == [("020101", 2024.0, 5.5), ("020102", 2024.0, "-")]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize(("path", "make"), [("proba.xlsx", workbook), ("proba.xls", old_workbook)])
def test_a_merged_header_stands_over_all_its_columns(path, make):
    rows = [["", "", ""], ["kod", "ogółem", "w tym\nniemowląt"], ["020101", 7, 1]]
    content = make(rows, merge=[(0, 0, 1, 2, "Zgony  razem")])
    table = read_table(mapping(path=path, header_rows=[1, 2], first_row=3), content)
    assert table.headers == ("kod", "Zgony razem ogółem", "Zgony razem w tym niemowląt")


def refusal(read_as, content):
    with pytest.raises(SourceError) as caught:
        read_table(read_as, content)
    return caught.value.code, str(caught.value)


def test_an_empty_file_is_refused():
    assert refusal(mapping(), b" \n") == ("nieczytelny-plik", "proba.csv: plik jest pusty.")


def test_a_text_in_another_encoding_is_refused_with_the_line():
    code, text = refusal(mapping(), "kod,rok,liczba\nŻółć,1,2\n".encode("cp1250"))
    assert code == "nieczytelny-plik"
    assert "wiersz 2" in text
    assert "UTF-8" in text


def test_a_text_in_another_encoding_is_read_when_the_mapping_says_so():
    table = read_table(mapping(encoding="cp1250"), "kod,rok,Żółć\n1,2,3\n".encode("cp1250"))
    assert table.headers == ("kod", "rok", "Żółć")


def test_a_workbook_named_csv_is_refused():
    code, text = refusal(mapping(), workbook(ROWS))
    assert (code, "arkusz Excela" in text) == ("nieczytelny-plik", True)


def test_a_text_named_xlsx_is_refused():
    code, text = refusal(mapping(path="proba.xlsx"), b"kod,rok,liczba\n1,2,3\n")
    assert (code, "zwykły tekst" in text) == ("nieczytelny-plik", True)


@pytest.mark.parametrize(("path", "make"), [("proba.xlsx", workbook), ("proba.xls", old_workbook)])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_workbook_is_refused(path, make, share):
    content = make([*ROWS, *([["020103", 2024, n] for n in range(500)])])
    code, text = refusal(
        mapping(path=path, rows_at_least=500), content[: int(len(content) * share)]
    )
    assert code == "nieczytelny-plik"
    assert text.startswith(path)


def test_half_an_archive_is_refused():
    content = gzip.compress(b"kod,rok,liczba\n" + b"020101,2024,5\n" * 1000)
    code, text = refusal(mapping(path="proba.csv.gz"), content[: len(content) // 2])
    assert (code, "gz" in text) == ("nieczytelny-plik", True)


def test_a_missing_sheet_is_refused_and_the_present_ones_named():
    code, text = refusal(mapping(path="proba.xlsx", sheet="Tabl. IV"), workbook(ROWS))
    assert code == "brak-arkusza"
    assert "Tabl. IV" in text
    assert "Dane" in text


def test_a_file_cut_short_is_refused_by_the_number_of_its_rows():
    code, text = refusal(mapping(rows_at_least=3), b"kod,rok,liczba\n1,2,3\n4,5,6\n")
    assert (code, "ucięty" in text) == ("nieczytelny-plik", True)


def test_an_open_quotation_mark_is_refused_with_the_line():
    code, text = refusal(mapping(), b'kod,rok,liczba\n1,2,3\n4,"5,6\n')
    assert (code, "wiersz 3" in text) == ("nieczytelny-plik", True)

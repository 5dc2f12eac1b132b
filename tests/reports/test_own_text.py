"""What an author typed, as blocks: nothing lost, nothing read as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smup.documents import Items, Paragraph
from smup.documents.blocks import lines_of, plain
from smup.reports.own_text import clean, own_text


def test_a_blank_line_ends_a_paragraph() -> None:
    assert own_text("Pierwszy wiersz\nciąg dalszy\n\nDrugi") == (
        Paragraph(("Pierwszy wiersz", " ciąg dalszy")),
        Paragraph(("Drugi",)),
    )


def test_nothing_typed_is_no_block() -> None:
    assert own_text("") == own_text(" \n\t\n") == ()


@pytest.mark.parametrize("sign", ["-", "–", "•"])
def test_dashes_and_bullets_are_a_list_also_across_blank_lines(sign: str) -> None:
    typed = f"Zrobiono:\n{sign} drogi\n\n{sign} szkoły\n  i przedszkola"
    assert own_text(typed) == (
        Paragraph(("Zrobiono:",)),
        Items((("drogi",), ("szkoły", " i przedszkola"))),
    )


def test_numbers_in_order_are_a_numbered_list() -> None:
    assert own_text("1. raz\n2. dwa") == (Items((("raz",), ("dwa",)), ordered=True),)


def test_a_number_out_of_order_stays_where_it_was_written() -> None:
    assert own_text("31. posiedzenie rady\n\n1. raz\n5. pięć") == (
        Paragraph(("31. posiedzenie rady",)),
        Items((("raz",),), ordered=True),
        Paragraph(("5. pięć",)),
    )


def test_a_line_after_a_list_that_is_not_indented_is_a_paragraph() -> None:
    assert own_text("- raz\nKoniec") == (Items((("raz",),)), Paragraph(("Koniec",)))


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '#let x = read("/etc/passwd")',
        "\\input{x} $a$ *b* _c_ `d` [e](http://f) ![g](h)",
        "{{ tajne }} {% include 'x' %}",
        "=cmd|' /C calc'!A0",
        "&lt;b&gt; &amp; ]]> <!-- -->",
        "# nagłówek",
    ],
)
def test_markup_is_read_as_it_was_typed(typed: str) -> None:
    assert own_text(typed) == (Paragraph((typed,)),)


def test_signs_that_turn_the_text_round_and_control_signs_are_left_out() -> None:
    typed = "wynik\u202e gnp.exe\u2066 a\x00b\x1b[31mc\x07\ufffe\ud800"
    assert clean(typed) == "wynik gnp.exe ab[31mc"


def test_every_way_to_end_a_line_ends_one() -> None:
    for sign in ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"):
        assert own_text(f"- a{sign}- b") == (Items((("a",), ("b",))),)


def test_polish_and_rare_letters_stay() -> None:
    typed = "Zażółć gęślą jaźń – „€ 5”, soft\u00adhyphen, 数, 👩\u200d🚒, עברית"
    assert own_text(typed) == (Paragraph((typed,)),)


@given(st.text(alphabet=st.sampled_from("ab1.2-–• \n\t<#*"), max_size=60))
def test_no_letter_is_lost_and_none_is_added(typed: str) -> None:
    read = "".join(plain(line) for line in lines_of(own_text(typed)))
    letters = [sign for sign in typed if sign in "ab<#*"]
    assert [sign for sign in read if sign in "ab<#*"] == letters


@given(st.text(max_size=200))
def test_any_text_can_be_written_to_a_file(typed: str) -> None:
    for line in lines_of(own_text(typed)):
        plain(line).encode("utf-8")
        assert not set(plain(line)) & set(map(chr, range(32)))

"""Every letter in both languages; texts of people; nothing gets into a header."""

import pytest

from smup.language import Lang
from smup.mailing.letter import (
    LANGS,
    Letter,
    LetterRefused,
    Said,
    check,
    letter_of,
    letters,
    samples,
)
from smup.mailing.writing import WIDTH, masked, paragraphs, write

# The letters the recruitment and the accounts need, written down apart from the files.
NEEDED = (  # noqa: SIM905
    "account-invitation account-password-reset account-notice contact-link draft-link "
    "result-qualified result-reserve result-refused moved-organiser place-offered offer-lapsed "
    "agreement-ready agreement-reminder agreement-returned-ok agreement-returned-bad "
    "place-withdrawn registration-withdrawn registration-reopened stage-confirm "
    "area-below-five training-invitation training-changed training-cancelled "
    "declarations-reminder materials-ready survey-invitation certificate-ready "
    "participant-replaced unit-invitation unit-invitation-reminder question-received "
    "question-answered free-listener-invitation"
).split()


def test_the_letters_are_those_that_are_needed() -> None:
    assert set(letters()) == set(NEEDED)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NEEDED)
def test_every_letter_says_all_its_fields(name: str, lang: Lang) -> None:
    letter = letter_of(name)
    values = {field: f"«{field}»" for field in letter.every_field}
    written = write(letter, lang, values, letter.subject[lang], letter.body[lang])
    whole = written.subject + written.text
    assert [field for field in letter.every_field if f"«{field}»" not in whole] == []
    assert "{" not in whole
    assert "}" not in whole


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NEEDED)
def test_every_letter_is_calm_plain_text(name: str, lang: Lang) -> None:
    letter = letter_of(name)
    written = write(letter, lang, samples(letter, lang), letter.subject[lang], letter.body[lang])
    lines = written.text.splitlines()
    assert max(len(line) for line in lines if "http" not in line) <= WIDTH
    assert lines[0] in ("Dzień dobry,", "Szanowni Państwo,", "Hello,", "Dear Sir or Madam,")
    assert "\n\n\n" not in written.text
    assert lines.count("-- ") == 1
    assert "!" not in written.text


def test_polish_letters_hold_no_english_and_the_other_way_round() -> None:
    for letter in letters().values():
        assert not {"the", "hello", "please"} & set(letter.body.pl.lower().split())
        assert not {"dzień", "proszę", "zgłoszenie"} & set(letter.body.en.lower().split())


def _written(**changes: str) -> str:
    letter = letter_of("question-answered")
    values = samples(letter, "pl") | changes
    return write(letter, "pl", values, letter.subject.pl, letter.body.pl).text


def test_an_empty_field_takes_its_line_along() -> None:
    with_funding = _written().splitlines()
    without = _written(funding="").splitlines()
    assert [line for line in with_funding if line not in without] == [
        "Projekt współfinansowany przez Unię Europejską."
    ]
    assert len(without) == len(with_funding) - 1


def test_lines_of_an_answer_stay_lines_and_stand_in_their_block() -> None:
    text = _written(answer="Tak.\r\n\r\nWarunki:\n– pierwszy\n– drugi")
    assert "Odpowiedź:\n\n  Tak.\n\n  Warunki:\n  – pierwszy\n  – drugi\n\nPytanie:" in text


def test_an_address_is_never_broken() -> None:
    link = "https://smup.example.pl/szkolenia/zgloszenie?klucz=" + "a-b" * 60
    letter = letter_of("contact-link")
    values = samples(letter, "pl") | {"link": link}
    text = write(letter, "pl", values, letter.subject.pl, letter.body.pl).text
    assert f"\n  {link}\n" in text


def test_a_key_is_masked_and_nothing_else() -> None:
    text = "Otwórz https://a.pl/x?lang=pl&klucz=Ab_c-12&dalej=1 albo https://a.pl/klucz"
    assert masked(text) == "Otwórz https://a.pl/x?lang=pl&klucz=…&dalej=1 albo https://a.pl/klucz"
    assert masked(masked(text)) == masked(text)


def test_values_are_not_read_as_fields() -> None:
    assert "{unit} {0.__class__}" in _written(question="{unit} {0.__class__}")


@pytest.mark.parametrize("bad", ["a\nBcc: x@example.pl", "a\r\nX: y", "a\u2028b", "a\x0bb"])
def test_a_subject_is_one_line(bad: str) -> None:
    letter = letter_of("training-cancelled")
    values = samples(letter, "pl") | {"training": bad}
    with pytest.raises(LetterRefused, match="jednym krótkim wierszem"):
        write(letter, "pl", values, letter.subject.pl, letter.body.pl)


def test_a_body_loses_what_is_no_text() -> None:
    assert "  a b  c\n  d\n" in _written(question="a\tb \x00\x1b\u202e c\x85d")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"surname": "x"}, "nie ma pól: surname"),
        ({"answer": "  "}, "brakuje pól: answer"),
    ],
)
def test_fields_are_exactly_those_declared(change: dict[str, str], words: str) -> None:
    with pytest.raises(LetterRefused, match=words):
        _written(**change)


def test_a_field_left_out_is_refused_even_one_that_may_be_empty() -> None:
    letter = letter_of("question-answered")
    values = samples(letter, "pl")
    del values["funding"]
    with pytest.raises(LetterRefused, match="brakuje pól: funding"):
        write(letter, "pl", values, letter.subject.pl, letter.body.pl)


@pytest.mark.parametrize(
    ("subject", "body", "words"),
    [
        ("", "{number} {question} {answer}", "nie mogą być puste"),
        ("Sprawa", "  \n ", "nie mogą być puste"),
        ("Sprawa\n{number}", "{question} {answer}", "jednym wierszem"),
        ("Sprawa {number}", "{question}", "Brakuje pola: {answer}"),
        ("Sprawa {number}", "{question} {answer} {unit}", "nie ma pola: {unit}"),
        ("Sprawa {number}", "{question} {answer", "nie ma pary"),
        ("Sprawa {number}", "{question} } {answer}", "nie ma pary"),
        ("Sprawa {number}", "{question} {answer!r}", "Niezrozumiałe"),
        ("Sprawa {number}", "{question} {answer:>9}", "Niezrozumiałe"),
        ("Sprawa {number}", "{question} {answer.x}", "Niezrozumiałe"),
        ("Sprawa {number}", "{question} {}", "Niezrozumiałe"),
        ("x" * 201, "{number} {question} {answer}", "najwyżej 200"),
        ("Sprawa {number}", "{question} {answer}" + "x" * 10_000, "najwyżej 10000"),
    ],
)
def test_a_text_of_a_person_is_refused_in_words(subject: str, body: str, words: str) -> None:
    with pytest.raises(LetterRefused) as refused:
        check(letter_of("question-answered"), subject, body)
    assert words in str(refused.value)


def test_a_text_of_a_person_may_use_doubled_braces_and_the_footers_fields() -> None:
    check(letter_of("question-answered"), "{number}", "{{x}} {question} {answer} {edition}")


def test_a_file_that_says_more_is_refused() -> None:
    said = Said(pl="a", en="b")
    with pytest.raises(ValueError, match="Extra inputs"):
        Letter.model_validate(
            {
                "name": "x",
                "purpose": said,
                "footer": "account",
                "fields": [],
                "subject": said,
                "body": said,
                "html": "no",
            }
        )


def test_paragraphs_are_set_apart_and_blocks_kept_together() -> None:
    assert paragraphs("a\nb\n\n  x: 1\n  y: 2\n\nc\n") == "a\n\nb\n\n  x: 1\n  y: 2\n\nc"

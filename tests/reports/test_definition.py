"""Definitions from strangers: what is read, what is refused, in how many words."""

import pytest

from smup.reports.definition import MOST_FAULTS, definition_of, read_definition, write_definition

PROFILE = "kind: profile\nunits: ['1465']\n"


def test_a_code_needs_no_quotes() -> None:
    found = read_definition("kind: profile\nunits: [0201011]\nyears: [2019, 2024]\nrole:\n")
    assert found.units == ("0201011",)
    assert found.years == (2019, 2024)
    assert found.role is None


# Each line stands for nine of the line before: some millions in the end.
LINES = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "g"), ("g", "h")]
LEVELS = "".join(f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in LINES)
MERGES = LEVELS.replace("[", "{<<: [").replace("]", "]}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"a: &a [x, x]\n{LEVELS}", "wiersz 2: odwołania"),
        (f"a: &a {{x: y}}\n{MERGES}", "wiersz 2: odwołania"),
        ("&a\nkind: *a\n", "odwołania"),
        ("a: " + "[" * 7000, "wiersz 1: zbyt głębokie zagnieżdżenie"),
        ("a: " + "{b: " * 3000, "wiersz 1: zbyt głębokie zagnieżdżenie"),
        (f"{PROFILE}units: ['0201']\n", "wiersz 3: klucz „units” podano dwa razy"),
        (f"{PROFILE}texts: {{a: x, a: y}}\n", "klucz „a” podano dwa razy"),
        (f"{PROFILE}office: {{name: 'a\0b'}}", "nie jest poprawnym YAML"),
        (f"{PROFILE}---\n{PROFILE}", "wiersz 3"),
        ("!!python/object/apply:os.system ['true']", "ma być listą pól"),
        (f"{PROFILE}sections: !!set {{known, method}}", "oczekiwano listy"),
        (f"{PROFILE}years: [99999999999999999999, 2]", "jest za duża"),
        (f"{PROFILE}years: [1:1:1, .nan]", "oczekiwano liczby"),
        (f'{PROFILE}office: {{name: "\\ud800"}}', "office.name: tekst „?” zawiera znak"),
        (f"{PROFILE}comparators: [kraj, kraj]", "punkt odniesienia jest wymieniony dwa razy"),
        ("kind: profile\nunits: []", "nie podano jednostki"),
        ("kind: area\nunits: ['1465']\narea: ../../x", "area: wartość „../../x” ma zły zapis"),
    ],
)
def test_what_is_no_plain_definition_is_refused_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="definicja") as refused:
        read_definition(text)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_only_the_first_faults_are_told() -> None:
    faults = {f"k{n}": 1 for n in range(500)}
    with pytest.raises(ValueError, match="nieznany klucz") as refused:
        definition_of({"kind": "profile", "units": ["1465"], **faults})
    assert f"i {500 - MOST_FAULTS} dalszych" in str(refused.value)


def test_what_stands_on_the_title_page_is_one_line_of_signs_that_are_seen() -> None:
    office = {"name": " Urząd\x00\x1b[31m\n Gminy ", "author": "a\u202egnp.exe\u202c"}
    found = definition_of({"kind": "profile", "units": ["1465"], "office": office})
    assert found.office.name == "Urząd[31m Gminy"
    assert found.office.author == "agnp.exe"


def test_whatever_is_typed_is_read_back_as_it_was_written() -> None:
    hostile = "=1+1\r\n- a: *b\n#set\n\x00\x85\u2028 'x\" \U0001f468\u200d\U0001f469 null 0x1 \t"
    found = definition_of(
        {"kind": "unit", "units": ["1465"], "texts": {"a": hostile}, "comments": {"b": "null"}}
    )
    again = read_definition(write_definition(found))
    assert again == found
    assert again.digest == found.digest

"""Sentences of refusals: in both languages, with the same facts, none forgotten."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import smup.training.rules
from smup.training.rules.form import LENGTHS
from smup.training.rules.refusal import Fields, Refusal, Refused, texts
from smup.training.rules.words import Words

FOLDER = Path(smup.training.rules.__file__).parent
# Keys that are put together: what is missing in a stage, and what is wrong with a file.
PUT_TOGETHER = {
    *(f"{name}_missing" for name in LENGTHS),
    *(f"no_{name}" for name in ("quarters", "kinds", "areas")),
    *(
        f"pdf_{flaw}"
        for flaw in ("empty", "large", "no_pdf", "damaged", "encrypted", "active", "embedded")
    ),
}


def test_what_the_rules_refuse_has_a_sentence() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    named = set(re.findall(r'Refusal\(\s*\d+, "(\w+)"', code))
    assert len(named) > 30
    assert named | PUT_TOGETHER <= set(texts())


def test_every_sentence_is_said_somewhere() -> None:
    program = FOLDER.parents[1]
    files = [*FOLDER.parent.rglob("*.py"), *(program / "web" / "training").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    said = set(re.findall(r'"(\w+)"', code))
    assert set(texts()) - said - PUT_TOGETHER == set()


@pytest.mark.parametrize("key", sorted(texts()))
def test_both_languages_say_the_same_facts(key: str) -> None:
    fields = [
        {name for _, name, _, _ in Formatter().parse(text) if name}
        for text in (texts()[key].pl, texts()[key].en)
    ]
    assert fields[0] == fields[1]


@pytest.mark.parametrize("key", sorted(texts()))
def test_a_sentence_says_what_to_do_and_ends(key: str) -> None:
    for text in (texts()[key].pl, texts()[key].en):
        assert text.endswith((".", "{late}.", "{missing}."))
        assert " - " not in text  # dashes in Polish are long


@pytest.mark.parametrize(
    ("required", "polish", "english"),
    [
        (1, "dokładnie 1\u00a0osobę", "exactly 1\u00a0person;"),
        (2, "dokładnie 2\u00a0osoby", "exactly 2\u00a0people;"),
        (4, "dokładnie 4\u00a0osoby", "exactly 4\u00a0people;"),
        (5, "dokładnie 5\u00a0osób", "exactly 5\u00a0people;"),
    ],
)
def test_numbers_bring_the_right_form_of_their_noun(
    required: int, polish: str, english: str
) -> None:
    one = Refusal(6, "too_few_people", "participants",
                  {"headcount": 620, "required": required, "given": 0})  # fmt: skip
    assert polish in one.sentence("pl")
    assert english in one.sentence("en")


def test_dates_and_names_stand_in_the_language_of_the_sentence() -> None:
    late = [Words(pl="Oświadczenie A", en="Declaration A"), Words(pl="B", en="C")]
    fields: Fields = {"late": late, "first_day": date(2022, 10, 3)}
    one = Refusal(12, "declarations_late", "declarations", fields)
    assert "(3 października 2022)" in one.sentence("pl")
    assert "Oświadczenie A; B" in one.sentence("pl")
    assert "(3 October 2022)" in one.sentence("en")
    assert "Declaration A; C" in one.sentence("en")


def test_what_was_typed_is_no_template() -> None:
    fields: Fields = {"late": "{first_day.__class__}", "first_day": date(2022, 10, 3)}
    assert "{first_day.__class__}" in Refusal(12, "declarations_late", "", fields).sentence("pl")


def test_a_missing_fact_or_key_is_noticed() -> None:
    with pytest.raises(KeyError):
        Refusal(12, "declarations_late", "declarations").sentence("pl")
    with pytest.raises(KeyError):
        Refusal(0, "unheard_of", "").sentence("pl")


def test_several_refusals_are_told_together() -> None:
    both = Refused(Refusal(1, "nip_zeros", "nip"), Refusal(5, "rules_not_accepted", "accepts"))
    assert str(both) == both.sentence("pl")
    assert "NIP" in both.sentence("en")
    assert "rules" in both.sentence("en")

"""The sentences: complete in both languages, with the same places to fill."""

import re
from pathlib import Path
from string import Formatter

import yaml

from smup.describe.method import texts
from smup.describe.speaker import WORDS, words_in


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_fill_the_same_places() -> None:
    for key, said in yaml.safe_load(WORDS.read_text("utf-8")).items():
        assert set(said) == {"pl", "en"}, key
        assert places(said["pl"]) == places(said["en"]), key


def test_every_sentence_asked_for_exists_and_none_is_left_over() -> None:
    code = "".join(p.read_text("utf-8") for p in Path(WORDS).parent.glob("*.py"))
    asked = set(re.findall(r"""["']([a-z_]+)["']""", code))
    starts = set(re.findall(r'f"([a-z_]+_)\{', code)) | {"pair_"}
    known = set(words_in("pl"))
    assert set(re.findall(r'say\("([a-z_]+)"', code)) <= known
    unused = {k for k in known if k not in asked and not k.startswith(tuple(starts))}
    plural = {"divisions", "chapters", "paragraphs"}  # made by adding an s
    assert unused <= plural | {"compared_body", "compared_territory", "apart_body"}


def test_prose_has_both_languages_everywhere() -> None:
    told = texts()
    for one in told["sections"]:
        for text in (one["title"], *one["text"]):
            assert set(text) == {"pl", "en"}, one["id"]
            assert places(text["pl"]) == places(text["en"]), one["id"]
    for part in ("statuses",):
        assert all(set(text) == {"pl", "en"} for text in told["gaps"][part].values())

"""What the writers say of their own accord, in the language of the report."""

from dataclasses import fields
from functools import cache

from smup.documents.document import Words
from smup.formats.terms import LICENCE, TERMS
from smup.language import Lang
from smup.telling.strings import strings


@cache
def words(lang: Lang) -> Words:
    """Every field of ``Words`` from the key ``report_word_<field>``; the terms are those of all
    files."""
    t = strings(lang)
    told = {field.name: t[f"report_word_{field.name}"] for field in fields(Words)
            if field.name != "terms"}  # fmt: skip
    return Words(**told, terms=f"{LICENCE}. {TERMS[lang]}")

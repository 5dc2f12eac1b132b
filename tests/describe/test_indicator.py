"""The page of an indicator answers the readers' questions and its example is the engine's."""

import re

import pytest

from smup.catalogue import Catalogue, Indicator
from smup.compare.groups import stratum
from smup.compute.formula import evaluate_scalar, names, parse
from smup.compute.formulas import formulas_of
from smup.compute.rounding import round_one
from smup.describe import Speaker, indicator_page
from smup.describe.comparing import pairs, verdict
from smup.describe.example import work
from smup.documents import Facts, Items, Page, Paragraph, Section, Strong
from smup.documents.blocks import lines_of, plain
from smup.language import Lang, format_number
from smup.present.values import with_symbol
from smup.territory import Kind, Level, Unit
from tests.helpers.definitions import an_indicator

LANGS: tuple[Lang, ...] = ("pl", "en")
SIMPLE = re.compile(
    r"(?:[\d.]+ \* )?([a-z]\w*) / ([a-z]\w*)"
)  # the plainest quotient, read independently
CITY = "miasto-na-prawach-powiatu"


def section(page: Page, name: str) -> Section:
    (found,) = (s for s in page.sections if s.id == name)
    return found


def words(one: Section) -> str:
    return "\n".join(plain(line) for line in lines_of(one.blocks))


def facts(one: Section) -> dict[str, str]:
    (rows,) = (block.rows for block in one.blocks if isinstance(block, Facts))
    return {plain(name): "\n".join(map(plain, lines)) for name, lines in rows}


@pytest.mark.parametrize("lang", LANGS)
def test_every_printed_example_is_what_the_engine_computes(
    catalogue: Catalogue, lang: Lang
) -> None:
    speaker, formulas = Speaker(catalogue, lang), formulas_of(catalogue)
    for one in catalogue.indicators.values():
        own = evaluate_scalar(formulas[one.id], one.example.given)
        value = round_one(own - (one.example.country or 0), one.decimals)
        assert work(speaker, one).rounded == value == one.example.gives, one.id
        shown = section(indicator_page(speaker, one.id), "przyklad")
        (items,) = shown.blocks
        assert isinstance(items, Items)
        (printed,) = (piece for piece in items.lines[-1] if isinstance(piece, Strong))
        number = format_number(value, one.decimals, lang)
        assert printed.text == with_symbol(number, catalogue.measures[one.unit], lang), one.id


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_says_what_is_divided_by_what(catalogue: Catalogue, lang: Lang) -> None:
    speaker = Speaker(catalogue, lang)
    above, below = ("Licznik", "Mianownik") if lang == "pl" else ("Numerator", "Denominator")
    plain_quotients = 0
    for one in catalogue.indicators.values():
        shown = section(indicator_page(speaker, one.id), "dzielenie")
        answer = shown.blocks[0]
        assert isinstance(answer, Paragraph)
        assert answer.role == "answer"
        assert plain(answer.line).endswith("."), one.id
        for name in names(parse(one.formula)):
            owner = (catalogue.indicators if name.indicator else catalogue.variables)[name.id]
            assert getattr(owner.name, lang) in plain(answer.line), one.id
            assert getattr(owner.name, lang) in "\n".join(facts(shown).values()), one.id
        if simple := SIMPLE.fullmatch(one.formula):
            plain_quotients += 1
            over, under = (catalogue.variables[v].name for v in simple.groups())
            if over != under:
                assert getattr(over, lang) in facts(shown)[above], one.id
                assert getattr(under, lang) in facts(shown)[below], one.id
    assert plain_quotients > 20


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_says_whether_a_city_may_be_compared(catalogue: Catalogue, lang: Lang) -> None:
    yes, no = ("Tak.", "Nie.") if lang == "pl" else ("Yes.", "No.")
    speaker = Speaker(catalogue, lang)
    for one in catalogue.indicators.values():
        shown = section(indicator_page(speaker, one.id), "porownanie")
        answer = shown.blocks[0]
        assert isinstance(answer, Paragraph)
        both = {"gmina", CITY} <= set(one.kinds)
        allowed = both and one.cities in ("both", "with_gminas")
        assert answer.line[0] == Strong(yes if allowed else no), one.id
        assert len(plain(answer.line)) > 40, one.id
        if one.cities_note:
            assert getattr(one.cities_note, lang) in words(shown)


def unit(kind: Kind) -> Unit:
    code = {Kind.POWIAT: "0201", Kind.MIASTO: "0261"}.get(kind, "020102")
    return Unit(code, "X", kind, None, "02")


def together(one: Indicator, a: Kind, b: Kind) -> bool:
    """Does the comparison itself put units of the two kinds beside each other at some level?"""
    levels = (Level.GMINA, Level.POWIAT)
    strata = [(stratum(unit(a), one, level), stratum(unit(b), one, level)) for level in levels]
    return any(first is not None and first == second for first, second in strata)


@pytest.mark.parametrize("cities", ["with_gminas", "with_powiats", "both", "apart"])
@pytest.mark.parametrize(
    "kinds",
    [("gmina", CITY), ("powiat", CITY), ("gmina", CITY, "powiat"), ("gmina",), ("powiat",)],
)
def test_the_answer_is_what_the_comparison_does(cities: str, kinds: tuple[str, ...]) -> None:
    one = an_indicator("x", "a / b", cities=cities, kinds=kinds)
    said = pairs(one)
    gmina, town = Kind.GMINA_WIEJSKA, Kind.GMINA_MIEJSKA
    meant = {
        "gmina_town": (gmina, town),
        "gmina_city": (gmina, Kind.MIASTO),
        "powiat_city": (Kind.POWIAT, Kind.MIASTO),
        "city_city": (Kind.MIASTO, Kind.MIASTO),
    }
    assert said == {pair: together(one, *meant[pair]) for pair in said}
    assert verdict(one)[0] == said.get("gmina_city", False)


def test_sections_of_every_page_are_filled(catalogue: Catalogue) -> None:
    for lang in LANGS:
        speaker = Speaker(catalogue, lang)
        for one in catalogue.indicators.values():
            page = indicator_page(speaker, one.id)
            assert {"pokazuje", "granice", "odczyt", "zrodla", "definicja"} <= {
                s.id for s in page.sections
            }
            for shown in page.sections:
                text = words(shown)
                assert len(text.strip()) > 10 or shown.blocks, one.id
                assert not set(re.findall(r"\w+", text)) & {"None", "nan"}, (one.id, shown.id)
                assert "{" not in text, (one.id, shown.id)


def test_every_source_is_named_with_its_publisher(catalogue: Catalogue) -> None:
    speaker = Speaker(catalogue, "pl")
    for one in catalogue.indicators.values():
        shown = section(indicator_page(speaker, one.id), "zrodla")
        used = [name.id for name in names(parse(one.formula)) if not name.indicator]
        for variable in used:
            for place in catalogue.variables[variable].sources:
                assert catalogue.sources[place.source].publisher in words(shown), one.id


def test_a_budget_position_is_said_in_words(catalogue: Catalogue) -> None:
    from smup.catalogue.models import VariableSource
    from smup.describe.sources import source_lines

    speaker = Speaker(catalogue, "pl")
    place = VariableSource.model_validate(
        {"source": "mf-rb-28s", "budget": {"divisions": ["801"], "kind": "wydatki-biezace"}}
    )
    variable = catalogue.variables["ludnosc"].model_copy(update={"sources": (place,), "note": None})
    (said,) = source_lines(speaker, variable)
    assert re.search(r"dział 801.*, wydatki bieżące, kolumna „wykonanie”\.$", plain(said))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("12-31", "stan na 31 grudnia"),
        ("01-01 roku następnego", "stan na 1 stycznia roku następnego"),
        ("rok", "za cały rok kalendarzowy"),
        ("dzień wyborów", "dzień wyborów"),
    ],
)
def test_reference_days_in_words(catalogue: Catalogue, day: str, words: str) -> None:
    from smup.describe.calendar import reference_words

    variable = catalogue.variables["ludnosc"].model_copy(update={"reference_day": day})
    assert reference_words(Speaker(catalogue, "pl"), variable) == words


def test_every_reference_day_has_english_words(catalogue: Catalogue) -> None:
    from smup.describe.calendar import reference_words

    speaker = Speaker(catalogue, "en")
    polish = Speaker(catalogue, "pl")
    for one in catalogue.variables.values():
        said = reference_words(speaker, one)
        assert said, one.id
        assert said != reference_words(polish, one), one.id

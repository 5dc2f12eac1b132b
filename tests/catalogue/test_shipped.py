"""The definitions of this repository are sound and complete."""

from collections import Counter

import pytest

from smup.catalogue import Catalogue, CatalogueError
from smup.compute.check import check_catalogue
from smup.compute.formula import Binary, Node, evaluate_scalar, names, parse
from smup.compute.formulas import formulas_over_variables
from smup.territory import Kind


def test_no_faults(catalogue: Catalogue) -> None:
    errors: list[CatalogueError] = check_catalogue(catalogue)
    assert not errors, "\n".join(map(str, errors))


def test_ten_areas_of_the_national_system_and_a_neutral_one(catalogue: Catalogue) -> None:
    called = {a.number: a.name.pl.casefold() for a in catalogue.areas.values()}
    assert called == {
        1: "edukacja",
        2: "lokalna polityka społeczna",
        3: "kultura i rekreacja",
        4: "drogownictwo i transport",
        5: "ochrona środowiska",
        6: "gospodarowanie nieruchomościami",
        7: "inwestycje i budownictwo",
        8: "geodezja i kartografia",
        9: "podatki i opłaty lokalne",
        10: "finanse jst",
        None: "kontekst",
    }
    assert list(catalogue.areas)[-1] == "kontekst"


def test_services_of_every_area(catalogue: Catalogue) -> None:
    """12 + 15 + 7 + 8 + 9 + 5 + 3 + 5 + 6 + 5 entries; sending people to a social care home and
    running one, and two kinds of decision in area 5, are services of their own here."""
    count = Counter(catalogue.areas[s.area].number for s in catalogue.services.values())
    assert count == {1: 12, 2: 16, 3: 7, 4: 8, 5: 10, 6: 5, 7: 3, 8: 5, 9: 6, 10: 5}
    for service in catalogue.services.values():
        assert service.what.pl.endswith("."), service.id
        assert service.what.en.endswith("."), service.id


def test_enough_published_indicators(catalogue: Catalogue) -> None:
    published = [i for i in catalogue.indicators.values() if i.status == "published"]
    areas = Counter(i.area for i in published)
    assert len(published) >= 45
    assert {"edukacja", "lokalna-polityka-spoleczna", "finanse-jst", "kontekst"} <= set(areas)


def test_every_variable_is_used(catalogue: Catalogue) -> None:
    """Directly, or through a variable that is derived from it."""
    texts = [i.formula for i in catalogue.indicators.values()]
    texts += [v.derived for v in catalogue.variables.values() if v.derived is not None]
    used = {n.id for text in texts for n in names(parse(text)) if not n.indicator}
    assert used == set(catalogue.variables)


def test_texts_are_sentences(catalogue: Catalogue) -> None:
    for one in catalogue.indicators.values():
        for text in (one.what_it_shows, one.limitations):
            assert text.pl[-1] == text.en[-1] == ".", one.id
        assert one.question.pl[-1] == one.question.en[-1] == "?", one.id
        assert one.name.pl[-1].isalnum() or one.name.pl[-1] in ")²³+", one.id


@pytest.mark.parametrize(
    ("indicator", "given", "gives"),
    [
        # GUS, table IV for 2024, Poland; the rates are the published ones.
        ("urodzenia-na-1000", {"urodzenia_na_1000": 6.7029}, 6.7029),
        (
            "zgony-niemowlat-na-1000-urodzen",
            {"zgony_niemowlat": 898, "urodzenia_zywe": 251782},
            3.5666,
        ),
        # PKW 2019, gmina Bolesławiec: published as 56,54; papers issued would give 56,55.
        ("frekwencja-sejm", {"glosujacy_sejm": 6316, "wyborcy_sejm": 11171}, 56.54),
        ("glosy-niewazne-sejm", {"glosy_niewazne_sejm": 93, "glosy_wazne_sejm": 6223}, 1.47),
        # Poland in 2024: 37,489,087 people on 313,933 km².
        ("gestosc-zaludnienia", {"ludnosc": 37489087, "powierzchnia_ha": 31393293}, 119.4),
    ],
)
def test_against_published_figures(
    catalogue: Catalogue, indicator: str, given: dict[str, float], gives: float
) -> None:
    one = catalogue.indicators[indicator]
    assert round(evaluate_scalar(parse(one.formula), given), one.decimals) == gives


def test_rates_on_the_mid_year_population_are_taken_as_published(catalogue: Catalogue) -> None:
    for one in ("urodzenia", "zgony", "malzenstwa", "saldo-migracji", "przyrost-naturalny"):
        indicator = catalogue.indicators[f"{one}-na-1000"]
        (name,) = names(parse(indicator.formula))
        assert name.id.endswith("_na_1000")
        assert indicator.decimals == 4  # as GUS prints them


def test_money_of_cities_with_powiat_rights_stands_apart(catalogue: Catalogue) -> None:
    """A city does the tasks of a powiat too; an amount of one task only says so in a note."""
    money = [
        one
        for one in catalogue.indicators.values()
        if one.scope == "body" and "zl" in catalogue.measures[one.unit].dimension
    ]
    assert len(money) >= 80
    for one in money:
        assert one.cities == "apart" or one.cities_note is not None, one.id


def test_raw_means_of_examinations_draw_no_trend(catalogue: Catalogue) -> None:
    exams = [i for i in catalogue.indicators.values() if i.id.startswith("egzamin-osmoklasisty")]
    assert len(exams) == 6
    for one in exams:
        assert one.comparable_over_time == (one.against == "country"), one.id
        assert "mniej niż 10" in one.limitations.pl


def test_money_per_head_is_contextual(catalogue: Catalogue) -> None:
    """Inhabitants are nobody's output, so zł per inhabitant judges no service."""
    formulas = formulas_over_variables(catalogue)
    per_head = [
        one
        for one in catalogue.indicators.values()
        if one.unit == "zl_os" and {"ludnosc"} >= set(below(formulas[one.id]))
    ]
    assert len(per_head) >= 20
    for one in per_head:
        assert one.role == "contextual" or one.dimension != "efficiency", one.id


def below(node: Node) -> list[str]:
    """Variables under the last division bar."""
    return [n.id for n in names(node.right)] if isinstance(node, Binary) else []


def test_fixed_groups_cover_every_kind_once(catalogue: Catalogue) -> None:
    kinds = Counter(kind for g in catalogue.groups_of().values() for kind in g.kinds)
    compared = {str(k) for k in Kind if k.levels} - {"wojewodztwo", "kraj"}
    assert kinds == dict.fromkeys(compared, 1)


def test_every_count_of_persons_in_social_services_is_kept_secret_or_said_not_to_be(
    catalogue: Catalogue,
) -> None:
    """A new count of persons that a gmina serves must not be forgotten in secrecy.yaml."""
    open_ = {
        "ludnosc_0_2_prognoza_5_lat",  # a projection of inhabitants
        "asystenci_rodziny",  # staff
    }
    social = "catalogue/variables/lokalna-polityka-spoleczna.yaml"
    counts = {
        one.id
        for one in catalogue.inputs
        if catalogue.places[f"variables/{one.id}"].file == social
        and one.unit in ("os", "rodzina")
        and "gmina" in one.kinds
        and one.additive
    }
    kept = {name for rule in catalogue.secrecy.values() for name in rule.variables}
    assert counts - kept - open_ == set()
    assert {"e8_matematyka_punkty", "e8_matematyka_zdajacy"} <= kept
    assert catalogue.secrecy["egzamin-osmoklasisty"].below == 10
    assert catalogue.secrecy["osoby-w-pomocy-spolecznej"].below == 3

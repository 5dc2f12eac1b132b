"""Cases of Polish names as grammar books give them."""

import pytest

from smup.language.declension import forms

LOCATIVES = {
    "Gdynia": "Gdyni",
    "Kraków": "Krakowie",
    "Łódź": "Łodzi",
    "Warszawa": "Warszawie",
    "Sopot": "Sopocie",
    "Sosnowiec": "Sosnowcu",
    "Włocławek": "Włocławku",
    "Ostrołęka": "Ostrołęce",
    "Praga": "Pradze",
    "Góra": "Górze",
    "Gniezno": "Gnieźnie",
    "Krosno": "Krośnie",
    "Zamość": "Zamościu",
    "Przemyśl": "Przemyślu",
    "Poznań": "Poznaniu",
    "Radom": "Radomiu",
    "Kielce": "Kielcach",
    "Tychy": "Tychach",
    "Suwałki": "Suwałkach",
    "Zabrze": "Zabrzu",
    "Zakopane": "Zakopanem",
    "Stargard": "Stargardzie",
    "Miasto": "Mieście",
    "Hel": "Helu",
    "Ełk": "Ełku",
    "Piła": "Pile",
    "Zdrój": "Zdroju",
    "Września": "Wrześni",
    "piaseczyński": "piaseczyńskim",
    "mazowieckie": "mazowieckim",
    "Zielona": "Zielonej",
    "Nowy": "Nowym",
    "Gołąb": "Gołębiu",
}
GENITIVES = {
    "Kielce": "Kielc",
    "Siedlce": "Siedlec",
    "Kraków": "Krakowa",
    "Gdynia": "Gdyni",
    "Sosnowiec": "Sosnowca",
    "Łódź": "Łodzi",
    "Nowy": "Nowego",
    "piaseczyński": "piaseczyńskiego",
    "Śląska": "Śląskiej",
    "Tychy": "Tychów",
    "Poznań": "Poznania",
}
INSTRUMENTALS = {"Gdynia": "Gdynią", "Kraków": "Krakowem", "Łódź": "Łodzią", "Radom": "Radomiem"}


@pytest.mark.parametrize(
    ("name", "case"), [*LOCATIVES.items(), *GENITIVES.items(), *INSTRUMENTALS.items()]
)
def test_a_case_is_among_the_forms(name: str, case: str) -> None:
    from smup.language import fold

    assert fold(case) in forms(name)


@pytest.mark.parametrize("name", ["Gdynia", "Ko", "1408G", "Łódź", "M"])
def test_the_name_itself_is_one_of_its_forms(name: str) -> None:
    from smup.language import fold

    assert fold(name) in forms(name)


@pytest.mark.parametrize(
    ("name", "other"), [("Lublin", "lubin"), ("Radom", "radomsku"), ("Sopot", "sopotach")]
)
def test_another_name_is_not(name: str, other: str) -> None:
    assert other not in forms(name)

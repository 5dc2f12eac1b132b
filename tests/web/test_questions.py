"""Plain questions and what they lead to: a table read by a person, not made by the code."""

import re
import time

import pytest
from django.test.client import Client
from hypothesis import given
from hypothesis import strategies as st

from smup.store.releases import Release
from smup.web.portal.search.everyday import everyday
from smup.web.portal.search.questions import understand

pytestmark = pytest.mark.xdist_group("site")

# Question -> (code of the unit or "", words of which the id of the indicator or service holds one)
QUESTIONS = {
    "ile kosztuje przedszkole w Gdyni": ("2262", "wydatki-na-dziecko"),
    "ile kosztuje przedszkole w gdyni": ("2262", "wydatki-na-dziecko"),
    "koszt przedszkola Gdynia": ("2262", "wydatki-na-dziecko"),
    "ilu uczniów w klasie Radom": ("1463", "uczniowie-na-oddzial-szkoly-podstawowe"),
    "ilu uczniow jest w klasie w radomiu": ("1463", "uczniowie-na-oddzial-szkoly-podstawowe"),
    "bezrobocie w Krakowie": ("1261", "bezrobo"),
    "jakie jest bezrobocie w krakowie?": ("1261", "bezrobo"),
    "bezrobocie powiat szydłowiecki": ("1430", "bezrobo"),
    "wydatki na drogi w powiecie piaseczyńskim": ("1418", "drog"),
    "drogi gminne w Wołominie": ("143412", "drog"),
    "ile śmieci produkuje Łódź": ("1061", "odpad"),
    "śmieci w Łodzi": ("1061", "odpad"),
    "smieci w lodzi": ("1061", "odpad"),
    "ile kosztuje wywóz śmieci w Warszawie": ("1465", "odpad"),
    "opłata za śmieci Sopot": ("2264", "odpad"),
    "żłobki w Białymstoku": ("2061", "zlob"),
    "ile jest żłobków w Bielsku-Białej": ("2461", "zlob"),
    "miejsca w żłobku Siedlce": ("1464", "zlob"),
    "szambo Lesznowola": ("141803", "zbiornik"),
    "autobusy w Zielonej Górze": ("0862", "kurs"),
    "zadłużenie Sosnowca": ("2475", "dlug"),
    "dług na mieszkańca Nowy Sącz": ("1262", "dlug-na-mieszkanca"),
    "ile osób mieszka w Jastrzębiu-Zdroju": ("2467", "ludnosc"),
    "ilu mieszkańców ma Hel": ("221101", "ludnosc"),
    "ludność Nowego Sącza": ("1262", "ludnosc"),
    "population of Warsaw": ("1465", "ludnosc"),
    "frekwencja w Gnieźnie": ("300301", "frekwencja"),
    "matura w Ostrołęce": ("1461", "matur"),
    "zdawalność matury w powiecie radomskim": ("1425", "matur"),
    "biblioteki Sopot": ("2264", "czyteln"),
    "ceny mieszkań w Zakopanem": ("121701", "mediana-ceny-mieszkania"),
    "mieszkania komunalne w Łodzi": ("1061", "komunaln"),
    "egzamin ósmoklasisty matematyka Tychy": ("2477", "egzamin-osmoklasisty-matematyka"),
    "ile czeka się na prawo jazdy w Kielcach": ("2661", "czas-wydania-prawa-jazdy"),
    "jak długo czeka się na pozwolenie na budowę w Gdańsku": ("2261", "czas-rozpatrzenia"),
    "smog w Krakowie": ("1261", "zrodl"),
    "urodzenia w Suwałkach": ("2063", "urodzenia"),
    "dochody na mieszkańca Kleszczów": ("100104", "dochody"),
    "podatek od nieruchomości w Gdyni": ("2262", "podatek-od-nieruchomosci"),
    "przemoc domowa w Rzeszowie": ("1863", "przemoc"),
    "rodziny zastępcze w powiecie kłodzkim": ("0208", "piecz"),
    "plac zabaw w Mielcu": ("181101", "place-zabaw"),
    "woda w Górze": ("020401", "wod"),
    "ile wydaje urząd gminy Lesznowola": ("141803", "urzad-gminy"),
    "ludnosc wroclaw 2015": ("0264", "ludnosc"),
    "bezrobocie Wrocalw": ("0264", "bezrobo"),
    "unemployment in Kraków": ("1261", "bezrobo"),
    "how much does a kindergarten cost in Gdynia": ("2262", "wydatki-na-dziecko"),
    "przedszkola w gminie wiejskiej Bolesławiec": ("020102", "przedszkol"),
    "śmieci Bolesławiec wieruszowski": ("101801", "odpad"),
    "przedszkole": ("", "przedszkol"),
    "bezrobocie": ("", "bezrobo"),
    "basen": ("", "obiekt"),
    "kopciuchy": ("", "zrodl"),
    "gdzie jest największe bezrobocie": ("", "bezrobo"),
    "gdzie najwięcej zarabiają": ("", "wynagrodzenie"),
    "w której gminie jest najmniej śmieci": ("", "odpad"),
    "ranking powiatów bezrobocie": ("", "bezrobo"),
    "najniższe bezrobocie w mazowieckim": ("14", "bezrobo"),
    "gdzie jest najlepsza szkoła": ("", "egzamin"),
    "wynagrodzenia w Polsce": ("PL", "wynagrodzenie"),
    "Kraków": ("1261", ""),
    "krakow": ("1261", ""),
    "w krakowie": ("1261", ""),
    "powiat krakowski": ("1206", ""),
    "województwo opolskie": ("16", ""),
}
RANKINGS = {
    "gdzie jest największe bezrobocie": "highest",
    "w której gminie najmniej śmieci": "lowest",
    "najtańsze przedszkola": "lowest",
    "najlepsze szkoły": "best",
    "where is unemployment highest": "highest",
    "bezrobocie w Gdyni": None,
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_understood(release: Release, text: str) -> None:
    code, wanted = QUESTIONS[text]
    found = understand(release, text)
    assert [unit.code for unit in found.units][:1] == ([code] if code else [])
    first = [one.id for one in found.indicators[:1]]
    assert (wanted in first[0]) if wanted else not first


@pytest.mark.parametrize(("text", "ranking"), RANKINGS.items())
def test_an_order_is_heard(release: Release, text: str, ranking: str | None) -> None:
    assert understand(release, text).ranking == ranking


def test_two_units_are_compared(release: Release) -> None:
    for text in ("porównaj Płock i Włocławek", "Płock czy Włocławek?", "plock wloclawek"):
        found = understand(release, text)
        assert {unit.code for unit in found.units} == {"1462", "0464"}
        assert found.compare


def test_everyday_words_lead_to_what_the_catalogue_has(release: Release) -> None:
    catalogue = release.catalogue
    for topic in everyday().topics:
        assert set(topic.indicators) <= set(catalogue.indicators), topic.words
        assert set(topic.services) <= set(catalogue.services), topic.words
        assert all(word == word.lower() and word.isascii() for word in topic.words)


@given(st.text(max_size=120))
def test_any_text_is_borne(release: Release, text: str) -> None:
    understand(release, text)


def test_a_question_takes_milliseconds(release: Release) -> None:
    """Not a measurement: a guard against looking through everything for every question."""
    understand(release, "bezrobocie w Gdyni")
    start = time.process_time()
    for text in QUESTIONS:
        understand(release, text)
    assert (time.process_time() - start) / len(QUESTIONS) < 0.1


def suggestions(client: Client, text: str, lang: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{lang}/szukaj/podpowiedzi.json", {"q": text})
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.json()["suggestions"]
    return found


def test_the_first_suggestion_is_the_answer(client: Client, release: Release) -> None:
    first = suggestions(client, "ilu mieszkańców ma Hel")[0]
    year, value, _, _ = [c for c in release.series("ludnosc", "221101") if c[1] is not None][-1]
    assert first["kind"] == "answer"
    assert first["href"] == "/jst/221101/wskaznik/ludnosc"
    assert re.sub(r"[^0-9(]", "", first["value"]) == f"{value:.0f}({year}"


def test_an_answer_that_waits_for_data_says_who_is_to_supply_it(client: Client) -> None:
    first = suggestions(client, "ile kosztuje przedszkole w Gdyni")[0]
    assert first["value"] == "Czeka na dane"
    assert "Ministerstwo" in first["note"]
    english = suggestions(client, "ile kosztuje przedszkole w Gdyni", "/en")[0]
    assert english["value"] == "Waits for data"
    assert english["href"].startswith("/en/jst/2262/")


def test_the_highest_unemployment_is_that_of_the_release(client: Client, release: Release) -> None:
    html = client.get("/szukaj", {"q": "największe bezrobocie powiaty"}).content.decode()
    year = max(y for y in release.years_of("bezrobotni-na-1000-mieszkancow"))
    panel = release.indicators
    values = {
        unit.code: panel.cell("bezrobotni-na-1000-mieszkancow", year, unit.code)[0]
        for unit in release.territory
        if unit.kind.value in ("powiat", "miasto-na-prawach-powiatu")
    }
    highest = max((v, code) for code, v in values.items() if v is not None)[1]
    answer = html[html.index('class="answer"') : html.index("</section>")]
    assert answer.index(f"/jst/{highest}/wskaznik/") < answer.index("</tr>")


def test_a_comparison_leads_to_the_page_of_both(client: Client) -> None:
    first = suggestions(client, "porównaj Płock i Włocławek")[0]
    assert first["href"].startswith("/porownaj?jst=1462%2C0464")


def test_units_of_one_name_are_all_offered(client: Client) -> None:
    html = client.get("/szukaj?q=boleslawiec").content.decode()
    for code in ("020101", "020102", "101801"):
        assert f'href="/jst/{code}"' in html


def test_a_beginning_of_a_name_is_enough(client: Client) -> None:
    assert suggestions(client, "gdy")[0]["href"] == "/jst/2262"

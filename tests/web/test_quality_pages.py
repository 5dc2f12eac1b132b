"""The pages on the quality of the data, and the mark of a corrected figure."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test.client import Client

from smup.quality import CODES
from smup.store.releases import Release
from tests.build.test_mending import built
from tests.web.pages import words


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture(scope="module")
def noted(release: Release) -> list[dict[str, str]]:
    with (release.folder / "public" / "findings.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_kind_of_the_release_is_counted(client: Client, noted: list[dict[str, str]]) -> None:
    told = words(read(client, "/jakosc")).replace("\xa0", "").replace("\u202f", "")
    for code, count in Counter(one["code"] for one in noted).items():
        name = CODES[code].meaning.pl.removesuffix(".")
        assert name in told
        rest = told.split(name, 1)[1]
        assert str(count) in rest.split(" ")[:8]


def test_harmless_findings_are_listed_only_when_asked_for(
    client: Client, noted: list[dict[str, str]]
) -> None:
    grave = sum(one["severity"] != "info" for one in noted)
    assert f"{grave} uwag" in words(read(client, "/jakosc"))
    every = words(read(client, "/jakosc?waga=wszystkie")).replace("\xa0", "")
    assert f"{len(noted)} uwag" in every


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_conditions_narrow_the_list(
    client: Client, noted: list[dict[str, str]], prefix: str
) -> None:
    unit = next(one["unit"] for one in noted if one["code"] == "samotne-zero")
    count = sum(one["unit"] == unit and one["severity"] != "info" for one in noted)
    told = words(read(client, f"{prefix}/jakosc?jst={unit}&stan=open"))
    assert f"{count} uwag" in told or f"{count} finding" in told
    none = read(client, f"{prefix}/jakosc?stan=explained")
    assert ("Żadna uwaga nie" if not prefix else "No finding meets") in none


def test_pages_follow_one_another(client: Client) -> None:
    first = read(client, "/jakosc?waga=warning")
    assert "Strona 1 z" in first
    second = read(client, "/jakosc?waga=warning&strona=2")
    assert "Strona 2 z" in second
    assert first != second
    assert "Strona 1 z" in read(client, "/jakosc?waga=warning&strona=x")
    last = read(client, "/jakosc?waga=warning&strona=99999")
    assert 'rel="next"' not in last


@pytest.mark.parametrize("code", list(CODES))
@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_code_has_a_page_that_explains_it(client: Client, code: str, lang: str) -> None:
    told = words(read(client, f"{'/en' if lang == 'en' else ''}/jakosc/{code}"))
    for text in (CODES[code].why, CODES[code].do):
        assert getattr(text, lang) in told


def test_the_reasons_of_the_rules_stand_with_the_code(client: Client, release: Release) -> None:
    told = words(read(client, "/en/jakosc/niezgodna-suma"))
    for rule in release.catalogue.quality.total.values():
        assert rule.why.en in told


@pytest.mark.parametrize(
    "asked", ["/jakosc?jst=nie-ma", "/jakosc?waga=%3Cb%3E&zrodlo=x&stan=y", "/jakosc?jst=%00"]
)
def test_conditions_that_make_no_sense_do_no_harm(client: Client, asked: str) -> None:
    html = read(client, asked)
    assert "<b>" not in html


def test_an_unknown_code_gets_near_ones(client: Client) -> None:
    told = words(read(client, "/jakosc/skok-wartosc", 404))
    assert CODES["skok-wartosci"].meaning.pl.removesuffix(".") in told


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrected")
    built(folder)
    return folder / "home"


@pytest.fixture
def mended(home: Path, corrected: Path) -> Iterator[None]:
    """A store whose release has a correction in the place of the site's."""
    from smup.web.config import current, paths

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMUP_HOME", str(corrected))
        paths.paths.cache_clear()
        current.releases.cache_clear()
        yield
    paths.paths.cache_clear()
    current.releases.cache_clear()


@pytest.mark.usefixtures("mended")
def test_a_corrected_figure_says_so_and_why(client: Client) -> None:
    told = words(read(client, "/jst/020101/wskaznik/ludnosc/liczba?rok=2022"))
    assert "po poprawce danych źródłowych" in told
    assert "źródło podało 110\xa0os., wydanie podaje 120\xa0os. – Błąd w druku." in told
    english = words(read(client, "/en/jst/020101/wskaznik/ludnosc/liczba?rok=2022"))
    assert "A misprint." in english
    listed = words(read(client, "/jakosc?waga=info"))
    assert "110 zastąpiono przez 120" in listed


@pytest.mark.usefixtures("mended")
def test_the_api_traces_a_correction(client: Client) -> None:
    answer = client.get("/api/v1/trace?indicator=ludnosc&unit=020101&year=2022").json()
    (people,) = answer["inputs"]
    assert people["correction"]["becomes"] == {"value": 120.0}
    assert people["flags"] == ["corrected"]

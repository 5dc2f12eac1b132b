"""Addresses worth testing as a set, one of every kind of page; and the words of a page."""

import re
from html import unescape

MAIN = (
    "/",
    "/szukaj",
    "/szukaj?q=boleslawiec",
    "/jst/PL",
    "/jst/02",
    "/jst/0201",
    "/jst/0201G",
    "/jst/020101",
    "/jst/1465",
    "/jst/1465?rola=powiat",
    "/jst/320304",
    "/jst/120713",
    "/jst/1465/usluga/szkoly-podstawowe",
    "/jst/020101/usluga/szkoly-podstawowe?granica=tak",
    "/porownaj",
    "/porownaj?jst=020101,020102,1465&obszar=kontekst",
    "/jst/1465/wskaznik/ludnosc",
    "/jst/1465/zmiany",
    "/jst/120713/zmiany?od=2020",
    "/jst/020101/wskaznik/urodzenia-na-1000",
    "/jst/120713/wskaznik/ludnosc",
    "/obszar/edukacja",
    "/obszar/kultura-i-rekreacja",
    "/usluga/szkoly-podstawowe",
    "/usluga/biblioteki",
    "/wskaznik/ludnosc",
    "/wskaznik/ludnosc?poziom=powiat&rok=2010",
    "/wskaznik/saldo-migracji-na-1000?mapa=kafelki",
    "/analizy",
    "/raporty",
    "/raporty?rodzaj=state&jst=020101",
    "/raporty?rodzaj=service&jst=1465&usluga=szkoly-podstawowe",
    "/analizy?wskaznik=ludnosc&jst=1465,1261&lata=wszystkie&obraz=linia",
    "/pliki",
    "/metodologia",
    "/metodologia/slownik",
    "/metodologia/usluga/szkoly-podstawowe",
    "/metodologia/wskaznik/ludnosc",
    "/metodologia/wskaznik/gestosc-zaludnienia",
    "/pokrycie",
    "/jakosc",
    "/jakosc?waga=wszystkie&strona=2",
    "/jakosc/skok-wartosci",
    "/wydania",
    "/api",
    "/api/opis",
    "/api/jak-podlaczyc",
    "/deklaracja-dostepnosci",
    "/prywatnosc",
    "/o-serwisie",
    "/mapa-strony",
    "/szukaj?q=ile+kosztuje+przedszkole+w+Gdyni",
    "/szukaj?q=najwi%C4%99ksze+bezrobocie",
)


def in_english(address: str) -> str:
    return "/en" + address


def words(html: str) -> str:
    """The text of a page with single spaces (U+00A0 kept)."""
    return re.sub(r"[ \n\t]+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def words_beside_pictures(html: str) -> str:
    """The same without charts and maps, every space alike."""
    without = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", words(without))

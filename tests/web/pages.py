"""Addresses worth testing as a set: one of every kind of page, and units with a story."""

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
    "/metodologia",
    "/metodologia/slownik",
    "/metodologia/usluga/szkoly-podstawowe",
    "/metodologia/wskaznik/ludnosc",
    "/metodologia/wskaznik/gestosc-zaludnienia",
    "/pokrycie",
    "/wydania",
    "/api",
    "/deklaracja-dostepnosci",
    "/prywatnosc",
)


def in_english(address: str) -> str:
    return "/en" + address

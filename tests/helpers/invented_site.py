"""The addresses of every kind of page, on the tiny invented country."""

from pathlib import Path

from smup.demo import build_demo
from tests.helpers.invented import variable, write_invented

PAGES = (
    "/",
    "/szukaj?q=boleslawiec",
    "/szukaj?q=qqqq",
    "/jst/PL",
    "/jst/0261",
    "/jst/020101",
    "/jst/020101/wskaznik/ludnosc",
    "/jst/020101/zmiany",
    "/obszar/kontekst",
    "/wskaznik/ludnosc",
    "/wskaznik/gestosc?poziom=gmina",
    "/pokrycie",
    "/wydania",
    "/metodologia",
    "/metodologia/calosc",
    "/metodologia/slownik",
    "/metodologia/wskaznik/ludnosc",
    "/api",
    "/deklaracja-dostepnosci",
    "/prywatnosc",
    "/jst/9999",
    "/wskaznik/nie-ma",
    "/nie-ma",
)


def invented_site(folder: Path) -> tuple[Path, Path]:
    """(root, home) of a tiny repository and a store with its invented figures."""
    profile = "dzieci: {of: ludnosc, rate: 0.2, at_most: 1.0, whole: true}\n"
    root = write_invented(folder / "root", variable("dzieci"), profile)
    build_demo(root, folder / "home")
    return root, folder / "home"

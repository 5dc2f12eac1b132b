"""Addresses of pages in one language; the only place that knows how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from smup.language import Lang


@dataclass(frozen=True)
class Addresses:
    lang: Lang

    @property
    def prefix(self) -> str:
        return "" if self.lang == "pl" else "/en"

    def page(self, path: str = "/", **query: object) -> str:
        """``path`` with the language prefix and the parameters that are set."""
        asked = {key: value for key, value in query.items() if value not in (None, "")}
        return f"{self.prefix}{path}" + (f"?{urlencode(asked)}" if asked else "")

    def unit(self, code: str, **query: object) -> str:
        return self.page(f"/jst/{code}", **query)

    def unit_service(self, code: str, service: str, **query: object) -> str:
        return self.page(f"/jst/{code}/usluga/{service}", **query)

    def unit_indicator(self, code: str, indicator: str, **query: object) -> str:
        return self.page(f"/jst/{code}/wskaznik/{indicator}", **query)

    def unit_number(self, code: str, indicator: str, **query: object) -> str:
        return self.page(f"/jst/{code}/wskaznik/{indicator}/liczba", **query)

    def unit_data(self, code: str, form: str) -> str:
        return self.page(f"/jst/{code}/dane.{form}")

    def compare(self, codes: Sequence[str] = (), **query: object) -> str:
        """``/porownaj``; commas between codes stay commas, so that the address can be read."""
        return self.page("/porownaj", jst=",".join(codes), **query).replace("%2C", ",")

    def number(self, code: str, indicator: str, year: int | None = None) -> str:
        """The calculation of one number."""
        return self.page(f"/jst/{code}/wskaznik/{indicator}/liczba", rok=year)

    def unit_changes(self, code: str, **query: object) -> str:
        return self.page(f"/jst/{code}/zmiany", **query)

    def unit_peers(self, code: str, **query: object) -> str:
        return self.page(f"/jst/{code}/podobne", **query)

    def indicator(self, indicator: str, **query: object) -> str:
        return self.page(f"/wskaznik/{indicator}", **query)

    def area(self, area: str) -> str:
        return self.page(f"/obszar/{area}")

    def service(self, service: str) -> str:
        return self.page(f"/usluga/{service}")

    def group(self, group: str) -> str:
        return self.page(f"/grupa/{group}")


def in_other_language(path: str, query: str) -> str:
    """The same page in the other language."""
    other = path.removeprefix("/en") or "/" if is_english(path) else f"/en{path}"
    return f"{other}?{query}" if query else other


def is_english(path: str) -> bool:
    return path == "/en" or path.startswith("/en/")

"""Reading parameters: aliases and lists accepted, anything unknown refused with what is near."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from smup.catalogue import Indicator
from smup.store.releases import Release
from smup.territory import Unit
from smup.territory.search import search, suggest
from smup.web.open.problems import Problem

_DIGITS = re.compile(r"\d{1,12}", re.ASCII)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def only(*allowed: str) -> Callable[[View], View]:
    """Refuse a request with a parameter that is not one of ``allowed``, or with one given twice."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
            refuse_others(request, allowed)
            for name, values in request.GET.lists():
                refuse_several(name, values)
            return view(request, *args, **more)

        return checked  # type: ignore[return-value]  # wraps keeps the signature ninja reads

    return decorate


def refuse_others(request: HttpRequest, allowed: Sequence[str]) -> None:
    """Raises Problem 400 for a parameter that is not one of ``allowed``, with those near it."""
    for name in request.GET:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=3, cutoff=0.4)
            known = ", ".join(allowed) or "brak"
            detail = f"Nieznany parametr „{name[:40]}”. Dozwolone: {known}."
            raise Problem(400, detail, name[:40], near or allowed)


def refuse_several(name: str, values: Sequence[str]) -> None:
    """Raises Problem 400 for a parameter with more than one value."""
    if len(values) > 1:
        detail = f"Parametr „{name}” podano kilka razy; rozdziel wartości przecinkami."
        raise Problem(400, detail, name)


def the_unit(release: Release, code: str, parameter: str) -> Unit:
    """The unit of a code or alias. Raises Problem 404."""
    found = release.territory.get(code) or release.territory.get(code.upper())
    if found is not None:
        return found
    near = [hit.unit for hit in search(release.territory, code, limit=5)]
    near = near or suggest(release.territory, code)
    names = [u.code for u in near] or difflib.get_close_matches(
        code, list(release.territory.units), n=5, cutoff=0.7
    )
    raise Problem(404, f"Nie ma jednostki o kodzie „{code[:80]}”.", parameter, names)


def the_indicator(release: Release, name: str, parameter: str) -> Indicator:
    """An indicator that is not a draft, also under a former id. Raises Problem 404."""
    catalogue = release.catalogue
    found = catalogue.indicators.get(name) or catalogue.indicators.get(
        catalogue.renamed.get(name, "")
    )
    if found is not None and found.is_shown:
        return found
    known = [one.id for one in catalogue.shown]
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.4)
    raise Problem(404, f"Nie ma wskaźnika „{name[:80]}”.", parameter, near)


def items(text: str) -> list[str]:
    """Values between commas, each once, in the order given."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def required(text: str | None, parameter: str) -> str:
    if not text:
        raise Problem(400, f"Podaj parametr „{parameter}”.", parameter)
    return text


def whole_number(text: str, parameter: str, *, least: int = 1, most: int = 10**9) -> int:
    """Digits as a number from ``least`` to ``most``. Raises Problem 400."""
    if not _DIGITS.fullmatch(text) or not least <= int(text) <= most:
        detail = f"„{text[:20]}” – podaj liczbę całkowitą od {least} do {most}."
        raise Problem(400, detail, parameter)
    return int(text)


def one_of(text: str, allowed: Iterable[str], parameter: str) -> str:
    known = list(allowed)
    if text not in known:
        raise Problem(400, f"„{text[:40]}” – dozwolone: {', '.join(known)}.", parameter, known)
    return text

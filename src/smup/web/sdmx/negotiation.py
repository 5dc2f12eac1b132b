"""In which encoding and language an answer goes out: ``format=`` and ``lang=``, else the headers.

The names of ``format`` are ours; those other services of SDMX have used are understood too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.http.request import MediaType
from django.utils.translation.trans_real import parse_accept_lang_header

from smup.formats.sdmx.data_csv import Labels
from smup.language import Lang
from smup.web.open.answers import language
from smup.web.open.parameters import one_of
from smup.web.open.problems import Problem

Api = Literal["2.1", "3.0"]
Name = Literal["generic", "genericts", "specific", "specificts", "csv1", "csv2", "json", "xml"]


@dataclass(frozen=True)
class Format:
    """``media`` is the type without parameters, ``version`` the one of the encoding."""

    name: Name
    media: str
    version: str

    @property
    def content_type(self) -> str:
        return f"{self.media};version={self.version}"


_PROBLEM = "problem+json"  # how a refusal is to be told
_VND = "application/vnd.sdmx"
_DATA = (
    Format("generic", f"{_VND}.genericdata+xml", "2.1"),
    Format("specific", f"{_VND}.structurespecificdata+xml", "2.1"),
    Format("genericts", f"{_VND}.generictimeseriesdata+xml", "2.1"),
    Format("specificts", f"{_VND}.structurespecifictimeseriesdata+xml", "2.1"),
    Format("csv1", f"{_VND}.data+csv", "1.0.0"),
    Format("csv2", f"{_VND}.data+csv", "2.0.0"),
    Format("json", f"{_VND}.data+json", "2.0.0"),
)
_STRUCTURE = (
    Format("xml", f"{_VND}.structure+xml", "2.1"),
    Format("json", f"{_VND}.structure+json", "2.0.0"),
)
_ALIASES: Mapping[str, Name] = {
    "genericdata": "generic",
    "structurespecificdata": "specific",
    "generictimeseriesdata": "genericts",
    "structurespecifictimeseriesdata": "specificts",
    "sdmx_2.1_generic": "generic",
    "sdmx_2.1_structured": "specific",
    "sdmx-json": "json",
    "jsondata": "json",
    "structure": "xml",
}
# What stands for a whole family, by the version of the interface
_FAMILIES: Mapping[Api, Mapping[str, Name]] = {
    "2.1": {"csv": "csv1", "xml": "generic", "json": "json"},
    "3.0": {"csv": "csv2", "xml": "specific", "json": "json"},
}
_PLAIN = {
    "text/csv": "csv",
    "application/csv": "csv",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/json": "json",
}
_LABELS: Mapping[str, tuple[Labels, ...]] = {
    "csv1": ("id", "both"),
    "csv2": ("id", "name", "both"),
}


@dataclass(frozen=True)
class Form:
    """How an answer is written."""

    format: Format
    lang: Lang
    labels: Labels = "id"


def data_form(request: HttpRequest, api: Api) -> Form:
    """Raises Problem 400 for an unknown ``format``, 406 where no type of ``Accept`` is known."""
    families = _FAMILIES[api]
    default: Name = "generic" if api == "2.1" else "json"
    chosen, accepted = _chosen(request, _DATA, families, default)
    return Form(chosen, lang_of(request), _labels(request, chosen, accepted))


def structure_form(request: HttpRequest, api: Api) -> Form:
    """The same for structures, which are XML or JSON."""
    families: Mapping[str, Name] = {"xml": "xml", "json": "json"}
    chosen, _ = _chosen(request, _STRUCTURE, families, "xml" if api == "2.1" else "json")
    return Form(chosen, lang_of(request))


def lang_of(request: HttpRequest) -> Lang:
    """``lang=``, else the first known language of ``Accept-Language``, else Polish."""
    if asked := request.GET.get("lang", ""):
        return language(asked)
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag[:2] in ("pl", "en"):
            return "pl" if tag[:2] == "pl" else "en"
    return "pl"


def _chosen(
    request: HttpRequest,
    known: tuple[Format, ...],
    families: Mapping[str, Name],
    default: Name,
) -> tuple[Format, MediaType | None]:
    by_name = {one.name: one for one in known}
    if asked := request.GET.get("format", ""):
        name = asked.lower()
        name = families.get(name.removeprefix("sdmx-"), _ALIASES.get(name, name))
        allowed = dict.fromkeys([*families, *by_name])
        found = next((one for one in known if one.name == name), None)
        if found is None:
            one_of(asked, allowed, "format")
            raise Problem(400, f"Nieznany format „{asked[:40]}”.", "format", list(allowed))
        return found, None
    for accepted in request.accepted_types:
        for name in _names(accepted, known, families, default):
            return by_name[name], accepted
    if not [one for one in request.accepted_types if one.sub_type != _PROBLEM]:
        return by_name[default], None  # only the form of refusals was named
    types = [one.content_type for one in known]
    raise Problem(406, "Żaden z typów w nagłówku Accept nie jest obsługiwany.", "Accept", types)


def _names(
    accepted: MediaType, known: tuple[Format, ...], families: Mapping[str, Name], default: Name
) -> Iterator[Name]:
    """The encodings that one type of ``Accept`` stands for, best first."""
    media = f"{accepted.main_type}/{accepted.sub_type}"
    if media in ("*/*", "application/*"):
        yield default
    elif media == "text/*":
        yield families.get("csv", default)
    elif media in _PLAIN and _PLAIN[media] in families:
        yield families[_PLAIN[media]]
    version = accepted.params.get("version", "")
    fitting = [one.name for one in known if one.media == media and version in ("", one.version)]
    if not version and len(fitting) > 1:  # two versions of one type
        fitting = [name for name in fitting if name in families.values()]
    yield from fitting


def _labels(request: HttpRequest, chosen: Format, accepted: MediaType | None) -> Labels:
    """``labels=`` of the address, else the parameter of the type asked for."""
    if chosen.name not in _LABELS:
        return "id"
    in_type = accepted.params.get("labels", "") if accepted else ""
    asked = request.GET.get("labels", "") or in_type or "id"
    allowed = _LABELS[chosen.name]
    one_of(asked, allowed, "labels")
    return next(one for one in allowed if one == asked)

"""Reports offered beside what a page shows: files at one click, and the form to change them."""

from collections.abc import Sequence
from dataclasses import dataclass

from smup.language import Lang
from smup.reports.definition import Kind
from smup.reports.kind import plan_of
from smup.telling.strings import strings
from smup.territory import Level, Unit
from smup.web.portal.reports.wanted import PATH, Wanted, written_for

FORMS = ("pdf", "docx")


@dataclass(frozen=True)
class Offer:
    """``files`` are (format, address); ``own`` is the form in which the report can be changed."""

    name: str
    files: tuple[tuple[str, str], ...]
    own: str


def offer(wanted: Wanted, words: str) -> Offer:
    """A report as it usually is, in the formats most people take."""
    t = strings(wanted.lang)
    files = tuple((t[f"report_form_{form}"], file_of(wanted, form)) for form in FORMS)
    return Offer(strings(wanted.lang)[words], files, wanted.href())


def file_of(wanted: Wanted, form: str) -> str:
    """The address of a file of the report as it usually is."""
    return wanted.href(f"{PATH}/plik.{form}")


def of_unit(unit: Unit, role: Level | None, lang: Lang) -> list[Offer]:
    """Profile and full report of a unit; none of the country and of statistical regions."""
    return [
        offer(Wanted(kind, (unit,), "", role, lang), f"report_quick_{kind.value}")
        for kind in (Kind.PROFILE, Kind.UNIT)
        if written_for(unit, kind)
    ]


def papers_of(unit: Unit, lang: Lang) -> str:
    """The page of all kinds written for such a unit; "" where the law asks no paper of it."""
    asked = any(plan_of(kind).duty and written_for(unit, kind) for kind in Kind)
    return Wanted(None, (unit,), "", None, lang).href() if asked else ""


def of_service(unit: Unit, service: str, role: Level | None, lang: Lang) -> list[Offer]:
    if not written_for(unit, Kind.SERVICE):
        return []
    return [offer(Wanted(Kind.SERVICE, (unit,), service, role, lang), "report_quick_service")]


def of_comparison(units: Sequence[Unit], lang: Lang) -> list[Offer]:
    """Of at least two units for which there are reports."""
    if len(units) < 2 or not all(written_for(unit, Kind.COMPARISON) for unit in units):
        return []
    wanted = Wanted(Kind.COMPARISON, tuple(units), "", None, lang)
    return [offer(wanted, "report_quick_comparison")]


def of_indicator(indicator: str, lang: Lang) -> str:
    """The form in which a województwo is chosen."""
    return Wanted(Kind.INDICATOR, (), indicator, None, lang).href()

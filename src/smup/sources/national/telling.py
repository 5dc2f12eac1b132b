"""The cross-check told to people: a finding an indicator, and every difference as a table."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smup.catalogue import Catalogue
from smup.language import plural
from smup.language.numbers import format_number
from smup.quality import Finding, finding
from smup.sources.national.asking import ID
from smup.sources.national.crosscheck import (
    DIFFERS,
    ONLY_OURS,
    Crosscheck,
    Difference,
    crosscheck,
)
from smup.sources.national.published import FOLDER, put, read
from smup.store.release import Release
from smup.store.tidy import number_text
from smup.territory import Territory

FILE = "smup-differences.csv"
EXAMPLES = 3
COLUMNS = (
    *("what", "indicator", "national", "unit", "name", "year", "theirs", "ours"),
    *("difference", "precision", "theirs_status", "ours_status"),
)


class NothingToCompare(ValueError):
    """There is nothing to hold the release against; one Polish sentence."""


@dataclass(frozen=True)
class Told:
    """What a cross-check ended in; ``file`` holds every difference."""

    check: Crosscheck
    findings: tuple[Finding, ...]
    file: Path


def check_release(home: Path, release: Release) -> Told:
    """Hold a release against what the national system publishes; writes the table of differences.

    Raises NothingToCompare before the first figures were fetched, and for invented figures.
    """
    if release.synthetic:
        raise NothingToCompare(
            f"Wydanie {release.id} ma liczby zmyślone; z krajowymi porównuje się tylko prawdziwe."
        )
    published = read(home)
    if published is None:
        raise NothingToCompare(
            "Nie ma jeszcze wartości krajowych – pobierz je poleceniem `smup sync smup`."
        )
    check = crosscheck(published, release.indicators, release.catalogue, release.territory)
    path = home / FOLDER / FILE
    put(path, differences_bytes(check.differences, release.territory))
    told = tuple(findings(check, release.catalogue, release.territory))
    return Told(check, told, path)


def differences_bytes(differences: Iterable[Difference], territory: Territory) -> bytes:
    """Every difference as a row of CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in differences:
        size = number_text(round(one.size, 12)) if one.code == DIFFERS else ""
        writer.writerow(
            (
                *(one.code, one.indicator, one.national or "", one.unit),
                *(_name(one.unit, territory), one.year, _text(one.theirs), _text(one.ours)),
                *(size, "" if one.precision is None else one.precision),
                *(one.theirs_status, one.ours_status),
            )
        )
    return text.getvalue().encode()


def findings(check: Crosscheck, catalogue: Catalogue, territory: Territory) -> list[Finding]:
    """At most one finding of each code for an indicator, however many cells it speaks of."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for one in check.differences:
        groups.setdefault((one.code, one.indicator), []).append(one)
    found = []
    for (code, indicator), group in groups.items():
        first = max(group, key=lambda one: one.size)
        detail = _differing if code == DIFFERS else _one_sided
        text = f"{catalogue.indicators[indicator].name.pl}: " + detail(
            group, check.compared[indicator].both, territory
        )
        file = f"{FOLDER}/{FILE}"
        found.append(finding(code, ID, file, text, unit=first.unit, year=first.year))
    return found


def _differing(group: Sequence[Difference], both: int, territory: Territory) -> str:
    largest = sorted(group, key=lambda one: -one.size)[:EXAMPLES]
    shown = "; ".join(_shown(one, territory) for one in largest)
    count = len(group)
    return (
        f"{count} z {both} porównanych wartości "
        f"{plural(count, 'różni się', 'różnią się', 'różni się')} o więcej niż zaokrąglenie; "
        f"największa różnica {_said(largest[0].size)}. {shown}"
    )


def _one_sided(group: Sequence[Difference], both: int, territory: Territory) -> str:
    count, one = len(group), group[0]
    ours = one.code == ONLY_OURS
    where = "u nas" if ours else "w krajowym systemie"
    values = plural(count, "wartość jest", "wartości są", "wartości jest")
    reasons = sorted({(it.theirs_status if ours else it.ours_status) or "brak" for it in group})
    example = f"{_name(one.unit, territory)} ({one.unit}) w {one.year}"
    return (
        f"{count} {values} tylko {where} (obie strony mają {both}); powody braku po drugiej "
        f"stronie: {', '.join(reasons)}; np. {example}"
    )


def _shown(one: Difference, territory: Territory) -> str:
    return (
        f"{_name(one.unit, territory)} ({one.unit}) w {one.year}: "
        f"krajowa {_said(one.theirs)}, nasza {_said(one.ours)}"
    )


def _said(value: float | None) -> str:
    """With as many decimal places as the number has, at most six."""
    if value is None:
        return "brak"
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return format_number(value, len(text.partition(".")[2]))


def _text(value: float | None) -> str:
    return "" if value is None else number_text(value)


def _name(code: str, territory: Territory) -> str:
    unit = territory.units.get(code)
    return unit.name if unit else ""

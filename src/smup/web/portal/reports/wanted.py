"""Whom and what a report is to be about, as an address says it: ``rodzaj``, ``jst``, ``usluga``,
``obszar``, ``wskaznik``, ``rola``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from smup.language import Lang
from smup.reports.definition import MOST_UNITS, Definition, Kind
from smup.reports.kind import plan_of
from smup.store.releases import Release
from smup.telling.addresses import Addresses
from smup.telling.strings import strings
from smup.territory import Level, Unit
from smup.web.config.paths import paths
from smup.web.portal.reading import NothingHere
from smup.web.reporting.kept import Definitions

PATH = "/raporty"
LONGEST = 400  # characters of a list of codes looked at
SUBJECTS = {Kind.SERVICE: "usluga", Kind.AREA: "obszar", Kind.INDICATOR: "wskaznik"}
FIELDS = {"usluga": "service", "obszar": "area", "wskaznik": "indicator"}


@dataclass(frozen=True)
class Wanted:
    """As far as it exists; ``notices`` say what was left out. ``subject`` is the id of the service,
    area or indicator where the kind asks for one."""

    kind: Kind | None
    units: tuple[Unit, ...]
    subject: str
    role: Level | None
    lang: Lang
    notices: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        return MOST_UNITS if self.kind is Kind.COMPARISON else 1

    @property
    def whole(self) -> bool:
        """Is it known what the report is about?"""
        least = 2 if self.kind is Kind.COMPARISON else 1
        told = self.kind not in SUBJECTS or bool(self.subject)
        return self.kind is not None and len(self.units) >= least and told

    def definition(self) -> Definition:
        """The report with everything else as usual. Only of what is ``whole``."""
        assert self.kind is not None
        about = {FIELDS[SUBJECTS[self.kind]]: self.subject} if self.kind in SUBJECTS else {}
        codes = [unit.code for unit in self.units]
        told = {"kind": self.kind, "units": codes, "lang": self.lang, "role": self.role}
        return Definition.model_validate(told | about)

    def query(self) -> dict[str, str]:
        """The parameters that say the same."""
        told = {
            "rodzaj": self.kind.value if self.kind else "",
            "jst": ",".join(unit.code for unit in self.units),
            SUBJECTS.get(self.kind, "") if self.kind else "": self.subject,
            "rola": self.role.value if self.role else "",
        }
        return {key: value for key, value in told.items() if key and value}

    def href(self, path: str = PATH, **more: str) -> str:
        """An address that says the same; commas between codes stay commas."""
        return Addresses(self.lang).page(path, **self.query(), **more).replace("%2C", ",")

    def of(self, units: Sequence[Unit]) -> Self:
        return replace(self, units=tuple(units))


def wanted(given: Mapping[str, str], release: Release, lang: Lang) -> Wanted:
    """What the parameters ask for; unknown kinds, codes and subjects are passed over, the latter
    two with a word."""
    kind = next((one for one in Kind if one.value == given.get("rodzaj")), None)
    units, notices = _units(given.get("jst", ""), release, lang)
    most = MOST_UNITS if kind is Kind.COMPARISON else 1
    subject, unknown = _subject(given, kind, release, lang)
    levels = units[0].levels if units else ()
    role = next((one for one in levels if one.value == given.get("rola")), None)
    return Wanted(
        kind,
        tuple(units[:most]),
        subject,
        role if len(levels) > 1 else None,
        lang,
        (*notices, *unknown),
    )


def wanted_of(definition: Definition, release: Release, lang: Lang) -> Wanted:
    """What a definition is about, as far as the release has it."""
    given = {
        "rodzaj": definition.kind.value,
        "jst": ",".join(definition.units),
        "rola": definition.role.value if definition.role else "",
        **{name: getattr(definition, field) for name, field in FIELDS.items()},
    }
    return wanted(given, release, lang)


def nobody(lang: Lang) -> Wanted:
    """Before anything was chosen."""
    return Wanted(None, (), "", None, lang)


def written_for(unit: Unit, kind: Kind) -> bool:
    """Are there reports of this kind about the unit? None of the country and of regions."""
    levels = {level.value for level in unit.levels}
    return unit.code[0].isdecimal() and bool(levels & set(plan_of(kind).units))


def the_definition(digest: str) -> Definition:
    """The saved definition of a digest. Raises NothingHere."""
    found = Definitions(paths().home).find(digest)
    if found is None:
        raise NothingHere("report", digest, [])
    return found


def _units(text: str, release: Release, lang: Lang) -> tuple[list[Unit], list[str]]:
    codes = [code.strip() for code in text[:LONGEST].split(",")]
    to = release.territory
    found = {code: to.get(code) or to.get(code.upper()) for code in codes if code}
    # of the country and of statistical regions there are no reports
    there = {code: unit for code, unit in found.items() if unit and unit.code[0].isdecimal()}
    unknown = [code[:20] for code in found if code not in there]
    words = strings(lang)["compare_unknown"].format(codes=", ".join(unknown[:5]))
    return list(dict.fromkeys(there.values())), [words] if unknown else []


def _subject(
    given: Mapping[str, str], kind: Kind | None, release: Release, lang: Lang
) -> tuple[str, list[str]]:
    if kind not in SUBJECTS:
        return "", []
    asked, catalogue = given.get(SUBJECTS[kind], "")[:80], release.catalogue
    known = {
        Kind.SERVICE: set(catalogue.services),
        Kind.AREA: set(catalogue.areas),
        Kind.INDICATOR: {one.id for one in catalogue.shown},
    }[kind]
    if kind is Kind.INDICATOR:
        asked = catalogue.renamed.get(asked, asked)
    if asked in known:
        return asked, []
    words = strings(lang)["report_builder_unknown"].format(asked=asked)
    return "", [words] if asked else []

"""The question of the explorer as an address says it: what to show, of whom, when and how.

A question is plain words and codes; ``reading`` has checked that they exist in the release.
"""

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from smup.language import Lang
from smup.telling.addresses import Addresses

UNITS, INDICATORS, YEARS = "jednostki", "wskazniki", "lata"
AXES = (UNITS, INDICATORS, YEARS)
TABLE = "tabela"
PICTURES = (
    TABLE,
    "linia",
    "slupki",
    "punkty",
    "rozklad",
    "rozrzut",
    "cwiartki",
    "mapa",
    "male",
)
MIXED = "rozne"  # the level of a list whose units of several levels are shown together
NEWEST, ALL_YEARS = "ostatnie-", "wszystkie"
DEFAULT_YEARS = "ostatnie-5"
WITHOUT_GAPS = "ukryj"
SIGNS = (">=", "<=", ">", "<", "=")
PATH = "/analizy"
Limits = tuple[int | None, int | None]


@dataclass(frozen=True)
class Condition:
    """Only units whose value of an indicator is so: ``gestosc-zaludnienia>100``."""

    indicator: str
    sign: str
    limit: float

    def __str__(self) -> str:
        return f"{self.indicator}{self.sign}{self.limit:.12g}"


@dataclass(frozen=True)
class Question:
    """``units`` are always shown. Beside them stand the sets ``group`` to ``around`` put together,
    or all units of ``level`` where no set is named, as far as they meet every rule (``inside`` to
    ``conditions``); an empty ``level`` is the one that suits best."""

    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    group: str = ""
    alike: str = ""
    around: str = ""
    inside: str = ""
    voivodeships: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    population: Limits | None = None
    conditions: tuple[Condition, ...] = ()
    level: str = ""
    years: str = DEFAULT_YEARS
    rows: str = UNITS
    columns: str = INDICATORS
    picture: str = TABLE
    sort: str = ""
    filter: str = ""
    gaps: str = ""
    page: int = 1
    release: str = ""

    @property
    def has_sets(self) -> bool:
        return bool(self.group or self.alike or self.around)

    @property
    def has_rules(self) -> bool:
        return bool(
            self.inside or self.voivodeships or self.kinds or self.population or self.conditions
        )

    @property
    def says_whom(self) -> bool:
        return bool(self.units) or self.has_sets or self.has_rules or bool(self.level)

    def query(self) -> list[tuple[str, str]]:
        """The parameters of its address: what differs from the defaults, in a fixed order."""
        plain = Question()
        return [
            pair
            for field in fields(self)
            if getattr(self, field.name) != getattr(plain, field.name)
            for pair in _written(NAMES[field.name], getattr(self, field.name))
        ]

    def href(self, lang: Lang, path: str = PATH) -> str:
        """Its address; ``path`` is that of the page or of one of its files."""
        query = urlencode(self.query(), safe=",:")
        return Addresses(lang).page(path) + (f"?{query}" if query else "")


# Field -> parameter, in the order in which addresses are written.
NAMES = {
    "indicators": "wskaznik",
    "units": "jst",
    "group": "grupa",
    "alike": "podobne",
    "around": "sasiedzi",
    "inside": "w",
    "voivodeships": "woj",
    "kinds": "rodzaj",
    "population": "ludnosc",
    "conditions": "gdzie",
    "level": "poziom",
    "years": "lata",
    "rows": "wiersze",
    "columns": "kolumny",
    "picture": "obraz",
    "sort": "sort",
    "filter": "filtr",
    "gaps": "braki",
    "page": "strona",
    "release": "wydanie",
}


def _written(name: str, value: object) -> list[tuple[str, str]]:
    if name == "gdzie" and isinstance(value, tuple):
        return [(name, str(one)) for one in value]
    if name == "ludnosc" and isinstance(value, tuple):
        low, high = ("" if end is None else str(end) for end in value)
        return [(name, f"{low}-{high}")]
    if isinstance(value, tuple):
        return [(name, ",".join(value))]
    return [(name, str(value))]

"""What a request for values asks for: an Extract, its rows, and the form they are to have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest

from smup.compute.bridged_variables import Bridged
from smup.compute.evaluate import is_amount
from smup.formats.extract import Extract
from smup.formats.fields import FIELDS, FOR_PEOPLE, USUAL, Block, Told, blocks
from smup.language import Lang
from smup.panel import Panel
from smup.store.releases import Release
from smup.store.since import SINCE_NAMES, Since, deleted, since
from smup.territory.bridge import NoBorders, asked_borders
from smup.web.api.answering import SINCE
from smup.web.open.answers import language
from smup.web.open.parameters import items, one_of, required
from smup.web.open.problems import Problem
from smup.web.open.releasing import as_of, opened
from smup.web.open.selecting import ALL, spans, the_indicators, the_units

FORMATS = ("json", "rows", "ndjson", "json-stat", "csv", "xlsx", "parquet")
MOST_BRIDGED = 10  # indicators of one answer on other borders: each is worked out anew
_NAMES = {int(code): name for code, name in SINCE_NAMES.items()}


@dataclass(frozen=True)
class Asked:
    """A request understood. ``before`` is the release of which only differences are wanted; with
    ``every_item`` and ``every_unit`` also of what is no longer there to be named."""

    release: Release
    extract: Extract
    bridged: dict[str, Bridged]
    before: Release | None
    every_item: bool
    every_unit: bool
    fields: tuple[str, ...]
    form: str
    dialect: Lang | None
    codes: bool

    def rows(self) -> Iterator[Block]:
        """The rows, one indicator in memory at a time."""
        if self.before is None:
            return (self._with_shares(block) for block in blocks(self.extract))
        return self._changed(self.before)

    def _with_shares(self, block: Block) -> Block:
        if not self.extract.territory:
            return block
        bridged = self.bridged.get(block.item)
        years = block.spread(block.panel.years, "year")
        units = block.spread(block.panel.units, "unit")
        exact: dict[str, Told] = {"bridged": "exact", "share": None}
        told = [
            exact if bridged is None else bridged.told(block.item, year, unit)
            for year, unit in zip(years, units, strict=True)
        ]
        return replace(block, more={name: [one[name] for one in told] for name in exact})

    def _changed(self, before: Release) -> Iterator[Block]:
        for block in blocks(self.extract):
            codes = since(before.indicators, block.panel, self._former(before, block.item))
            kept = codes != Since.SAME
            if kept.any():
                words: list[Told] = [_NAMES[code] for code in codes[kept].tolist()]
                yield replace(block, kept=kept, more={"change": words})
        yield from self._deleted(before)

    def _deleted(self, before: Release) -> Iterator[Block]:
        """Values of the release before whose labels are gone, as gaps under their old labels."""
        old, renamed = before.indicators, self.release.catalogue.renamed
        chosen = [self._former(before, item) for item in self.extract.items]
        units = None if self.every_unit else set(self.extract.units)
        for item in old.items if self.every_item else chosen:
            gone = deleted(old, self.release.indicators, item, renamed.get(item, item))
            if units is not None:
                gone = gone & [unit in units for unit in old.units]
            if gone.any():
                part = Extract.of(before, [item], years=old.years, lang=self.extract.lang)
                told: list[Told] = ["deleted"] * int(gone.sum())
                nothing = Panel.empty([item], old.years, old.units)
                yield Block(part, nothing, gone, {"change": told})

    def _former(self, before: Release, item: str) -> str:
        """The id under which the release before has an indicator."""
        if item in before.indicators.item_index:
            return item
        names = self.release.catalogue.indicators[item].renamed_from
        return next((old for old in names if old in before.indicators.item_index), item)


def understood(request: HttpRequest) -> Asked:
    """Every parameter of the request read. Raises Problem."""
    given = request.GET.get
    release = as_of(request, given("asOf", ""))
    indicator, unit = given("indicator", ""), given("unit", "")
    if not unit:
        required(indicator, "indicator")
    chosen, codes = the_indicators(release, indicator), the_units(release, unit)
    form = one_of(given("format", "json"), FORMATS, "format")
    before = opened_before(request, form)
    extract = replace(
        Extract.of(release, chosen, codes, (), language(given("lang", "pl"))),
        spans=spans(release, chosen, given("year", "")),
        prices=_price_year(release, chosen, given("prices", "")),
        territory=given("territory", ""),
    )
    bridged = _bridged(extract, release)
    if extract.prices is not None:
        extract = replace(
            extract, panels={n: release.in_prices_of(extract.prices, n) for n in chosen}
        )
    return Asked(
        release=release,
        extract=replace(extract, panels={**extract.panels, **_panels(bridged)}),
        bridged=bridged,
        before=before,
        every_item=indicator in ("", ALL),
        every_unit=unit in ("", ALL),
        fields=_fields(given("fields", ""), form, extract.territory, before is not None),
        form=form,
        dialect=_dialect(given("dialect", ""), form),
        codes=one_of(given("missing", "reasons"), ("reasons", "codes"), "missing") == "codes",
    )


def opened_before(request: HttpRequest, form: str) -> Release | None:
    """The release of ``changedSince``. Raises Problem."""
    asked = request.GET.get(SINCE, "")
    if not asked:
        return None
    if form == "json-stat":
        detail = "JSON-stat jest pełną kostką; zmiany podają json, rows, ndjson, csv i parquet."
        raise Problem(400, detail, "format", [one for one in FORMATS if one != "json-stat"])
    for other in ("prices", "territory"):
        if request.GET.get(other):
            detail = "Zmiany między wydaniami są podawane tak, jak opublikowano wartości."
            raise Problem(400, detail, other)
    return as_of(request, asked) if len(asked) == len("2024-12-31") else opened(asked, SINCE)


def _fields(text: str, form: str, territory: str, changes: bool) -> tuple[str, ...]:
    more = (("bridged", "share") if territory else ()) + (("change",) if changes else ())
    if not text:
        return (FOR_PEOPLE if form in ("csv", "xlsx") else USUAL) + more
    allowed = [name for name, field in FIELDS.items() if field.by != "cell"] + list(more)
    found = tuple(one_of(name, allowed, "fields") for name in items(text))
    if not found:
        raise Problem(400, "Podaj co najmniej jedną kolumnę.", "fields", allowed)
    return found


def _dialect(text: str, form: str) -> Lang | None:
    if not text or text == "plain":
        return None
    if form != "csv":
        raise Problem(400, "Odmiany (dialect) ma tylko format csv.", "dialect")
    return "pl" if one_of(text, ("plain", "pl", "en"), "dialect") == "pl" else "en"


def _price_year(release: Release, indicators: list[str], asked: str) -> int | None:
    """The year whose prices are asked for. Raises Problem for figures that are no amounts."""
    if not asked:
        return None
    known = release.catalogue.prices
    if known is None or asked not in map(str, known.years):
        span = f"{known.years[0]}–{known.years[-1]}" if known else "brak"
        raise Problem(400, f"Nie ma cen roku „{asked[:20]}”. Znane lata: {span}.", "prices")
    for name in indicators:
        if not is_amount(release.catalogue, release.catalogue.indicators[name]):
            raise Problem(400, f"Wskaźnik „{name}” nie jest kwotą: nie ma cen stałych.", "prices")
    return int(asked)


def _bridged(extract: Extract, release: Release) -> dict[str, Bridged]:
    """The indicators on the borders asked for; none as published, or while they wait for data."""
    if not extract.territory:
        return {}
    if extract.prices is not None:
        raise Problem(400, "Podaj ceny albo granice wybranego roku, nie oba naraz.", "territory")
    try:
        borders = asked_borders(extract.territory, release.indicators.years)
    except NoBorders as error:
        raise Problem(400, str(error), "territory") from error
    known = [name for name in extract.items if name in release.indicators.item_index]
    if borders is not None and len(known) > MOST_BRIDGED:
        detail = f"Na granicach wybranego roku najwyżej {MOST_BRIDGED} wskaźników naraz."
        raise Problem(413, detail, "indicator")
    return {} if borders is None else {n: release.on_borders_of(borders, n) for n in known}


def _panels(bridged: dict[str, Bridged]) -> dict[str, Panel]:
    return {name: one.panel for name, one in bridged.items()}

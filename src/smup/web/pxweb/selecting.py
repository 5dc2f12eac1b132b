"""From a query to codes, and from codes to the cells of the release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smup.formats.cube import ROLES, Cube, Role, cube_of
from smup.formats.extract import Extract
from smup.language import Lang
from smup.store.releases import Release
from smup.web.open.problems import Problem
from smup.web.pxweb.codelists import Codelist, codelist, codelists_of
from smup.web.pxweb.expressions import BadExpression, chosen
from smup.web.pxweb.query import Choice, Query
from smup.web.pxweb.tables import COUNTRY, IDS, Table, span

# What is shown where nothing is chosen: everything of the country and its województwa, five years.
DEFAULT = Query(
    {
        "metric": Choice(expressions=("*",)),
        "geo": Choice(expressions=("??",)),
        "time": Choice(expressions=("TOP(5)",)),
    },
    heading=("time",),
    stub=("metric", "geo"),
)


@dataclass(frozen=True)
class Selected:
    """Codes of every variable, where the variables stand, and whether Jst was left out, so that
    the country alone is shown without naming it in every row."""

    codes: Mapping[Role, tuple[str, ...]]
    heading: tuple[Role, ...]
    stub: tuple[Role, ...]
    without_units: bool

    @property
    def cells(self) -> int:
        items, units, years = (len(self.codes[role]) for role in ROLES)
        return items * units * years


def selected(release: Release, table: Table, query: Query, lang: Lang) -> Selected:
    """What a query means. Raises Problem 400."""
    asked = DEFAULT if query.is_empty else query
    codes: dict[Role, tuple[str, ...]] = {}
    for role in ROLES:
        choice = asked.choice(role)
        if not choice.is_made:
            codes[role] = _left_out(role)
            continue
        known, aliases = _known(release, table, role, choice, lang)
        try:
            meant = [aliases.get(text, text) for text in choice.expressions] or ["*"]
            codes[role] = tuple(chosen(meant, known, is_time=role == "time"))
        except BadExpression as error:
            detail = f"{IDS[role]}: {error}"
            raise Problem(400, detail, f"valuecodes[{IDS[role]}]") from None
    without = not asked.choice("geo").is_made
    heading, stub = _placement(query, without)
    return Selected(codes, heading, stub, without)


def cube(release: Release, table: Table, told: Selected, lang: Lang) -> Cube:
    """The cells of a selection, placed as asked."""
    years = tuple(int(year) for year in told.codes["time"])
    extract = Extract.of(release, told.codes["metric"], told.codes["geo"], years, lang)
    whole = cube_of(extract, IDS, title(table, told, lang))
    seen = whole.without("geo") if told.without_units else whole
    return seen.placed(told.stub, told.heading)


def title(table: Table, told: Selected, lang: Lang) -> str:
    """The service, one indicator by name, and the years."""
    items, years = told.codes["metric"], tuple(int(year) for year in told.codes["time"])
    named = {one.id: str(getattr(one.name, lang)) for one in table.indicators}
    what = f"{table.name(lang)}: {named[items[0]]}" if len(items) == 1 else table.name(lang)
    return f"{what}, {span(years)}"


def the_codelist(release: Release, name: str, lang: Lang, parameter: str, status: int) -> Codelist:
    """Raises Problem ``status`` for one that is not there."""
    found = codelist(release, name, lang)
    if found is None:
        known = list(codelists_of(release, lang))
        raise Problem(status, f"Nie ma listy kodów „{name[:60]}”.", parameter, known)
    return found


def _left_out(role: Role) -> tuple[str, ...]:
    """Without a choice of units the country is shown; the other variables must be chosen."""
    if role == "geo":
        return (COUNTRY,)
    detail = f"Brak wyboru zmiennej {IDS[role]}. Aby wybrać wszystko, podaj „*”."
    raise Problem(400, detail, f"valuecodes[{IDS[role]}]")


def _known(
    release: Release, table: Table, role: Role, choice: Choice, lang: Lang
) -> tuple[Sequence[str], Mapping[str, str]]:
    """The codes to choose from, and other spellings of some of those asked for."""
    if choice.codelist and role != "geo":
        detail = f"Zmienna {IDS[role]} nie ma list kodów."
        raise Problem(400, detail, f"codelist[{IDS[role]}]")
    if role == "metric":
        return table.items, release.catalogue.renamed
    if role == "time":
        return [str(year) for year in table.years], {}
    if choice.codelist:
        parameter = f"codelist[{IDS[role]}]"
        return list(the_codelist(release, choice.codelist, lang, parameter, 400).values), {}
    held = release.indicators.unit_index
    named = {text: release.territory.get(text) for text in choice.expressions if text not in held}
    return release.indicators.units, {text: unit.code for text, unit in named.items() if unit}


def _placement(query: Query, without_units: bool) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """What stands in columns and in rows: as asked, the rest opposite to what was; by default
    years in columns."""
    here = [role for role in ROLES if not (role == "geo" and without_units)]
    heading = tuple(role for role in query.heading if role in here)
    stub = tuple(role for role in query.stub if role in here)
    if both := set(heading) & set(stub):
        detail = f"{IDS[both.pop()]} stoi i w główce, i w boczku."
        raise Problem(400, detail, "heading")
    rest = tuple(role for role in here if role not in heading and role not in stub)
    if not heading and not stub:
        return ("time",), tuple(role for role in here if role != "time")
    if heading and stub:
        return heading, (*stub, *rest)
    return (heading, rest) if heading else (rest, stub)

"""What a report says of one unit, against the panel of the release read in plain Python."""

import io
from collections import Counter

import pytest
from pypdf import PdfReader

from smup.documents.blocks import DataTable, Section, plain
from smup.documents.document import blocks_of, tables_of
from smup.panel.panel import FIRST_GAP
from smup.present.values import reason
from smup.reports.compose import compose
from smup.reports.files import written
from smup.reports.timeliness import coming, month_of, timeliness
from smup.store.releases import Release
from smup.telling.strings import strings
from tests.reports.matters import matter_for
from tests.reports.test_compose import CITY, GOLDEN, POWIAT, VILLAGE, asked, ids, lines, said

GONE, CREATED, SUM, WOJEWODZTWO = "0263", "200216", "0201G", "02"


def newest(release: Release, indicator: str, unit: str) -> int | None:
    """The newest year with a value, cell by cell."""
    found = [year for year, value, _, _ in release.series(indicator, unit) if value is not None]
    return max(found, default=None)


@pytest.mark.parametrize("unit", GOLDEN)
def test_every_indicator_is_counted_once_by_its_newest_year(release: Release, unit: str) -> None:
    matter = matter_for(release, unit)
    year = int(release.manifest["date"][:4]) - 1
    assert matter.year == year
    found = timeliness(matter, matter.indicators, year)
    expected = Counter(
        "waits"
        if not release.years_of(one.id)
        else "nothing"
        if (its := newest(release, one.id, unit)) is None
        else "now"
        if its >= year
        else "before"
        if its == year - 1
        else "older"
        for one in matter.indicators
    )
    names = ("now", "before", "older", "nothing", "waits")
    assert {name: len(getattr(found, name)) for name in names if getattr(found, name)} == expected


@pytest.mark.parametrize("unit", GOLDEN)
def test_the_first_words_say_how_many_are_of_which_year(release: Release, unit: str) -> None:
    made = compose(release, asked(unit=unit))
    matter = matter_for(release, unit)
    found = timeliness(matter, matter.indicators, matter.year)
    first = made.sections[0]
    told = [plain(one) for one in lines(first.blocks)]
    assert first.title == f"Co wiadomo za {matter.year} r., a czego jeszcze nie"
    assert any(line.startswith(f"{len(found.before)} wskaźnik") for line in told)
    table = next(one for one in first.blocks if isinstance(one, DataTable))
    sums = [sum(row[at].value or 0 for row in table.rows) for at in range(1, 6)]
    counts = (found.now, found.before, found.older, found.nothing, found.waits)
    assert sums == [len(one) for one in counts]


def test_a_month_is_that_of_the_last_variable_or_unknown(release: Release) -> None:
    """Every answer against the definitions of the catalogue."""
    matter = matter_for(release, VILLAGE)
    year, variables = matter.year, release.catalogue.variables
    answers = {one.id: month_of(release, one.id, year) for one in matter.indicators}
    assert {None, 0} <= set(answers.values())
    for name, month in answers.items():
        written = str(release.catalogue.indicators[name])
        used = [one for one in variables.values() if one.id in written]
        if month == 0:
            assert any(v.cadence not in ("rok", "rok-szkolny") or v.until for v in used)
        if month:
            assert month in {v.published_month for v in used}
    # May and June; the second names a variable given up after 2024.
    assert month_of(release, "wydatki-na-pomoc-socjalna-dla-uczniow-na-dziecko", 2025) == 6
    assert month_of(release, "pokrycie-wydatkow-oswiatowych-subwencja", 2024) == 6
    assert month_of(release, "pokrycie-wydatkow-oswiatowych-subwencja", 2025) == 0
    rest = coming(matter, matter.indicators, year)
    told = [len(rest.unknown), len(rest.rare), *map(len, rest.ahead.values()),
            *map(len, rest.past.values())]  # fmt: skip
    assert sum(told) == len(matter.indicators)


@pytest.mark.parametrize("n", [1, 2, 5, 12, 22, 112])
def test_polish_forms_agree_with_their_numbers(n: int) -> None:
    from smup.language import plural

    form = plural(n, "one", "few", "many")
    words = strings("pl")[f"report_known_before_{form}"].format(n=n, year=2024)
    noun, verb = {"one": ("wskaźnik", "ma"), "few": ("wskaźniki", "mają"),
                  "many": ("wskaźników", "ma")}[form]  # fmt: skip
    assert words.startswith(f"{n} {noun} {verb} ")


@pytest.mark.parametrize("unit", GOLDEN)
def test_findings_judge_only_what_may_be_judged(release: Release, unit: str) -> None:
    made = compose(release, asked(unit=unit))
    better = {one.name.pl: one.better for one in release.catalogue.indicators.values()}
    named = [
        one.partition(": ")[0]
        for section in blocks_of(made.sections)
        if isinstance(section, Section) and section.id in ("findings-strong", "findings-weak")
        for one in map(plain, lines(section.blocks))
    ]
    assert all(better[name] != "neither" for name in named if name in better)


@pytest.mark.parametrize("unit", GOLDEN)
def test_no_figure_is_lost_and_no_gap_is_a_number(release: Release, unit: str) -> None:
    """Every indicator that anybody has stands in its area: with its value, or under its reason."""
    made, matter = compose(release, asked(unit=unit)), matter_for(release, unit)
    areas = {one.id: one for one in made.sections if one.id.startswith("area-")}
    for one in matter.told:
        section = areas.get(f"area-{one.indicator.area}")
        value = newest(release, one.indicator.id, unit)
        if section is None:
            assert value is None
            continue
        name, label = one.indicator.name.pl, one.indicator.label.pl
        rows = [row for table in section.blocks if isinstance(table, DataTable)
                for row in table.rows if row[0].text.startswith(label)]  # fmt: skip
        if value is None:
            assert not any(row[0].text.split(" [")[0] == label for row in rows)
            item = release.indicators.item_index[one.indicator.id]
            assert (release.unit_slice(unit).status[item] >= FIRST_GAP).all()
            words = reason(one.status)
            listed = [plain(line) for line in lines(section.blocks)]
            assert any(line.lower().startswith(words) and name in line for line in listed)
        else:
            assert any(row[1].value is not None and row[2].text[:4].isdigit() for row in rows)


@pytest.mark.parametrize("unit", [VILLAGE, CITY, POWIAT])
def test_changes_are_those_of_the_comparison(release: Release, unit: str) -> None:
    from smup.compare.changes import changes_since_year

    made = compose(release, asked(unit=unit))
    section = next(one for one in made.sections if one.id == "changes")
    since = int(section.title.split("od ")[1][:4])
    noted = changes_since_year(release.frame, unit, since)
    real = {one.indicator for one in noted if one.kind == "change_real"}
    tables = [one for one in section.blocks if isinstance(one, DataTable)]
    rows = sum(len(one.rows) for one in tables if one.caption == "Wyraźne zmiany")
    assert rows == min(len(real), 40)


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("unit", GOLDEN)
def test_a_profile_is_two_pages(release: Release, unit: str, lang: str) -> None:
    made = compose(release, asked("profile", unit, lang=lang))
    assert len(PdfReader(io.BytesIO(written(made, "pdf"))).pages) == 2


def test_an_abolished_unit_says_so_first(release: Release) -> None:
    made = compose(release, asked(unit=GONE))
    told = [plain(one) for one in lines(made.sections[0].blocks)]
    assert told[0].startswith("Jednostka już nie istnieje; źródła podają jej wartości do 2002 r.")
    assert any("nie ma i nie będzie wartości" in one for one in told)
    assert not any("ogłosi" in one for one in told)


def test_a_new_unit_without_data_has_a_shorter_report(release: Release) -> None:
    made = compose(release, asked(unit=CREATED))
    told = [plain(one) for one in lines(made.sections[0].blocks)]
    assert told[0].startswith("Jednostka utworzona 1 stycznia 2025 r.")
    assert any("nie ma w tym wydaniu jeszcze żadnej wartości" in one for one in told)
    assert not any(one.startswith("area-") for one in ids(made))
    assert {"known", "portrait", "method", "sources"} <= set(ids(made))


def test_a_sum_row_is_placed_nowhere_and_says_why(release: Release) -> None:
    made = compose(release, asked(unit=SUM))
    assert "findings" not in ids(made)
    assert made.title_page.title == "Pełny raport o jednostce: powiat bolesławiecki: gminy razem"
    assert "Tej jednostki z nikim się nie porównuje" in said(made)
    assert "nie jednostka samorządu" in said(made)


def test_a_wojewodztwo_stands_among_its_kind(release: Release) -> None:
    made = compose(release, asked(unit=WOJEWODZTWO))
    assert made.title_page.title == "Pełny raport o jednostce: województwo dolnośląskie"
    places = [row[-1].text for table in tables_of(made) for row in table.rows]
    assert any(place.endswith(" z 16") for place in places)


def test_the_role_of_a_city_is_said_and_used(release: Release) -> None:
    as_powiat = compose(release, asked(unit=CITY, role="powiat"))
    facts = {plain(name): plain(values[0]) for name, values in as_powiat.title_page.facts}
    assert facts["Rola w porównaniach"] == "jako powiat"
    assert matter_for(release, CITY, role="powiat").standings != matter_for(release, CITY).standings

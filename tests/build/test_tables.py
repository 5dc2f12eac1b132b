"""Tables of the store beside those of the project, and the rules over all of them together."""

from pathlib import Path

from smup.build import build_release
from smup.formats.trace import trace_record
from smup.ingest import tables
from smup.panel import Status
from smup.quality import Finding
from smup.store.releases import Release, Releases
from smup.store.tidy import Fact
from tests.helpers.tiny_root import number, write_root


def brought(home: Path, name: str, *facts: Fact, source: str = "rejestr") -> None:
    """A table of the store, as a service or an import leaves it."""
    digest = "cd" * 32
    meta = [
        *(("source", source), ("publisher", "Urząd Inny"), ("title", name), ("licence", "CC0")),
        *(("file", f"{name}.json"), ("sha256", digest), ("sha256_inside", digest)),
        *(("dated", "2022"), ("retrieved", "2024-01-02")),
    ]
    tables.put(home, name, meta, facts)


def built(folder: Path) -> Release:
    build_release(folder / "root", folder / "home")
    return Releases(folder / "home").current()


def of(release: Release, code: str) -> list[Finding]:
    return [one for one in release.findings if one.code == code]


def test_several_tables_of_one_source_are_one_source_of_the_release(tmp_path: Path) -> None:
    write_root(tmp_path / "root")
    brought(tmp_path / "home", "rejestr.2018", number("ludnosc", "020101", 2018, 91))
    brought(tmp_path / "home", "rejestr.2020", number("ludnosc", "020101", 2020, 97))
    release = built(tmp_path)
    assert release.variables.cell("ludnosc", 2018, "020101")[0] == 91.0
    assert release.variables.cell("ludnosc", 2021, "020101")[0] == 100.0  # of data/spis
    (source,) = (one for one in release.sources if one["id"] == "rejestr")
    assert source["tables"] == ["rejestr", "rejestr.2018", "rejestr.2020"]
    assert [file["file"] for file in source["files"]] == [
        "rejestr.xlsx",
        "rejestr.2018.json",
        "rejestr.2020.json",
    ]
    told = trace_record(release, release.trace("ludnosc", "020101", 2020))
    assert told["tables"]["rejestr.2020"]["table"].endswith("/tables/rejestr.2020.csv")
    assert Releases(tmp_path / "home").verify(release.id) == ()


def test_a_table_of_the_store_goes_before_that_of_the_same_name(tmp_path: Path) -> None:
    write_root(tmp_path / "root")
    brought(tmp_path / "home", "rejestr", number("ludnosc", "0261", 2021, 881))
    release = built(tmp_path)
    assert release.variables.cell("ludnosc", 2021, "0261")[0] == 881.0
    assert release.variables.cell("ludnosc", 2021, "0201")[1] is not Status.OBSERVED


def test_what_the_definitions_do_not_know_is_left_out_and_said(tmp_path: Path) -> None:
    write_root(tmp_path / "root")
    alone = built(tmp_path)
    brought(tmp_path / "home", "obce", number("koty", "020101", 2022, 3), source="obce")
    brought(tmp_path / "home", "inne", number("ludnosc", "020101", 2019, 3), source="inne")
    release = built(tmp_path)
    said = {one.source: one.message for one in of(release, "tabela-poza-wydaniem")}
    assert said.keys() == {"obce", "inne"}
    assert "nie opisuje zmiennej koty" in said["obce"]
    assert "nie wymienia źródła inne" in said["inne"]
    assert release.variables.items == alone.variables.items
    assert {one["id"] for one in release.sources} == {"spis", "rejestr"}


def test_a_published_area_that_is_not_the_sum_of_its_gminas(tmp_path: Path) -> None:
    """Told of two sources together, in the release and not before."""
    root = write_root(tmp_path / "root")
    rules = "levels: {severity: warning, why: {pl: Całość to suma., en: A whole is a sum.}}\n"
    (root / "catalogue" / "quality.yaml").write_text(rules, "utf-8")
    members = (("020101", 30.0), ("020102", 12.0))
    figures = [number("ludnosc", unit, 2017, value) for unit, value in members]
    brought(tmp_path / "home", "rejestr.gminy", *figures)
    brought(tmp_path / "home", "rejestr.powiat", number("ludnosc", "0201", 2017, 43))
    (told,) = (one for one in of(built(tmp_path), "niezgodny-poziom") if one.unit == "0201")
    assert (told.year, told.variable) == (2017, "ludnosc")
    assert "43" in told.message
    assert "42" in told.message
    brought(tmp_path / "home", "rejestr.powiat", number("ludnosc", "0201", 2017, 42))
    assert not [one for one in of(built(tmp_path), "niezgodny-poziom") if one.unit == "0201"]

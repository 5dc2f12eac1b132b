"""The generated files of the repository: complete, deterministic, linked."""

import posixpath
import re
from pathlib import Path

from smup.catalogue import Catalogue
from smup.cli.docs import left_over, remove, same, write
from smup.describe.reference import FOLDER, reference


def test_every_definition_has_its_place(catalogue: Catalogue) -> None:
    pages = reference(catalogue)
    anchors = {
        path: re.findall(r'^#{2,3} <a id="([^"]+)">', text, re.M) for path, text in pages.items()
    }
    for one in catalogue.indicators.values():
        assert anchors[f"{FOLDER}/indicators/{one.area}.md"].count(one.id) == 1
    assert anchors[f"{FOLDER}/services.md"] == list(catalogue.services)
    assert sorted(anchors[f"{FOLDER}/variables.md"]) == sorted(catalogue.variables)


def test_the_same_catalogue_gives_the_same_text(catalogue: Catalogue) -> None:
    again = Catalogue.model_validate(catalogue.model_dump())
    assert reference(again) == reference(catalogue)


def test_every_link_has_a_target(catalogue: Catalogue) -> None:
    pages = reference(catalogue)
    checked = 0
    for path, text in pages.items():
        for target in re.findall(r"\]\(([^)\s]+\.md)(?:#[^)]+)?\)", text):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in pages
        for target, name in re.findall(r"\]\(([^)\s]+\.md)#([^)]+)\)", text):
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert f'<a id="{name}">' in pages[whole], (path, name)
            checked += 1
    assert checked > 200


def test_a_page_says_what_is_divided_by_what(catalogue: Catalogue) -> None:
    text = reference(catalogue)[f"{FOLDER}/indicators/kontekst.md"]
    section = text.split('<a id="gestosc-zaludnienia">')[1].split("\n## ")[0]
    assert "> Dzielimy „ludność” przez „powierzchnia w hektarach”" in section
    assert "```\n100 * ludnosc / powierzchnia_ha\n```" in section
    assert "100 × 36\u00a0795 ÷ 2\u00a0285 = 1\u00a0610,284464…" in section
    assert "**1\u00a0610,3\u00a0os./km²**" in section
    assert "> **Tak.** Gminy i miasta na prawach powiatu stoją w jednym zestawieniu." in section


def test_stale_and_left_over_files_are_found_and_mended(tmp_path: Path) -> None:
    kept, old = tmp_path / "a.md", tmp_path / "sub" / "old.md"
    write({kept: "now\n", old: "once\n"})
    assert same(kept, "now\n")
    assert not same(kept, "then\n")
    assert not same(tmp_path / "b.md", "")
    assert left_over(tmp_path, {kept: "now\n"}) == [old]
    remove([old], tmp_path)
    assert left_over(tmp_path, {kept: "now\n"}) == []
    assert not old.parent.exists()

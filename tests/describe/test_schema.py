"""The JSON Schemas accept every file of the catalogue and refuse what the loader refuses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from smup.describe.schema import schemas

FILES = {
    "areas": "areas.yaml",
    "expected": "expected.yaml",
    "frontier": "frontier.yaml",
    "glossary": "glossary.yaml",
    "group-systems": "group-systems.yaml",
    "groups": "groups/*.yaml",
    "indicator": "indicators/*/*.yaml",
    "lifecycle": "lifecycle.yaml",
    "measures": "measures.yaml",
    "peers": "peers/*.yaml",
    "prices": "prices.yaml",
    "quality": "quality.yaml",
    "secrecy": "secrecy.yaml",
    "services": "services/*.yaml",
    "source": "sources/*.yaml",
    "uncertainty": "uncertainty.yaml",
    "variables": "variables/*.yaml",
}


class AsWritten(yaml.SafeLoader):
    """Days stay text, as editors see them."""

    yaml_implicit_resolvers: ClassVar = {
        letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(schemas()[f"{name}.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def files(root: Path, pattern: str) -> Iterator[tuple[Path, Any]]:
    for path in sorted((root / "catalogue").glob(pattern)):
        yield path, yaml.load(path.read_text("utf-8"), AsWritten)


def test_every_kind_of_file_has_a_schema() -> None:
    assert {f"{name}.json" for name in FILES} | {"correction.json"} == set(schemas())


def test_a_correction_is_accepted_and_one_without_evidence_is_not() -> None:
    told = {"variable": "ludnosc", "unit": "0201", "year": 2020, "expect": {"value": 1}}
    told |= {"becomes": {"status": "missing"}, "reason": {"pl": "Druk.", "en": "Print."}}
    told |= {"by": "redakcja", "day": "2026-01-02", "evidence": {"document": "Errata"}}
    check = validator("correction")
    assert check.is_valid(told)
    assert not check.is_valid({key: told[key] for key in told if key != "evidence"})


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_catalogue_is_accepted(root: Path, name: str) -> None:
    check, seen = validator(name), 0
    for path, data in files(root, FILES[name]):
        errors = [f"{path.name}: {e.json_path} {e.message}" for e in check.iter_errors(data)]
        assert not errors, errors[:3]
        seen += 1
    assert seen


def test_keys_that_follow_from_the_file_are_not_offered() -> None:
    indicator = json.loads(schemas()["indicator.json"])
    assert not {"id", "area"} & set(indicator["properties"])
    assert not {"id", "area"} & set(indicator["required"])
    assert indicator["additionalProperties"] is False


def test_an_unknown_key_and_a_missing_one_are_refused(root: Path) -> None:
    good = next(files(root, FILES["indicator"]))[1]
    check = validator("indicator")
    assert check.is_valid(good)
    assert not check.is_valid(good | {"units": "procent"})
    assert not check.is_valid({k: v for k, v in good.items() if k != "unit"})
    assert not check.is_valid(good | {"better": "highr"})

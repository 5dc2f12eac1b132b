"""Every kind of finding: a stable code, how grave it is, and what it means to a reader.

The codes and their texts are data, ``codes.yaml``. They are part of ``data/findings.csv`` and of
the answers of the command line; they are added, never renamed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import yaml

from smup.catalogue.base import Definition, Id, Text

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the gravest first
Owner = Literal["source", "operator", "nobody"]

FILE = Path(__file__).with_name("codes.yaml")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FindingCode(Definition):
    """``why`` it matters and what to ``do`` are for the page that explains the code."""

    id: Id
    severity: Severity
    owner: Owner  # whose it is: who published the figures, who runs the system, or nobody's
    meaning: Text
    why: Text
    do: Text


def read_codes(text: str) -> Mapping[str, FindingCode]:
    """The codes in YAML by id, in its order. Raises ValueError for a missing or unknown key."""
    return {
        code: FindingCode.model_validate({**said, "id": code})
        for code, said in yaml.load(text, _LOADER).items()
    }


CODES = read_codes(FILE.read_text("utf-8"))

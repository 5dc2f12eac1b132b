"""A new definition as the text of its file: keys in the order of the model, no defaults."""

from typing import Any

import yaml

from smup.catalogue.models import Indicator
from smup.language import fold


class _Dumper(yaml.SafeDumper):
    """Lists of plain words on one line, everything else on lines of its own."""


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    plain = all(not isinstance(one, dict | list) for one in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=plain)


_Dumper.add_representer(list, _list)


def indicator_file(indicator: Indicator) -> str:
    """The YAML of one indicator, without what follows from its place and its defaults."""
    data = indicator.model_dump(
        mode="json", exclude={"id", "area"}, exclude_defaults=True, exclude_none=True
    )
    data["steward"] = {
        key: getattr(indicator.steward, key) for key in ("owner", "reviewed", "review_by")
    }
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def id_from(name: str) -> str:
    """An id made of a Polish name: "Uczniowie na oddział" -> "uczniowie-na-oddzial"."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name)).split()
    return "-".join(words)

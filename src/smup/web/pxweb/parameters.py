"""The plain parameters of this face: languages, numbers, yes and no. All raise Problem 400."""

from django.http import QueryDict

from smup.language import Lang
from smup.web.open.answers import language
from smup.web.open.parameters import whole_number
from smup.web.open.problems import Problem

DEFAULT_LANGUAGE: Lang = "pl"


def the_language(parameters: QueryDict) -> Lang:
    return language(parameters.get("lang") or DEFAULT_LANGUAGE)


def number(parameters: QueryDict, name: str, default: int, most: int) -> int:
    """A whole number from 1 up to ``most``; ``default`` where it is left out."""
    text = parameters.get(name, "")
    return whole_number(text, name, most=most) if text else default


def yes(parameters: QueryDict, name: str) -> bool:
    text = str(parameters.get(name, "false")).casefold()
    if text not in ("true", "false"):
        raise Problem(400, f"„{text[:20]}” – dozwolone: true, false.", name, ["true", "false"])
    return text == "true"

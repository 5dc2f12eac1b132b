"""From the data of a YAML file to a model; every fault becomes one sentence with a place."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from smup.catalogue.document import join, line_of
from smup.catalogue.errors import CatalogueError, nearest, one_of

Model = TypeVar("Model", bound=BaseModel)


def parse(
    model: type[Model],
    data: Mapping[str, Any],
    *,
    file: str,
    lines: dict[str, int],
    prefix: str = "",
    errors: list[CatalogueError],
) -> Model | None:
    """``data`` as ``model``; None after adding to ``errors`` what is wrong with it.

    ``prefix`` is the path of keys of ``data`` in the file ("" when it is the whole file).
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = _key_path(detail, data)
            key = join(prefix, path)
            message = _message(model, detail, path)
            errors.append(CatalogueError(file, line_of(lines, key), key, message))
        return None


def _key_path(detail: ErrorDetails, data: Any) -> str:
    """The dotted path of keys, without the names pydantic adds for members of a union."""
    path: list[str] = []
    for step in detail["loc"]:
        inside = (isinstance(data, Mapping) and step in data) or (
            isinstance(data, list) and isinstance(step, int)
        )
        if inside:
            data = data[step]
        elif not isinstance(data, Mapping) or detail["type"] not in ("missing", "extra_forbidden"):
            continue
        path.append(str(step))
    return ".".join(path)


def _message(model: type[BaseModel], detail: ErrorDetails, path: str) -> str:
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    name = path.rpartition(".")[2]
    if kind == "extra_forbidden":
        return f"nieznany klucz „{name}”{nearest(name, _fields_beside(model, path))}"
    if kind == "missing":
        return f"brakuje klucza „{name}”; dopisz go"
    if kind in ("literal_error", "enum"):
        return _not_allowed(given, str(context["expected"]))
    if kind == "value_error":  # a model's own check, already a sentence
        return str(context["error"])
    if kind in _SENTENCES:
        return _SENTENCES[kind].format(given=_short(given), **context)
    return f"wartość {_short(given)} nie pasuje ({detail['msg']})"


def _not_allowed(given: object, expected: str) -> str:
    allowed = expected.split("'")[1::2]
    return f"niedozwolona wartość {_short(given)}; wpisz {one_of(allowed)}" + (
        nearest(given, allowed) if isinstance(given, str) else ""
    )


def _short(given: object) -> str:
    text = str(given)
    return f"„{text[:60]}…”" if len(text) > 60 else f"„{text}”"


_SENTENCES = {
    "string_type": "oczekiwano tekstu, jest {given}; ujmij wartość w cudzysłów",
    "string_unicode": "tekst {given} zawiera znak, którego nie da się zapisać; usuń go",
    "string_too_short": "tekst jest pusty; wpisz go",
    "string_pattern_mismatch": "wartość {given} ma zły zapis; pasuje do wzoru {pattern}",
    "int_parsing": "oczekiwano liczby całkowitej, jest {given}",
    "int_type": "oczekiwano liczby całkowitej, jest {given}",
    "int_from_float": "oczekiwano liczby całkowitej, jest {given}",
    "finite_number": "oczekiwano liczby, jest {given}",
    "float_parsing": "oczekiwano liczby (z kropką dziesiętną), jest {given}",
    "float_type": "oczekiwano liczby (z kropką dziesiętną), jest {given}",
    "bool_parsing": "oczekiwano true albo false, jest {given}",
    "bool_type": "oczekiwano true albo false, jest {given}",
    "tuple_type": "oczekiwano listy w nawiasach kwadratowych, jest {given}",
    "dict_type": "oczekiwano kluczy z wartościami, jest {given}",
    "model_type": "oczekiwano kluczy z wartościami, jest {given}",
    "model_attributes_type": "oczekiwano kluczy z wartościami, jest {given}",
    "date_from_datetime_parsing": "oczekiwano daty RRRR-MM-DD, jest {given}",
    "date_parsing": "oczekiwano daty RRRR-MM-DD, jest {given}",
    "date_type": "oczekiwano daty RRRR-MM-DD, jest {given}",
    "string_too_long": "tekst jest za długi (najwyżej {max_length} znaków)",
    "too_long": "lista jest za długa (najwyżej {max_length})",
    "too_short": "lista jest za krótka (co najmniej {min_length})",
    "greater_than_equal": "wartość {given} jest za mała (co najmniej {ge})",
    "less_than_equal": "wartość {given} jest za duża (najwyżej {le})",
    "invalid_key": "klucz powinien być tekstem; ujmij go w cudzysłów",
}


def _fields_beside(model: type[BaseModel], path: str) -> list[str]:
    """Keys known at the place of the last step of ``path``."""
    at: Any = model
    for step in path.split(".")[:-1]:
        at = _below(at, step)
    fields = at.model_fields if isinstance(at, type) and issubclass(at, BaseModel) else {}
    return [name for name in fields if name != "id"]


def _below(annotation: Any, step: str) -> Any:
    """The type one key or list entry further in; None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(step)
        return _without_none(field.annotation) if field else None
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    return get_args(annotation)[0] if get_origin(annotation) is tuple else None


def _without_none(annotation: Any) -> Any:
    """``X`` of ``X | None``."""
    if get_origin(annotation) in (Union, UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation

"""What the options of `smup report` ask for: a definition, forms, an office's template."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from smup.cli.context import the_unit
from smup.cli.lazy import Refused
from smup.documents.dangers import MOST_BYTES, UnsafeTemplate
from smup.reports.definition import (
    MOST_BYTES as MOST_DEFINITION,
)
from smup.reports.definition import (
    Definition,
    Kind,
    definition_of,
    read_definition,
    write_definition,
)
from smup.reports.files import FORMS, ending

Options = Mapping[str, Any]  # what click read, by the name of the option

PLAIN = ("area", "service", "indicator", "role", "lang")  # the same in a definition
LISTS = ("sections", "comparators")
OFFICE = {"office": "name", "author": "author", "session": "session"}
NOTES = ("texts", "comments")


def definition_asked(options: Options, units: Sequence[str] = ()) -> Definition:
    """The definition of the file, if one is given, with what the other options change.

    ``units`` stand in the place of the unit asked for. Raises ValueError for what is no definition.
    """
    content = _saved(options["file"]) | {"kind": kind_asked(options)}
    content |= {name: options[name] for name in PLAIN if options[name]}
    content |= {name: list(options[name]) for name in LISTS if options[name]}
    content |= {name: content.get(name, {}) | _notes(options[name]) for name in NOTES}
    told = {field: options[name] for name, field in OFFICE.items() if options[name]}
    content["office"] = content.get("office", {}) | told
    if options["years"]:
        content["years"] = _years(options["years"])
    named = [options["unit"], *options["others"]] if options["unit"] else []
    if chosen := list(units) or [the_unit(one).code for one in named]:
        content["units"] = chosen
    if not content.get("units"):
        raise Refused("Podaj jednostkę (nazwę albo kod TERYT) lub --all.")
    return definition_of(content)


def kind_asked(options: Options) -> Kind:
    """The kind named, else that of the file."""
    named = options["kind"] or _saved(options["file"]).get("kind")
    if named not in list(Kind):
        wrong = f"Nieznany rodzaj raportu „{named}”" if named else "Podaj rodzaj raportu (--kind)"
        raise Refused(f"{wrong}. Są: {', '.join(Kind)}.")
    return Kind(named)


def _saved(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    with file.open("rb") as content:
        text = content.read(MOST_DEFINITION + 1)
    try:
        definition = read_definition(text.decode())
    except UnicodeDecodeError as error:
        raise Refused(f"Plik {file.name} nie jest tekstem w UTF-8.") from error
    found: dict[str, Any] = yaml.safe_load(write_definition(definition))
    return found


def _years(text: str) -> list[int]:
    first, _, last = text.replace("–", "-").partition("-")
    try:
        return [int(first), int(last or first)]
    except ValueError:
        raise Refused(f"„{text}” to nie lata; podaj je tak: 2019-2024.") from None


def _notes(pairs: Sequence[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise Refused(f"„{pair[:60]}”: podaj miejsce i tekst, np. findings=Nasz komentarz.")
        found[name.strip()] = text
    return found


def forms_asked(text: str | None, out: Path | None) -> tuple[str, ...]:
    """The forms named; else the one the name of the file ends with; else a PDF."""
    if not text:
        found = out.suffix[1:].lower() if out is not None else ""
        return (found,) if found in FORMS else ("pdf",)
    forms = tuple(dict.fromkeys(one.strip().lower() for one in text.split(",") if one.strip()))
    unknown = [one for one in forms if one not in FORMS]
    if unknown or not forms:
        raise Refused(f"Nieznany format „{(unknown or [text])[0]}”. Są: {', '.join(FORMS)}.")
    return forms


def template_asked(file: Path | None, forms: Sequence[str]) -> bytes | None:
    """The office's own DOCX, unread; only a report in that form has a use for it."""
    if file is None:
        return None
    if "docx" not in forms:
        raise Refused("Szablon DOCX zmienia tylko raport w formacie docx: dodaj --format docx.")
    if file.stat().st_size > MOST_BYTES:
        raise UnsafeTemplate("large")
    return file.read_bytes()


def place_asked(out: Path | None, name: str, form: str, several: bool) -> Path:
    """Where a file goes: ``out`` where it names a file, else ``name`` in that folder."""
    if out is None:
        return Path(name)
    if several or out.is_dir() or not out.suffix:
        return out / name
    if out.suffix[1:].lower() != ending(form):
        raise Refused(f"Plik w formacie {form} ma końcówkę .{ending(form)}, a podano {out.name}.")
    return out

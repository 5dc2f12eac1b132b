"""``catalogue/bdl.yaml``: how far back is asked, and which years are closed."""

from pathlib import Path

from pydantic import Field

from smup.catalogue.base import Definition
from smup.catalogue.document import DocumentError, read_document
from smup.catalogue.errors import CatalogueError, CatalogueErrors
from smup.catalogue.validation import parse

FILE = "bdl.yaml"


class Settings(Definition):
    first_year: int
    open_years: int = Field(ge=1)
    look_again_days: int = Field(ge=1)
    units: dict[int, int]  # BDL level -> rows of an answer, before the first answer tells


def load_settings(catalogue: Path) -> Settings:
    """Raises CatalogueErrors with the place of every fault."""
    file = f"{catalogue.name}/{FILE}"
    errors: list[CatalogueError] = []
    try:
        document = read_document(catalogue / FILE, file)
    except DocumentError as error:
        raise CatalogueErrors(error.errors) from error
    except FileNotFoundError as error:
        message = "brakuje tego pliku; bez niego nie wiadomo, o jakie lata pytać"
        raise CatalogueErrors([CatalogueError(file, 1, "", message)]) from error
    found = parse(Settings, document.data, file=file, lines=document.lines, errors=errors)
    if found is None:
        raise CatalogueErrors(errors)
    return found

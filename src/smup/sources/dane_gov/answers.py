"""Shapes of the portal's answers (JSON:API 1.4): a resource, and a page of resources."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smup.fetch.errors import Unsound

Shown = TypeVar("Shown", bound=BaseModel)
_HTML = (b"<!doctype html", b"<html")


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Attributes(_Part):
    title: str = ""
    download_url: str | None = None
    link: str | None = None


class _Named(_Part):
    id: str


class _Related(_Part):
    data: _Named | None = None


class _Relationships(_Part):
    dataset: _Related = _Related()


class Resource(_Part):
    id: str
    attributes: Attributes
    relationships: _Relationships = _Relationships()

    @property
    def number(self) -> int:
        return int(self.id.partition(",")[0])  # "123,slug" in some addresses

    @property
    def address(self) -> str:
        """Where the file lies; "" where the portal has none."""
        return self.attributes.download_url or self.attributes.link or ""

    @property
    def dataset(self) -> str:
        """The number of its dataset; "" where the answer does not say."""
        return self.relationships.dataset.data.id if self.relationships.dataset.data else ""


class One(_Part):
    data: Resource


class _Links(_Part):
    next: str | None = None


class Page(_Part):
    data: tuple[Resource, ...] = Field(strict=False)
    links: _Links = _Links()


def read(model: type[Shown], content: bytes) -> Shown:
    """An answer as ``model``. Raises Unsound naming the first field that is wrong."""
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "całość"
        raise Unsound(f"zmieniony układ danych: {place} ({first['type']})") from error


def a_file(content: bytes) -> None:
    """Raises Unsound for a page in place of the file."""
    if content.lstrip()[:20].lower().startswith(_HTML):
        raise Unsound("zamiast pliku przyszła strona HTML")
    if not content:
        raise Unsound("plik jest pusty")

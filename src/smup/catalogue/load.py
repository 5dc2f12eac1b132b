"""Read the folder of definitions into one frozen Catalogue, or say everything that is wrong."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from smup.catalogue.base import Definition, Dimension, Place
from smup.catalogue.document import Document, DocumentError, line_of, read_document
from smup.catalogue.errors import CatalogueError, CatalogueErrors, nearest
from smup.catalogue.methods import (
    ExpectedValues,
    FrontierModel,
    Group,
    GroupSystem,
    PeerSet,
    SecrecyRule,
    Uncertainty,
)
from smup.catalogue.models import (
    Area,
    Catalogue,
    Indicator,
    Measure,
    Prices,
    Service,
    Source,
    Stage,
    Term,
    Variable,
)
from smup.catalogue.quality import Correction, Rules
from smup.catalogue.tables import (
    read_budget,
    read_decisions,
    read_history,
    read_numbers,
    with_tables,
)
from smup.catalogue.validation import parse
from smup.language import sort_key

Model = TypeVar("Model", bound=Definition)

_FOLDERS = ("corrections", "groups", "indicators", "peers", "services", "sources", "variables")
_FILES = (
    "areas.yaml",
    "expected.yaml",
    "frontier.yaml",
    "glossary.yaml",
    "group-systems.yaml",
    "lifecycle.yaml",
    "measures.yaml",
    "prices.yaml",
    "providers.yaml",
    "quality.yaml",
    "secrecy.yaml",
    "statuses.yaml",
    "uncertainty.yaml",
)
_DIMENSIONS = (*Dimension, None)  # contextual indicators have none and stand last


def load_catalogue(folder: Path) -> Catalogue:
    """Every definition below ``folder`` as one object, in display order.

    Raises CatalogueErrors with all faults of form: broken YAML, unknown or missing keys, wrong
    values, an id given twice, a file nobody reads, an indicator in the folder of no area. Whether
    the definitions make sense together is asked by ``smup.compute.check``.
    """
    reader = _Reader(folder)
    if not folder.is_dir():
        message = "nie ma takiego folderu; podaj folder z plikami definicji"
        raise CatalogueErrors([CatalogueError(str(folder), 1, "", message)])
    areas = reader.mapping("areas.yaml", "areas", Area)
    measures = reader.mapping("measures.yaml", "measures", Measure)
    services = reader.folder_of_mappings("services", Service, area=True)
    variables = reader.folder_of_mappings("variables", Variable)
    groups = reader.folder_of_mappings("groups", Group, named="system")
    systems = reader.optional("group-systems.yaml", "systems", GroupSystem)
    systems = with_tables(folder, systems, reader.errors)
    frontier = reader.optional("frontier.yaml", "frontier", FrontierModel)
    peers = reader.single_files("peers", PeerSet)
    sources = reader.single_files("sources", Source)
    indicators = reader.single_files("indicators", Indicator, area=True)
    lifecycle = reader.mapping("lifecycle.yaml", "lifecycle", Stage)
    budget = read_budget(folder, reader.errors)
    history = read_history(folder, reader.errors)
    numbers = read_numbers(folder, reader.errors)
    prices = reader.whole("prices.yaml", Prices)
    uncertainty = reader.whole("uncertainty.yaml", Uncertainty) or Uncertainty()
    glossary = reader.optional("glossary.yaml", "glossary", Term)
    expected = reader.whole("expected.yaml", ExpectedValues)
    secrecy = reader.optional("secrecy.yaml", "secrecy", SecrecyRule)
    quality = reader.whole("quality.yaml", Rules) or Rules()
    corrections = reader.single_files("corrections", Correction)
    decisions = read_decisions(folder, reader.errors)
    reader.refuse_unread()
    if reader.errors:
        raise CatalogueErrors(reader.errors)
    return Catalogue(
        areas=areas,
        services=_by_area(services, areas),
        measures=measures,
        variables=variables,
        indicators=_in_display_order(indicators, areas, services),
        groups=groups,
        peers=peers,
        systems=systems,
        frontier=frontier,
        sources=sources,
        budget=budget,
        lifecycle=lifecycle,
        glossary=glossary,
        history=history,
        numbers=numbers,
        prices=prices,
        secrecy=secrecy,
        uncertainty=uncertainty,
        expected=expected,
        quality=quality,
        corrections=corrections,
        decisions=decisions,
        digest=digest(folder),
        places=reader.places,
    )


def digest(folder: Path) -> str:
    """sha256 over the relative path and the bytes of every YAML and CSV file, by path."""
    files = (p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml", ".csv"))
    total = hashlib.sha256()
    for name, path in sorted((p.relative_to(folder).as_posix(), p) for p in files):
        content = path.read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _yaml_files(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


@dataclass
class _Reader:
    """Walks the files of one folder and collects faults instead of stopping at the first."""

    folder: Path
    errors: list[CatalogueError] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    read: set[str] = field(default_factory=lambda: {"statuses.yaml", "providers.yaml"})

    def mapping(
        self, name: str, collection: str, model: type[Model], extra: Mapping[str, Any] | None = None
    ) -> dict[str, Model]:
        """A file whose top keys are ids."""
        document = self._document(name)
        found: dict[str, Model] = {}
        if document is None:
            return found
        for key, data in document.data.items():
            one = self._definition(document, collection, model, str(key), data, extra or {})
            if one is not None:
                found[str(key)] = one
        return found

    def optional(self, name: str, collection: str, model: type[Model]) -> dict[str, Model]:
        """A file whose top keys are ids and that a catalogue may do without."""
        present = (self.folder / name).is_file()
        return self.mapping(name, collection, model) if present else {}

    def folder_of_mappings(
        self, name: str, model: type[Model], *, area: bool = False, named: str = ""
    ) -> dict[str, Model]:
        """All files of a folder whose top keys are ids; with ``area`` the file is named by it.

        The file name becomes the key ``named`` of every definition in it.
        """
        found: dict[str, Model] = {}
        for path in sorted((self.folder / name).glob("*.yaml")):
            relative = f"{name}/{path.name}"
            if area and not self._area_known(relative, path.stem):
                continue
            own = "area" if area else named
            extra = {own: path.stem} if own else {}
            found |= self.mapping(relative, name, model, extra)
        return found

    def single_files(
        self, name: str, model: type[Model], *, area: bool = False
    ) -> dict[str, Model]:
        """A folder with one definition a file, the file name being its id."""
        found: dict[str, Model] = {}
        pattern = "*/*.yaml" if area else "*.yaml"
        for path in sorted((self.folder / name).glob(pattern)):
            relative = path.relative_to(self.folder).as_posix()
            if area and not self._area_known(relative, path.parent.name):
                continue
            document = self._document(relative)
            if document is None:
                continue
            extra = {"area": path.parent.name} if area else {}
            one = self._definition(
                document, name, model, path.stem, document.data, extra, whole=True
            )
            if one is not None:
                found[path.stem] = one
        return found

    def whole(self, name: str, model: type[Model]) -> Model | None:
        """A file that is one definition; None where there is none."""
        if not (self.folder / name).is_file():
            return None
        document = self._document(name)
        if document is None:
            return None
        key = PurePosixPath(name).stem
        return self._definition(document, key, model, key, document.data, {}, whole=True)

    def _definition(
        self,
        document: Document,
        collection: str,
        model: type[Model],
        key: str,
        data: object,
        extra: Mapping[str, Any],
        *,
        whole: bool = False,
    ) -> Model | None:
        prefix = "" if whole else key
        line = line_of(document.lines, prefix)
        if not isinstance(data, dict):
            message = "oczekiwano kluczy z wartościami pod tym identyfikatorem"
            self.errors.append(CatalogueError(document.file, line, key, message))
            return None
        place = self.places.get(f"{collection}/{key}")
        if place is not None:
            message = (
                f"identyfikator „{key}” jest już w {place.file}:{place.lines['']}; zmień jeden"
            )
            self.errors.append(CatalogueError(document.file, line, key, message))
            return None
        self.places[f"{collection}/{key}"] = _place(document, prefix)
        for known in ("id", *extra):
            if known in data:
                self._refuse_own(document, prefix, known)
        given = {k: v for k, v in data.items() if k not in ("id", *extra)}
        return parse(
            model,
            {**given, **extra, "id": key},
            file=document.file,
            lines=document.lines,
            prefix=prefix,
            errors=self.errors,
        )

    def _refuse_own(self, document: Document, prefix: str, key: str) -> None:
        path = f"{prefix}.{key}" if prefix else key
        message = f"klucz „{key}” wynika z nazwy pliku lub klucza nadrzędnego; usuń go"
        self.errors.append(
            CatalogueError(document.file, line_of(document.lines, path), path, message)
        )

    def _area_known(self, name: str, area: str) -> bool:
        if f"areas/{area}" in self.places:  # also one with a fault of its own, told already
            return True
        known = [place[len("areas/") :] for place in self.places if place.startswith("areas/")]
        self.read.add(name)
        message = f"nie ma obszaru „{area}” w areas.yaml{nearest(area, known)}"
        self.errors.append(CatalogueError(self._shown(name), 1, "", message))
        return False

    def _document(self, name: str) -> Document | None:
        self.read.add(name)
        shown = self._shown(name)
        path = self.folder / name
        if not path.is_file():
            message = "brakuje tego pliku; katalog definicji nie jest kompletny"
            self.errors.append(CatalogueError(shown, 1, "", message))
            return None
        try:
            return read_document(path, shown)
        except DocumentError as error:
            self.errors.extend(error.errors)
            return None

    def refuse_unread(self) -> None:
        """A file in a wrong place would otherwise be left out without a word."""
        for path in sorted(_yaml_files(self.folder)):
            name = path.relative_to(self.folder).as_posix()
            if name not in self.read:
                top = PurePosixPath(name).parts[0]
                known = (*_FOLDERS, *_FILES)
                hint = nearest(top, known) if top not in known else ""
                message = f"żadna część katalogu nie czyta pliku o takim położeniu{hint}"
                self.errors.append(CatalogueError(self._shown(name), 1, "", message))

    def _shown(self, name: str) -> str:
        return f"{self.folder.name}/{name}"


def _place(document: Document, prefix: str) -> Place:
    """The lines of one definition with keys counted from it."""
    if not prefix:
        return Place(file=document.file, lines=document.lines)
    inside = document.below.get(prefix, {})
    return Place(file=document.file, lines={"": document.lines[prefix], **inside})


def _by_area(services: dict[str, Service], areas: Mapping[str, Area]) -> dict[str, Service]:
    order = list(areas)
    return dict(sorted(services.items(), key=lambda pair: order.index(pair[1].area)))


def _in_display_order(
    indicators: dict[str, Indicator], areas: Mapping[str, Area], services: Mapping[str, Service]
) -> dict[str, Indicator]:
    """By area, service, dimension (contextual last), the ``order`` given, then name."""
    area_order: list[str] = list(areas)
    service_order: list[str | None] = list(services)

    def place(pair: tuple[str, Indicator]) -> tuple[object, ...]:
        one = pair[1]
        return (
            area_order.index(one.area),
            service_order.index(one.service) if one.service in service_order else len(services),
            _DIMENSIONS.index(one.dimension),
            one.order,
            sort_key(one.name.pl),
        )

    return dict(sorted(indicators.items(), key=place))

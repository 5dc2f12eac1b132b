"""The catalogue as Markdown files of the repository: ``docs/reference/`` and the glossary."""

from collections.abc import Callable

from smup.catalogue import Catalogue
from smup.describe.glossary import glossary_table
from smup.describe.indicator import indicator_page
from smup.describe.reading import role_words
from smup.describe.schema import schemas
from smup.describe.service import service_page
from smup.describe.speaker import Speaker
from smup.describe.variable import variable_page
from smup.documents import Items, Line, Table, line
from smup.documents.markdown import escaped, markdown, markdown_page

FOLDER = "docs/reference"
_HEAD = (
    "<!-- Plik powstaje z katalogu definicji (catalogue/). Nie poprawiaj go ręcznie: "
    "zmień definicję i uruchom `make fix`. -->"
)
_GLOSSARY_HEAD = "<!-- Made from catalogue/glossary.yaml. Change that file and run `make fix`. -->"


def reference(catalogue: Catalogue) -> dict[str, str]:
    """Path below the repository -> text of every generated file.

    The catalogue must be sound (``check_catalogue`` found nothing). Files below ``FOLDER`` that
    are not among these should not exist.
    """
    speaker = Speaker(catalogue)
    pages = {
        "indicators.md": _index(speaker),
        "services.md": _services(speaker),
        "variables.md": _variables(speaker),
    }
    pages |= {f"indicators/{area}.md": _area(speaker, area) for area in _areas(catalogue)}
    found = {f"{FOLDER}/{name}": f"{_HEAD}\n\n{text}\n" for name, text in pages.items()}
    found |= {f"{FOLDER}/schema/{name}": text for name, text in schemas().items()}
    if catalogue.glossary:
        found["docs/glossary.md"] = f"{_GLOSSARY_HEAD}\n\n{_glossary(speaker)}\n"
    return found


def _areas(catalogue: Catalogue) -> list[str]:
    """Areas that have an indicator to show."""
    return list(dict.fromkeys(i.area for i in catalogue.indicators.values() if i.is_shown))


def _addresses(speaker: Speaker, here: str) -> Callable[[str], str]:
    """Where the parts of the reference stand, seen from ``here`` ("" or "../")."""
    indicators = speaker.catalogue.indicators

    def address(to: str) -> str:
        what, _, name = to.partition(":")
        if what == "indicator" and indicators[name].is_shown:
            return f"{here}indicators/{indicators[name].area}.md#{name}"
        return f"{here}services.md#{name}" if what == "service" else ""

    return address


def _index(speaker: Speaker) -> str:
    """Every indicator in one table, by area."""
    catalogue = speaker.catalogue
    rows: list[tuple[Line, ...]] = []
    for one in catalogue.indicators.values():
        if one.is_shown:
            area = speaker.text(catalogue.areas[one.area].name)
            measure = speaker.text(speaker.measure(one).symbol)
            status = speaker.say(f"status_{one.status}")
            link = speaker.indicator_link(one.id)
            rows.append(((link,), (area,), (role_words(speaker, one),), (measure,), (status,)))
    head = ("Wskaźnik", "Obszar", "Rola", "Jednostka", "Stan")
    table = Table(head, tuple(rows), "Wskaźniki")
    return f"# Wskaźniki\n\n{markdown((table,), 2, _addresses(speaker, ''))}"


def _area(speaker: Speaker, area: str) -> str:
    """The pages of the indicators of one area."""
    catalogue, address = speaker.catalogue, _addresses(speaker, "../")
    shown = [i.id for i in catalogue.indicators.values() if i.area == area and i.is_shown]
    parts = [f"# {escaped(speaker.text(catalogue.areas[area].name))}: wskaźniki"]
    contents = Items(tuple(line(speaker.indicator_link(name)) for name in shown))
    parts.append(markdown((contents,), 2, address))
    parts += [markdown_page(indicator_page(speaker, name), 2, address) for name in shown]
    return "\n\n".join(parts)


def _services(speaker: Speaker) -> str:
    catalogue, address = speaker.catalogue, _addresses(speaker, "")
    parts = [
        "# Usługi",
        "Lista jest odtworzona z zadań ustawowych gmin i powiatów; "
        "nie jest listą systemu krajowego.",
    ]
    for area in catalogue.areas.values():
        services = catalogue.services_of(area.id)
        if services:
            number = f"{area.number}. " if area.number is not None else ""
            parts.append(f"## {number}{escaped(area.name.pl)}\n\n{escaped(area.summary.pl)}")
        parts += [markdown_page(service_page(speaker, s.id), 3, address) for s in services]
    return "\n\n".join(parts)


def _variables(speaker: Speaker) -> str:
    """Variables under the area of the first indicator that uses them."""
    catalogue, address = speaker.catalogue, _addresses(speaker, "")
    parts = ["# Zmienne", "Wielkości, z których liczone są wskaźniki, ze źródłami i kalendarzem."]
    areas: dict[str, list[str]] = {area: [] for area in catalogue.areas}
    unused: list[str] = []
    for name in catalogue.variables:
        users = speaker.users.get(name)
        (areas[catalogue.indicators[users[0]].area] if users else unused).append(name)
    groups = [(catalogue.areas[area].name.pl, names) for area, names in areas.items()]
    for title, names in [*groups, ("Jeszcze nieużywane", unused)]:
        if names:
            parts.append(f"## {escaped(title)}")
        parts += [markdown_page(variable_page(speaker, name), 3, address) for name in names]
    return "\n\n".join(parts)


def _glossary(speaker: Speaker) -> str:
    intro = "Terms on screen stand in both languages; the nouns are the names in code."
    table = markdown((glossary_table(speaker),), 2, lambda to: "")
    return f"# Glossary\n\n{intro}\n\n{table}"

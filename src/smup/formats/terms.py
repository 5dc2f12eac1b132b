"""On what terms the figures may be used: told alike in files, catalogues and answers."""

from collections.abc import Mapping

from smup.language import Lang

LICENCE = "CC BY 4.0"
LICENCE_PAGE = "https://creativecommons.org/licenses/by/4.0/"
TERMS: Mapping[Lang, str] = {
    "pl": "Dane wolno wykorzystywać dalej pod warunkiem podania źródła i wydania; źródła mogą "
    "stawiać własne warunki.",
    "en": "The data may be reused with source and release stated; sources may set terms of their "
    "own.",
}

"""Addresses of the face: whole, as clients want them, and carrying on what a reader chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from smup.formats import media
from smup.web.config.origin import origin

JSON, HTML, GEOJSON = media.JSON, "text/html", media.GEOJSON
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
CARRIED = ("indicator", "year", "lang", "asOf")  # what every link of an answer passes on

Link = dict[str, str]


@dataclass(frozen=True)
class Links:
    """``root`` is the address of the landing page, ``carried`` the parameters passed on."""

    root: str
    carried: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "Links":
        carried = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
        return cls(f"{origin(request)}/ogc", carried)

    def address(
        self, path: str, form: str = "json", more: Mapping[str, object] | None = None
    ) -> str:
        """The address of a document in a form, with what is carried on and ``more``."""
        query = urlencode({**self.carried, **(more or {}), "f": form}, safe=",:/")
        return f"{self.root}{path}?{query}"

    def link(
        self,
        rel: str,
        path: str,
        title: str,
        kind: str = JSON,
        more: Mapping[str, object] | None = None,
    ) -> Link:
        form = "html" if kind == HTML else "json"
        return {"rel": rel, "type": kind, "title": title, "href": self.address(path, form, more)}

    def both(
        self,
        path: str,
        title: str,
        form: str,
        kind: str = JSON,
        more: Mapping[str, object] | None = None,
    ) -> list[Link]:
        """A document itself, in the ``form`` it is given in, and its other form."""
        own, other = (HTML, kind) if form == "html" else (kind, HTML)
        return [
            self.link("self", path, title, own, more),
            self.link("alternate", path, title, other, more),
        ]

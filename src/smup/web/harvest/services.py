"""The interfaces of this portal as data services of the catalogue."""

from smup.catalogue.base import Text
from smup.formats.dcat import Service

SERVICES = (
    Service(
        "api-v1",
        Text(pl="API wartości i porównań", en="API of values and comparisons"),
        "/api/v1",
        "/api/v1/openapi.json",
    ),
    Service(
        "pxweb",
        Text(pl="PxWebApi 2", en="PxWebApi 2"),
        "/pxweb/api/v2",
        "/pxweb/api/v2/config",
        "https://github.com/PxTools/PxApiSpecs",
    ),
    Service(
        "sdmx",
        Text(pl="SDMX", en="SDMX"),
        "/sdmx",
        "/api",
        "https://github.com/sdmx-twg/sdmx-rest",
    ),
    Service(
        "gus-smup",
        Text(pl="Interfejs zgodny z API SMUP GUS", en="Interface compatible with the GUS SMUP API"),
        "/api/1.0.0",
        "/api",
    ),
    Service(
        "ogc-features",
        Text(pl="Granice z wartościami (OGC API)", en="Boundaries with values (OGC API)"),
        "/ogc",
        "/ogc/api",
        "http://www.opengis.net/doc/IS/ogcapi-features-1/1.0",
    ),
)

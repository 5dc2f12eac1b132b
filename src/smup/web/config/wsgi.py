"""The WSGI application, warmed before it is offered to anyone."""

import os

from django.core.wsgi import get_wsgi_application

from smup.web.config.front import Front
from smup.web.config.metrics import journal
from smup.web.config.security import SAFETY

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smup.web.config.settings")

application = Front(get_wsgi_application(), journal(), SAFETY)

WARMING = (
    "/",
    "/jst/1465",
    "/jst/1465/wskaznik/ludnosc",
    "/jst/1465/zmiany",
    "/wskaznik/ludnosc",
    "/szukaj?q=ludnosc+w+Gdyni",
    "/en/jst/1465",
)


def warm() -> None:
    """Answer a few pages once: parses the catalogue, compiles or loads the kernels of comparison.

    A process that serves calls it before its first request; a failure is left to that request,
    which has a page to say so.
    """
    from django.conf import settings
    from django.test.client import Client

    host = settings.ALLOWED_HOSTS[0].replace("*", "localhost")
    client = Client(raise_request_exception=False, SERVER_NAME=host)
    for address in WARMING:
        client.get(address, headers={"accept-encoding": "br"})

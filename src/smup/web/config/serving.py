"""What a worker of the server loads: the application, warm."""

from smup.web.config.wsgi import application, warm

warm()

__all__ = ["application"]

"""Django settings. Pages about numbers need no database, session or login."""

import os

from smup.web.config.database import database
from smup.web.config.limits import MOST_TEMPLATE
from smup.web.config.paths import paths
from smup.web.config.secret import secret_key

_PATHS = paths()
_PATHS.static.mkdir(parents=True, exist_ok=True)

SECRET_KEY = secret_key(_PATHS.secret)
DEBUG = os.environ.get("SMUP_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("SMUP_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# Who runs this copy; shown in the footer, the accessibility statement and the privacy page.
SMUP_OPERATOR = os.environ.get("SMUP_OPERATOR", "")
SMUP_CONTACT = os.environ.get("SMUP_CONTACT", "")
# Scheme and host of this copy for canonical links and the site map; as asked where left out.
SMUP_ADDRESS = os.environ.get("SMUP_ADDRESS", "").rstrip("/")
# Does the façade of the GUS interface answer 404 where an indicator has no data, as GUS did?
SMUP_GUS_EMPTY_AS_404 = os.environ.get("SMUP_GUS_EMPTY_AS_404") == "1"

# Whether the schema of the national portal wants its namespace on every element of harvest.xml.
SMUP_HARVEST_QUALIFIED = os.environ.get("SMUP_HARVEST_QUALIFIED") == "1"

ROOT_URLCONF = "smup.web.config.urls"
WSGI_APPLICATION = "smup.web.config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",  # its file
    "smup.workspace",
    "smup.web.portal",
    "smup.web.ogc",  # its template
]
MIDDLEWARE = [
    "smup.web.config.head.HeadMiddleware",
    "smup.web.config.security.ContentSecurityMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "smup.web.config.long_answers.LongAnswersMiddleware",
    "smup.web.config.page_cache.PageCacheMiddleware",
    "smup.web.config.fair_use.FairUseMiddleware",
    "smup.web.config.current.ReleaseMiddleware",
    "django.middleware.common.CommonMiddleware",
]
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["django.templatetags.static"]},
    }
]

DATABASES = {"default": database(_PATHS.database, os.environ.get("SMUP_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = _PATHS.static
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "pl"
USE_I18N = False  # texts of both languages come from telling/words and the catalogue
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# How much may be sent is decided by long_answers; what a form sends is never written to disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_TEMPLATE

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request": {"()": "smup.web.config.request_log.NamesRequest"},
        "faults": {"()": "smup.web.config.request_log.FaultsAlone"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(request)s %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # a mistyped address is answered with a helpful page, it is no event for the log
    # neither is what Django refuses as suspicious (a name that is not ours, ten thousand
    # parameters), of which robots send much
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["faults"]},
        "django.security": {"level": "CRITICAL"},
    },
}

"""Django settings. Pages about numbers need no database, session or login."""

import os

from smup.web.config.database import database
from smup.web.config.limits import MOST_PAPER
from smup.web.config.oidc import oidc
from smup.web.config.paths import paths
from smup.web.config.secret import secret_key

_PATHS = paths()
_PATHS.static.mkdir(parents=True, exist_ok=True)

SMUP_ROOT = _PATHS.root  # holds catalogue/ and territory/

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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",  # its file
    "smup.workspace",
    "smup.accounts",
    "smup.mailing",
    "smup.training",
    "smup.web.portal",
    "smup.web.ogc",  # its template
    "smup.web.people",
    "smup.web.training",
    "smup.web.operations",
    "smup.web.accounts",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "smup.web.config.head.HeadMiddleware",
    "smup.web.config.security.ContentSecurityMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "smup.web.portal.turning_away.TurnedAway",
    "smup.web.config.long_answers.LongAnswersMiddleware",
    "smup.web.config.page_cache.PageCacheMiddleware",
    "smup.web.config.fair_use.FairUseMiddleware",
    "smup.web.config.current.ReleaseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "smup.web.people.middleware.PeopleMiddleware",
    "smup.web.people.middleware.Sessions",
    "smup.web.people.middleware.Forms",
    "smup.web.people.middleware.Login",
    "smup.web.people.middleware.Messages",
    "allauth.account.middleware.AccountMiddleware",  # touches no session of its own accord
]
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smup.web.people.page.shared",
            ],
        },
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
LANGUAGES = [("pl", "polski"), ("en", "English")]
# Texts of ours come from telling/words, web/people/words and the catalogue. What Django and allauth
# say themselves follows the address of pages for people; all other pages never switch.
USE_I18N = True
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# How much may be sent is decided by long_answers; what a form sends is never written to disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_PAPER

# People. There is no sign-up: whoever signs in was invited.
SMUP_PEOPLE = _PATHS.home / "people"  # kept documents and counts of tries, for the owner alone
SMUP_OUTBOX = _PATHS.home / "outbox"  # letters as files, where SMUP_SMTP is `file`
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "accounts_home"
SESSION_COOKIE_AGE = 12 * 3600  # a working day; middleware adds Secure where the reader has TLS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "smup-sesja", "smup-formularz"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "smup.web.people.troubles.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {  # counts of tries, shared by all workers; nothing else is kept in it
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": SMUP_PEOPLE / "tries",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

ACCOUNT_ADAPTER = "smup.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, without asking
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "login": "smup.web.accounts.forms.SignInForm",
    "change_password": "smup.web.accounts.forms.NewPasswordForm",
    "reset_password": "smup.web.accounts.forms.ForgottenForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True  # what is answered never tells whether there is an account
MFA_ADAPTER = "smup.web.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "smup.web.accounts.forms.KeyForm",
    "edit_webauthn": "smup.web.accounts.forms.KeyNameForm",
}
MFA_TOTP_ISSUER = "SMUP"
MFA_TOTP_TOLERANCE = 1  # of 30 seconds: clocks of phones differ

# Signing in elsewhere, where SMUP_OIDC_URL names a provider of OpenID Connect. It makes no
# accounts: the e-mail it has checked must be that of somebody invited.
SMUP_OIDC = oidc(os.environ)
if SMUP_OIDC is not None:
    INSTALLED_APPS += SMUP_OIDC.apps
    SOCIALACCOUNT_PROVIDERS = SMUP_OIDC.providers
    SOCIALACCOUNT_ADAPTER = "smup.web.accounts.elsewhere.ElsewhereAdapter"
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

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

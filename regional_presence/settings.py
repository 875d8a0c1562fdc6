"""Settings. The environment is read here and nowhere else; a bad value stops the start with a sentence."""

import os
import secrets
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


def env_bool(name: str, default: bool) -> bool:
    """Read a yes or no."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if not value else value in ("1", "true", "yes", "on")
    message = f"{name}={value!r} is neither yes nor no. Allowed: 1, true, yes, on, 0, false, no, off."
    raise ImproperlyConfigured(message)


def env_list(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def kept_secret(folder: Path) -> str:
    """Return the secret key of this installation, made at the first start and kept beside its database."""
    file = folder / "secret-key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # made before, or by a quicker process
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(50))
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        message = (
            f"The folder {folder} cannot be written ({error.strerror}): set DATA_DIR to one that can, or SECRET_KEY."
        )
        raise ImproperlyConfigured(message) from error


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").absolute()

PRODUCTION = env_bool("PRODUCTION", default=False)
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = os.environ.get("SECRET_KEY") or ("" if PRODUCTION else kept_secret(DATA_DIR))
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("PRODUCTION and DEBUG are both on: production never shows its insides.")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("PRODUCTION needs SECRET_KEY, at least 50 random characters.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "PRODUCTION needs ALLOWED_HOSTS, the names under which the portal is reached, and not *."
        )

INSTALLED_APPS = [
    "regional_presence",
    "centres",
    "initiatives",
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "regional_presence.urls"
WSGI_APPLICATION = "regional_presence.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ---------------------------------------------------------------- data


DATABASE_ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def database() -> dict[str, Any]:
    """Return the database: SQLite beside the code, or what DATABASE_URL names."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{quote(str(DATA_DIR / 'registry.sqlite3'))}"
    message = "DATABASE_URL is no address of a database. Allowed: postgres://user:password@host/name or sqlite:////folder/file."
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (dj_database_url.UnknownSchemeError, dj_database_url.ParseError, ValueError) as error:
        raise ImproperlyConfigured(message) from error
    if config["ENGINE"] not in DATABASE_ENGINES or config["NAME"] in ("", ":memory:"):
        raise ImproperlyConfigured(message)
    if config["ENGINE"].endswith("postgresql"):
        config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    if config["ENGINE"].endswith("sqlite3"):
        config["CONN_MAX_AGE"] = None
        # IMMEDIATE: a transaction that will write takes its turn at once instead of failing half way.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        }
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# ---------------------------------------------------------------- languages

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese")),
]
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LOCALE_PATHS = [BASE_DIR / "regional_presence" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["regional_presence.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Zurich"  # ITU's own

# ---------------------------------------------------------------- files

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "regional_presence" / "static"]
# Without a deployment step the finders serve; collectstatic in production makes hashed, compressed files.
WHITENOISE_USE_FINDERS = not PRODUCTION
if not PRODUCTION:
    warnings.filterwarnings("ignore", "No directory at", UserWarning)  # nothing was collected, and nothing need be
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# ---------------------------------------------------------------- safety

# A programme's form sends a dozen values for each of its rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# One constant policy without nonces: finished pages can be kept. The stock admin passes it.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION

# ---------------------------------------------------------------- API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["regional_presence.renderers.JSONRenderer", "regional_presence.renderers.CSVRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["initiatives.parameters.StrictFilterBackend"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "regional_presence.renderers.Negotiation",
    "DEFAULT_PAGINATION_CLASS": "regional_presence.pagination.RegistryPagination",
    "DEFAULT_SCHEMA_CLASS": "regional_presence.openapi.RegistrySchema",
    "EXCEPTION_HANDLER": "regional_presence.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": "format",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Regional Presence API",
    "DESCRIPTION": "The registry of ITU's regional presence, to read: anonymous, in JSON and CSV. "
    "A record always holds every key that is required here, null where nothing is stated, unless “fields” asks for some only. "
    "A parameter without a value (“kind=”) is as if it were not given. "
    "Errors are told as problem details (RFC 9457).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVERS": [{"url": "/"}],
    "POSTPROCESSING_HOOKS": ["regional_presence.openapi.finish"],
}

# ---------------------------------------------------------------- logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

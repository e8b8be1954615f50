"""Settings. Everything that differs between installations comes from the environment."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sobo.configuration import configuration
from sobo.database import clear

CONFIGURATION = configuration()
DATA = CONFIGURATION.data


def _database(url: str, **options: Any) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


SECRET_KEY = CONFIGURATION.secret_key
DEBUG = False
ALLOWED_HOSTS = CONFIGURATION.hosts
ROOT_URLCONF = "sobo.urls"
WSGI_APPLICATION = "sobo.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "sobo.journal",
    "sobo.institutions",
    "sobo.accounts",
    "sobo.registry.people",
    "sobo.registry.classes",
    "sobo.registry.facilities",
    "sobo.registry.learners",
    "sobo.registry.staff",
    "sobo.intake",
    "sobo.reporting",
    "sobo.statistics",
    "sobo.portal",
    "sobo.demo",
    "sobo.schedule.Schedule",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sobo.portal.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sobo.portal.languages.VietnameseFirst",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sobo.portal.middleware.OneTransaction",
]

TEMPLATES = [
    {
        "BACKEND": "sobo.portal.engine.InEachLanguage",
        "APP_DIRS": False,
        "DIRS": [
            Path(__file__).parent / area / "templates"
            for area in ("portal", "accounts", "registry", "intake", "reporting", "statistics")
        ],
        "OPTIONS": {
            "environment": "sobo.portal.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "sobo.portal.page.shell",
            ],
        },
    }
]

_POOL = {"min_size": 2, "max_size": CONFIGURATION.pool, "reset": clear}
DATABASES = {"default": _database(CONFIGURATION.app_url, pool=_POOL)}
if os.environ.get("SOBO_AS_OWNER"):
    # Migrations, the demo nation and the tests that play the owner connect with the owner's URL.
    DATABASES = {"default": _database(CONFIGURATION.owner_url)}
OWNER_DATABASE = _database(CONFIGURATION.owner_url)

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# The session cookie carries the token that opens a scope; the database keeps only its digest, so
# that no statement, however injected, can read another person's session.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.https
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if CONFIGURATION.https else 0

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "sobo.portal.fonts.TypefaceFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# Personal data never reaches a log: only these short lines do, and error reports carry no values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "sobo.portal.errors.NothingPersonal"

TODAY = CONFIGURATION.today
UPLOAD_LIMIT_MB = CONFIGURATION.upload_limit_mb

"""The settings of this project; its own, so that nothing of the site's hangs on it."""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from accounts.demo.federation.keys import private_key_pem
from accounts.demo.federation.options import HOST, Options

ROOM = "accounts.demo.federation"
TEMPLATES = Path(__file__).parent / "templates"


def settings_for(options: Options) -> dict[str, Any]:
    """What `settings.configure` takes."""
    return {
        # It signs what lives for minutes: the sign-in in hand.
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": [HOST],
        "ROOT_URLCONF": f"{ROOM}.urls",
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
            "csp",
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "csp.middleware.CSPMiddleware",
            f"{ROOM}.middleware.MisbehaviourMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [TEMPLATES],
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        "DATABASES": {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": options.state / "federation.sqlite3",
                "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
            }
        },
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        # One process: codes and visits live in its memory, and end with it.
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
        # Browsers do not tell the ports of one host apart; the site's own cookies must not be overwritten.
        "SESSION_COOKIE_NAME": f"demofederatie_{options.port}_bezoek",
        "CSRF_COOKIE_NAME": f"demofederatie_{options.port}_formulier",
        "CSRF_COOKIE_HTTPONLY": True,
        # The client's secret is that of a demonstration, and is checked at every sign-in.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "LOGIN_URL": "account_login",
        "IDP_OIDC_ADAPTER": f"{ROOM}.adapter.ProviderAdapter",
        "IDP_OIDC_PRIVATE_KEY": private_key_pem(options.state),
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "style-src": [SELF],
                "form-action": [SELF, *options.form_targets],
                "base-uri": [NONE],
                "frame-ancestors": [NONE],
            }
        },
        "SECURE_REFERRER_POLICY": "same-origin",
        "LANGUAGE_CODE": "nl",
        "USE_TZ": True,
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"stderr": {"class": "logging.StreamHandler"}},
            "root": {"handlers": ["stderr"], "level": "ERROR"},
            # Who asks with nonsense is answered; a line about it would stand between those of the site.
            "loggers": {"django.security": {"handlers": [], "propagate": False}},
        },
    }

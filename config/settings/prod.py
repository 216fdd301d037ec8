"""Settings for production: TLS everywhere, public addresses only, nothing left to a default that guards something."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import (
    ALLAUTH_TRUSTED_PROXY_COUNT,
    ALLOWED_HOSTS,
    EMAIL_BACKEND,
    FEDERATIONS,
    FETCH_ALLOWED_NETWORKS,
    HSTS_SECONDS,
    SECRET_KEY,
    SITE_URL,
)

if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is empty: set it to 50 or more random characters.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty: set it to the names under which the catalogue is served.")
if FETCH_ALLOWED_NETWORKS:
    raise ImproperlyConfigured(
        f"FETCH_ALLOWED_NETWORKS is {FETCH_ALLOWED_NETWORKS!r}: unset it; production fetches public addresses only."
    )
if EMAIL_BACKEND.startswith(
    tuple(f"django.core.mail.backends.{kind}." for kind in ("console", "filebased", "locmem", "dummy"))
):
    # Codes for signing in would stand in the log, with the addresses of who asked for them.
    raise ImproperlyConfigured(
        "EMAIL_URL names no mail server: set it to one, as in smtp+tls://user:password@host:587."
    )
if not ALLAUTH_TRUSTED_PROXY_COUNT:
    # The proxy that ends TLS stands in front; without it all visitors would share one limit on guessing.
    raise ImproperlyConfigured("TRUSTED_PROXY_COUNT is 0: set it to how many proxies of yours stand in front.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}: set it to the site's own address with https://, for the links in mail."
    )
for _name, _federation in FEDERATIONS.items():
    if not _federation["issuer"].startswith("https://"):
        raise ImproperlyConfigured(
            f"FEDERATION_{_name.upper()}_ISSUER is {_federation['issuer']!r}: give the address with https://; "
            "production believes no federation over plain HTTP, the demonstration's least of all."
        )

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # The load balancer asks over plain HTTP.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = HSTS_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Invented people never sign in where real people do, whatever the environment says.
DEMONSTRATION = False

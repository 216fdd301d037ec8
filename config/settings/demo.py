"""Settings for the demonstration on one machine: production's server and middleware, without what needs TLS."""

from config.settings.base import *  # noqa: F403
from config.settings.base import SECRET_KEY

if not SECRET_KEY:
    from django.core.exceptions import ImproperlyConfigured

    raise ImproperlyConfigured("SECRET_KEY is empty: start the demonstration with `make run`, which makes one.")

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
DEMONSTRATION = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost

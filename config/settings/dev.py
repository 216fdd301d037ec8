"""Settings for a developer's machine: errors in full, loopback only."""

from config.settings.base import *  # noqa: F403
from config.settings.base import SECRET_KEY as _SECRET_KEY
from config.settings.base import STORAGES

DEBUG = True
SECRET_KEY = _SECRET_KEY or "insecure-key-for-a-developers-machine"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DEMONSTRATION = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost

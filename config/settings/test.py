"""Settings for the test run: real services, loopback only, one index prefix and one Valkey space for each worker."""

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, TEST_WORKER

SECRET_KEY = "insecure-key-for-tests"  # noqa: S105  It guards nothing.
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The workers of one run share one engine without meeting.
ELASTICSEARCH_PREFIX = f"test-{TEST_WORKER}"
# On a busy machine a test of the engine would else be answered by the database, and fail or mean nothing.
ELASTICSEARCH_TIMEOUT_SECONDS = 10.0
# `make run` may use the same Valkey at the same time; its worker listens to another queue.
CELERY_TASK_DEFAULT_QUEUE = f"test-{TEST_WORKER}"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": TEST_WORKER}}
DEMONSTRATION = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost

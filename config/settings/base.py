"""Settings that hold everywhere; this module alone reads the environment.

dev, test, demo and prod import it and override what differs. docs/operations.md lists every variable.
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# What the status page tells; pyproject.toml says the same.
VERSION = "0.1.0"

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "accounts.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "catalogus",
    "accounts",
    "accounts.federation",
    "ingest",
    "reviews",
    "selection",
    "portal",
]

# Packing is outside of caching, whose mark is of the page and not of its packed bytes; both are outside of all that
# sets a cookie or adds to the page, and inside of WhiteNoise, whose files have headers of their own.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.compression.TextCompressionMiddleware",
    "portal.caching.CachingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Named services. DATABASE_URL and REDIS_URL are always needed; without ELASTICSEARCH_URL the database searches.
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://127.0.0.1:5432/keuzecatalogus")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    # A page that waits longer than this for the database is of no use to who asked for it; long work sets its own.
    "OPTIONS": {"options": f"-c statement_timeout={env.int('DATABASE_STATEMENT_TIMEOUT_MS', default=30_000)}"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
# Indexes and aliases of one installation share this prefix, so that several can use one cluster.
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="keuzecatalogus")
# How long a search may take, connecting included; then the database answers. Other work has limits of its own.
ELASTICSEARCH_TIMEOUT_SECONDS = env.float("ELASTICSEARCH_TIMEOUT_SECONDS", default=0.8)
if not 0 < ELASTICSEARCH_TIMEOUT_SECONDS < 60:
    raise ImproperlyConfigured(
        f"ELASTICSEARCH_TIMEOUT_SECONDS is {ELASTICSEARCH_TIMEOUT_SECONDS}: set it to seconds above 0 and below 60."
    )
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", default=0)
# How many searches the database answers at a time in basic mode, over all processes; it has all other pages to serve.
BASIC_SEARCH_SLOTS = env.int("BASIC_SEARCH_SLOTS", default=4)
if not 1 <= BASIC_SEARCH_SLOTS <= 100:
    raise ImproperlyConfigured(f"BASIC_SEARCH_SLOTS is {BASIC_SEARCH_SLOTS}: set it to a number from 1 to 100.")
# Documents a second that a rebuild by the worker writes at most, so that searching does not notice it; 0 is no limit.
SEARCH_REBUILD_MAX_RATE = env.int("SEARCH_REBUILD_MAX_RATE", default=0)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A harvest of a million records takes hours; Redis hands a task to a second worker after this time.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 12 * 3600}
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE = {
    "drain-outbox": {"task": "catalogus.tasks.drain_outbox", "schedule": 5.0, "options": {"expires": 5.0}},
    "assign-sequence": {"task": "catalogus.tasks.assign_sequence", "schedule": 5.0, "options": {"expires": 5.0}},
    # The home page shows these counts; where nothing changed, or a moment ago, this is two short questions.
    "count-catalogue": {"task": "catalogus.tasks.count_catalogue", "schedule": 60.0, "options": {"expires": 60.0}},
    "rebuild-search": {"task": "catalogus.tasks.rebuild_search", "schedule": 60.0, "options": {"expires": 60.0}},
    "refresh-words": {
        "task": "catalogus.tasks.refresh_words",
        "schedule": crontab(hour=2, minute=30),
        "options": {"expires": 3600.0},
    },
    "check-search": {
        "task": "catalogus.tasks.check_search",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600.0},
    },
    "refresh-covers": {"task": "catalogus.tasks.refresh_covers", "schedule": 60.0, "options": {"expires": 60.0}},
    "harvest-due-sources": {
        "task": "ingest.tasks.harvest_due_sources",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "reread-requested-records": {
        "task": "ingest.tasks.reread_requested_records",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "send-mail": {"task": "accounts.tasks.send_mail_due", "schedule": 10.0, "options": {"expires": 10.0}},
    # By the clock of CELERY_TIMEZONE: read before the first lesson of the week.
    "send-digests": {
        "task": "selection.tasks.send_digests",
        "schedule": crontab(day_of_week="monday", hour=7, minute=0),
        "options": {"expires": 24 * 3600.0},
    },
    "restate-prior": {
        "task": "reviews.tasks.restate_prior",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
    "check-reviews": {
        "task": "reviews.tasks.check_reviews",
        "schedule": crontab(hour=4, minute=10),
        "options": {"expires": 3600.0},
    },
    "forget-old-reports": {
        "task": "ingest.tasks.forget_old_reports",
        "schedule": crontab(hour=3, minute=40),
        "options": {"expires": 3600.0},
    },
    "forget-old-drafts": {
        "task": "reviews.tasks.forget_old_drafts",
        "schedule": crontab(hour=3, minute=50),
        "options": {"expires": 3600.0},
    },
    "forget-people": {
        "task": "accounts.tasks.forget_what_expired",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600.0},
    },
}

# smtp://user:password@host:587?tls=True; without one, mail is written to the log.
_MAIL = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(_MAIL)
EMAIL_BACKEND: str = _MAIL["EMAIL_BACKEND"]
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="keuzecatalogus@localhost")
EMAIL_TIMEOUT = 10  # Seconds; a mail server that says nothing would else hold a page or a worker for ever.
# Where readers of mail find this site; a letter is written by a worker, which no request tells its host.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")

# Who answers questions about personal data: a mail address, or a name and address of post.
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="")
# Who answers everything else: the same, on the page that is linked from the foot of every other.
CONTACT = env.str("CONTACT", default="")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.passwords.UnlikeThePerson",
        "OPTIONS": {"user_attributes": ["email", "display_name", "sign_in_name"]},
    },
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.Uncommon"},
    {"NAME": "accounts.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:overview"
LOGOUT_REDIRECT_URL = "portal:home"

# Sign-in by django-allauth; accounts/README.md gives the reasons, docs/operations.md what may be set.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code is typed in the window that asked for it; scanners of school mail open every link.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who has an address has the next password: whoever sits at an open visit does not change it with that alone.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_USER_DISPLAY = "accounts.names.shown_name"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "signup": "accounts.forms.sign_in.SignUpForm",
    "confirm_email_verification_code": "accounts.forms.sign_in.ConfirmEmailForm",
    "add_email": "accounts.forms.sign_in.ChangeEmailForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "accounts.forms.sign_in.SetPasswordForm",
    "reset_password": "accounts.forms.sign_in.ForgotPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.ChooseNewPasswordForm",
    "reauthenticate": "accounts.forms.sign_in.ConfirmPasswordForm",
}
# Beside allauth's own limits on a minute: who types a stranger's address fills no mailbox by coming back.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "1/10s/key,10/h/key",
    "reset_password": "20/m/ip,5/m/key,10/h/key",
}
# So many proxies of ours stand in front and tell the visitor's address; limits on guessing count by it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

SOCIALACCOUNT_ADAPTER = "accounts.federation.adapter.FederationAdapter"
# A federation tells no address, and an account needs none.
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
# Schools' identity federations by name, each with its issuer, our client there and the names of its claims.
FEDERATIONS = {
    name: {
        "label": env.str(f"FEDERATION_{name.upper()}_LABEL", default=name),
        "issuer": env.str(f"FEDERATION_{name.upper()}_ISSUER"),
        "client_id": env.str(f"FEDERATION_{name.upper()}_CLIENT_ID"),
        "client_secret": env.str(f"FEDERATION_{name.upper()}_CLIENT_SECRET"),
        "claims": env.str(f"FEDERATION_{name.upper()}_CLAIMS", default=name),
    }
    for name in env.list("FEDERATIONS", default=[])
}

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateAppForm",
    "authenticate": "accounts.forms.second_factor.EnterCodeForm",
    "reauthenticate": "accounts.forms.second_factor.EnterCodeAgainForm",
    "authenticate_webauthn": "accounts.forms.second_factor.UseKeyForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.UseKeyAgainForm",
    "login_webauthn": "accounts.forms.second_factor.UsePasskeyForm",
    "add_webauthn": "accounts.forms.second_factor.AddKeyForm",
    "edit_webauthn": "accounts.forms.second_factor.RenameKeyForm",
}
MFA_TOTP_ISSUER = "Open Keuzecatalogus"

# Invented people may sign in. The demonstration and tests alone say so; production never.
DEMONSTRATION = False

LANGUAGE_CODE = "nl"
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
# Pictures of covers, made again from their addresses where they are lost; web processes and worker share the folder.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Nothing from other hosts and nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)  # Production alone sends it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["catalogus.api.renderers.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["catalogus.api.parsers.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "catalogus.api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Open Keuzecatalogus",
    "DESCRIPTION": "The supply of Dutch learning materials: products and methods, with search, filters and counts, and"
    " what teachers say of them.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
}

# catalogus.http fetches from public addresses only; tests and the demonstration add their loopback network here.
FETCH_ALLOWED_NETWORKS: list[str] = env.list("FETCH_ALLOWED_NETWORKS", default=[])
# Off until somebody has seen to the rights: a cover is its publisher's picture (docs/operations.md).
COVERS_ENABLED = env.bool("COVERS_ENABLED", default=False)
FETCH_USER_AGENT = env.str("FETCH_USER_AGENT", default="OpenKeuzecatalogus/0.1")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "elastic_transport": {"level": "WARNING"},
        "elastic_transport.node_pool": {"level": "ERROR"},  # Our breaker tells which failures count.
        "httpx": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # It would tell whose key was used when.
        # Below this they tell whole forms and rows, people among them, whatever LOG_LEVEL is.
        "django.template": {"level": "INFO"},
        "django.db.backends": {"level": "INFO"},
    },
}

# pytest-xdist names its workers gw0, gw1, …; the test settings keep them apart by this name.
TEST_WORKER = env.str("PYTEST_XDIST_WORKER", default="main")

"""Development and demonstration on one machine: what `make run` and `make demo` use."""

import os

from .base import *  # noqa: F403
from .base import MIDDLEWARE, STORAGES

DEBUG = os.environ.get("DEBUG", "") == "1"
# A key for one machine only; production refuses to start without its own.
SECRET_KEY = os.environ.get("SECRET_KEY") or "developpement-seulement-jamais-en-production"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("ALLOWED_HOSTS", "").split(",")]
# A person trying the demonstration has no authenticator at hand; the banner says that this is not production.
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR_REQUIRED", "") == "1"
DEMONSTRATION = os.environ.get("DEMONSTRATION", "1") == "1"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Served straight from the packages' folders: no collectstatic before a first look.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MIDDLEWARE = [*MIDDLEWARE]
COMPONENTS_PAGE = True

"""Production: everything that must be said by the environment is refused when missing (docs/operations.md)."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, DATABASES, SECRET_KEY

if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY manque : donnez une longue chaîne aléatoire dans l’environnement.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS manque : donnez le ou les noms de domaine du site, séparés par des virgules.")
if not DATABASES["default"]:
    raise ImproperlyConfigured("DATABASE_URL manque : donnez l’adresse de la base PostgreSQL.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

"""The smallest site that the launcher can run: a health page, a queue, the commands that it calls."""

import dj_database_url

SECRET_KEY = "essai"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["config", "procrastinate.contrib.django", "django.contrib.contenttypes"]
DATABASES = {"default": dj_database_url.config()}
ROOT_URLCONF = "config.urls"
USE_TZ = True

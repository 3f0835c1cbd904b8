"""The public pages, in Wagtail. May import aap to show calls, never scoring."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Site public"

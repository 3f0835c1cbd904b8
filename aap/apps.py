"""The call, from publication to open data: one Django app, many rooms."""

from django.apps import AppConfig


class AapConfig(AppConfig):
    name = "aap"
    label = "aap"
    verbose_name = "Appels à projets"

    def ready(self) -> None:
        """Connect the rooms that follow what Django and allauth announce."""
        from aap.people import signals  # noqa: F401

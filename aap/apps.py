"""The call, from publication to open data: one Django app, many rooms."""

from django.apps import AppConfig


class AapConfig(AppConfig):
    name = "aap"
    label = "aap"
    verbose_name = "Appels à projets"

    def ready(self) -> None:
        """Connect the rooms that follow what Django and allauth announce, and those that a lower room must hear."""
        from aap.applications.outcomes import register_source
        from aap.decisions.selectors import released_outcomes
        from aap.people import signals  # noqa: F401

        register_source(released_outcomes)

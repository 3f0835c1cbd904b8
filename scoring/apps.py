"""The jury: panels, interests, grids, reviews, results, sittings. May import aap, never cms."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    label = "scoring"
    verbose_name = "Jury"

    def ready(self) -> None:
        from aap.applications.visibility import register_source
        from scoring.assignments.visibility import seen_by_jury

        register_source(seen_by_jury)

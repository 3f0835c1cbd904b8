"""Every address of the call's rooms, in one place; each room keeps its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("aap.desk.urls")),
    path("", include("aap.people.urls")),
    # Before the portal: /candidatures/<id>/decision/ is of this room.
    path("", include("aap.decisions.urls")),
    path("candidatures/", include("aap.portal.urls")),
    path("structures/", include("aap.organisations.urls")),
]

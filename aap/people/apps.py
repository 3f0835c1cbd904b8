"""Wagtail's management of people, with our own screens (aap.people.admin)."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    user_viewset = "aap.people.admin.PeopleViewSet"

"""The two administrations, with our own screens."""

from django.contrib.admin.apps import AdminConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's management of people (aap.people.admin)."""

    user_viewset = "aap.people.admin.PeopleViewSet"


class InspectionConfig(AdminConfig):
    """Django's administration, closed by default (aap.people.django_admin)."""

    default_site = "aap.people.django_admin.InspectionSite"

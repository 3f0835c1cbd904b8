"""After each migration, the groups of the roles exist."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate
from django.dispatch import receiver


@receiver(post_migrate, dispatch_uid="aap.people.create_role_groups")
def create_role_groups(app_config: object, **kwargs: object) -> None:
    """Once Wagtail's administration is migrated. Its permission first: Django's own receiver may come after this one."""
    administration = apps.get_app_config("wagtailadmin")
    if app_config is not administration:
        return
    from aap.people.services import ensure_groups

    create_permissions(administration, verbosity=0)
    ensure_groups()

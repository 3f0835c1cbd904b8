"""What communications staff may do: pages, images and documents, nothing else."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

CONTRIBUTE = ("add_page", "change_page")
PUBLISH = (*CONTRIBUTE, "publish_page", "lock_page", "unlock_page")
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))


def grant_editing_rights(contributors: Group, publishers: Group) -> None:
    """Give both groups their rights on the whole tree, and only these; safe to repeat."""
    root = Page.objects.get(depth=1)
    for group, codenames in ((contributors, CONTRIBUTE), (publishers, PUBLISH)):
        wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
        GroupPagePermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        _grant_files(group)


def _grant_files(group: Group) -> None:
    collection = Collection.get_first_root_node()
    for app_label, model in FILES:
        codenames = [f"{verb}_{model}" for verb in ("add", "change", "choose")]
        for permission in Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)

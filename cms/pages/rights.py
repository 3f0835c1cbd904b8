"""What communications staff may do: pages, images and documents, nothing else."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

CONTRIBUTE = ("add_page", "change_page")
PUBLISH = (*CONTRIBUTE, "publish_page", "lock_page", "unlock_page")
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))
# What Wagtail's own migrations create, in English: two groups that nobody holds, and a workflow that asks one of them.
EXAMPLE_GROUPS = ("Editors", "Moderators")
EXAMPLE_WORKFLOW = "Moderators approval"


def grant_editing_rights(contributors: Group, publishers: Group) -> None:
    """Give both groups their rights on the whole tree, and only these; safe to repeat."""
    root = Page.objects.get(depth=1)
    for group, codenames in ((contributors, CONTRIBUTE), (publishers, PUBLISH)):
        wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
        GroupPagePermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        _grant_files(group)
    _make_workflow_ours(publishers)


def _grant_files(group: Group) -> None:
    collection = Collection.get_first_root_node()
    for app_label, model in FILES:
        codenames = [f"{verb}_{model}" for verb in ("add", "change", "choose")]
        for permission in Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _make_workflow_ours(publishers: Group) -> None:
    """What a contributor proposes is approved by a publisher. Done once: an administrator may change it afterwards."""
    workflow = Workflow.objects.filter(name=EXAMPLE_WORKFLOW).first()
    if workflow is None:
        return
    workflow.name = "Relecture avant publication"
    workflow.save(update_fields=["name"])
    for task in GroupApprovalTask.objects.filter(name=EXAMPLE_WORKFLOW):
        task.name = "Relecture"
        task.save(update_fields=["name"])
        task.groups.set([publishers])
    Group.objects.filter(name__in=EXAMPLE_GROUPS, user__isnull=True).delete()

"""Who takes a page away: publishers; contributors, their own drafts at most."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from aap.people.models import Role, User
from cms.pages.models import StandardPage
from tests.factories.people import UserFactory


def draft(parent: Page, slug: str, *, owner: User | None = None, live: bool = False, **fields) -> Page:
    return parent.add_child(instance=StandardPage(title=slug.title(), slug=slug, owner=owner, live=live, **fields))


@pytest.fixture
def contributor(editor) -> tuple:
    client = editor(Role.CONTRIBUTOR)
    return client, User.objects.get(pk=client.session["_auth_user_id"])


def delete(client, page) -> bool:
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


def test_contributor_deletes_their_own_draft(site, contributor):
    client, me = contributor
    assert delete(client, draft(site, "a-moi", owner=me)) is True


def test_contributor_does_not_delete_what_is_not_only_theirs(site, contributor):
    client, me = contributor
    others = draft(site, "a-une-autre", owner=UserFactory())
    published = draft(site, "publiee-puis-retiree", owner=me, first_published_at="2025-01-01T12:00Z")
    above = draft(site, "au-dessus", owner=me)
    draft(above, "dessous", owner=UserFactory())
    assert [delete(client, page) for page in (others, published, above)] == [False, False, False]


def test_contributor_does_not_delete_several_at_once(site, contributor):
    client, _me = contributor
    page = draft(site, "a-une-autre", owner=UserFactory())
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}")
    assert Page.objects.filter(pk=page.pk).exists()


def test_contributor_is_not_offered_to_delete_nor_to_move(site, contributor):
    client, me = contributor
    own, others = draft(site, "a-moi", owner=me), draft(site, "a-une-autre", owner=UserFactory())
    edits = [client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode() for page in (own, others)]
    listing = client.get(reverse("wagtailadmin_explore", args=[site.pk])).content.decode()
    for verb in ("delete", "move"):
        mine, theirs = (reverse(f"wagtailadmin_pages:{verb}", args=[page.pk]) for page in (own, others))
        assert (mine in edits[0], theirs in edits[1], theirs in listing) == (True, False, False)


def test_publisher_deletes_a_draft_of_somebody_else(site, editor):
    assert delete(editor(Role.PUBLISHER), draft(site, "a-une-autre", owner=UserFactory())) is True

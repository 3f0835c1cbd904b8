"""What one may do to a page, where Wagtail's own answer is wider than ours."""

from wagtail.models import PagePermissionTester


class SitePagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change pages delete any draft, somebody else's included."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Who does not publish takes away their own drafts at most, never published and with nothing else under them."""
        if not super().can_delete(ignore_bulk):
            return False
        if self.user.is_superuser or "publish" in self.permissions:
            return True
        gone = self.page.get_descendants(inclusive=True)
        return not gone.exclude(owner=self.user, live=False, first_published_at=None).exists()

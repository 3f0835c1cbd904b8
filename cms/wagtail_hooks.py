"""Wagtail's administration, for communications staff: nothing that they cannot use, nothing that they could break."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from cms.pages.rules import is_indispensable

NEEDED = (
    "«\u00a0{title}\u00a0» est indispensable au site\u00a0: c’est l’accueil, ou une page que la loi demande au pied de chaque page. "
    "Modifiez-la plutôt que de la retirer."
)


@hooks.register("construct_main_menu")
def hide_help(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's help menu leads to pages in English, outside the site."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_indispensable(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete or to unpublish a page that the site cannot do without, and say why."""
    if not is_indispensable(page):
        return None
    messages.error(request, NEEDED.format(title=page.title))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_indispensable_together(
    request: HttpRequest, action: str, objects: Iterable[Any], instance: Any
) -> HttpResponse | None:
    """The same, for several pages at once."""
    if action not in {"delete", "unpublish"}:
        return None
    for page in objects:
        if isinstance(page, Page) and (refusal := keep_indispensable(request, page)):
            return refusal
    return None

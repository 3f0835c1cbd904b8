"""What every page shows around its content: identity, menu, the person's spaces, banners that tell the truth."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from aap import clock
from aap.people.selectors import spaces_of
from cms.identity.selectors import accessibility_url, footer_links, identity, main_menu


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of the layouts (templates/layout)."""
    found = identity(request)
    context: dict[str, Any] = {"now": clock.now(), "banners": banners(), "site_name": settings.WAGTAIL_SITE_NAME}
    if found is not None:
        context |= {
            "site_name": found.name,
            "site_owner": found.owner,
            "site_description": found.description,
            "contact_address": found.address,
            "contact_phone": found.phone,
            "contact_email": found.email,
            "accessibility_mention": found.get_accessibility_display(),
            "accessibility_url": accessibility_url(found, request),
            "main_menu": main_menu(request),
            "footer_links": footer_links(found, request),
        }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["spaces"] = [
            {"label": label, "url": reverse(name), "current": request.path.startswith(reverse(name))}
            for label, name in spaces_of(user)
        ]
        context["account_links"] = [{"label": "Mon compte", "url": reverse("account")}]
    return context


def banners() -> list[dict[str, str]]:
    """What a visitor must know of this installation."""
    shown = []
    if settings.DEMONSTRATION:
        shown.append({"tone": "warning", "text": "Démonstration : dates et structures fictives."})
    if not settings.SECOND_FACTOR_REQUIRED:
        shown.append(
            {
                "tone": "danger",
                "text": "Développement : la double authentification est désactivée. Ne jamais ouvrir ce site au public.",
            }
        )
    return shown

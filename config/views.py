"""Pages of the site as a whole."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache


@login_not_required
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database: for the launcher and for a supervisor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"state": "ok"})


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, and nothing that asks to sign in."""
    closed = ("admin", "django-admin", "candidatures", "instruction", "decisions", "jury", "structures", "espace", "compte")
    lines = ["User-agent: *", *(f"Disallow: /{prefix}/" for prefix in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL.rstrip('/')}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

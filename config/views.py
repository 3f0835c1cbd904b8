"""Pages of the site as a whole."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@login_not_required
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database: for the launcher and for a supervisor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"state": "ok"})


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """The library of components, in development only."""
    return render(request, "config/components.html")

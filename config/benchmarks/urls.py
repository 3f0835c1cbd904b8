"""The site's addresses, and a view that does nothing: the floor of every page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

DO_NOTHING = "/banc/rien/"


@login_not_required
def do_nothing(request: HttpRequest) -> HttpResponse:
    """The middleware stack, and nothing else."""
    return HttpResponse("rien")


urlpatterns = [path("banc/rien/", do_nothing), path("", include("config.urls"))]

"""The secretariat's first pages: it composes what the other rooms hold, and owns nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from aap.calls.models import Call
from scoring import navigation
from scoring.assignments.selectors import is_blind
from scoring.panels.models import Panel
from scoring.panels.selectors import calls_of_the_secretariat
from scoring.panels.views import require_secretariat
from scoring.secretariat.progress import progress_of


@require_GET
def secretariat(request: HttpRequest) -> HttpResponse:
    """Every call and its jury."""
    require_secretariat(request)
    items = [
        {
            "title": call.title,
            "url": reverse("scoring:secretariat_call", args=[call.slug]),
            "text": _size(call.jurors, "membre") + " · " + _size(call.before_jury, "dossier recevable", "dossiers recevables"),
            "state_label": _state(call),
            "state_tone": "success" if hasattr(call, "panel") and call.panel.closed_at else "info",
        }
        for call in calls_of_the_secretariat()
    ]
    return render(request, "scoring/secretariat/calls.html", {"items": items})


@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the work of one jury stands."""
    require_secretariat(request)
    call = get_object_or_404(Call, slug=slug)
    panel = Panel.objects.filter(call=call).first()
    if panel is None:
        return render(request, "scoring/secretariat/no_panel.html", {"call": call})
    panel.call = call
    # An officer who also scores is a juror first: the others' progress stays hidden until the last own review.
    progress = None if is_blind(request.user, panel) else progress_of(panel, request.user)
    context = {"panel": panel, "call": call, "progress": progress, **navigation.secretariat(panel, "overview")}
    return render(request, "scoring/secretariat/overview.html", context)


def _size(count: int, word: str, plural: str = "") -> str:
    return f"{count} {word if count < 2 else plural or word + 's'}"


def _state(call: Call) -> str:
    if not hasattr(call, "panel"):
        return "Jury à constituer"
    return "Travaux clos" if call.panel.closed_at else "En cours"

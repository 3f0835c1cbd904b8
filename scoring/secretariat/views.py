"""The secretariat's own pages: it composes what the other rooms hold, and owns nothing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from aap.calls.models import Call
from aap.errors import DomainError
from scoring import navigation
from scoring.assignments.selectors import is_blind
from scoring.panels.models import Panel
from scoring.panels.selectors import calls_of_the_secretariat
from scoring.panels.services import lift_recusal
from scoring.panels.views import panel_or_404, require_secretariat
from scoring.reviews.services import reopen as reopen_review
from scoring.secretariat.forms import ReasonForm
from scoring.secretariat.progress import progress_of
from scoring.secretariat.selectors import (
    lifted_of,
    members_of_candidates,
    recusals_of,
    reopenings_of,
    submitted_reviews,
)


@require_GET
def secretariat(request: HttpRequest) -> HttpResponse:
    """Every call and its jury."""
    require_secretariat(request)
    items = [
        {
            "title": call.title,
            "url": reverse("scoring:secretariat_call", args=[call.slug]),
            "text": _size(call.jurors, "membre") + " · " + _size(call.before_jury, "dossier") + " devant le jury",
            "state_label": _state(call),
            "state_tone": "success" if hasattr(call, "panel") and call.panel.closed_at else "info",
        }
        for call in calls_of_the_secretariat(request.user)
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


@require_GET
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Reviews handed in, to give one back to its juror."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    blind = is_blind(request.user, panel)
    context = {
        "panel": panel,
        "blind": blind,
        "reviews": [] if blind else submitted_reviews(panel, request.user),
        "reopenings": [] if blind else reopenings_of(panel, request.user),
        **navigation.secretariat(panel, "reviews"),
    }
    return render(request, "scoring/secretariat/reviews.html", context)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, slug: str, public_id: Any) -> HttpResponse:
    """Give a review back, with the reason."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    if is_blind(request.user, panel):
        raise Http404
    review = get_object_or_404(submitted_reviews(panel, request.user), public_id=public_id)
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            reopen_review(review, by=request.user, **form.cleaned_data)
            messages.success(request, f"L’évaluation est rouverte. {review.assignment.juror} reçoit un message.")
            return redirect("scoring:reviews", slug)
        except DomainError as error:
            form.add_error(None, error.message)
    context = {"panel": panel, "review": review, "form": form, **navigation.secretariat(panel, "reviews")}
    return render(request, "scoring/secretariat/reopen.html", context, status=422 if form.errors else 200)


@require_GET
def recusals(request: HttpRequest, slug: str) -> HttpResponse:
    """Who stepped aside from what."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    context = {
        "panel": panel,
        "recusals": recusals_of(panel, request.user),
        "lifted": lifted_of(panel, request.user),
        "members": members_of_candidates(panel, request.user),
        **navigation.secretariat(panel, "recusals"),
    }
    return render(request, "scoring/secretariat/recusals.html", context)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, slug: str, application: Any, person: Any) -> HttpResponse:
    """End a recusal recorded by mistake, with the reason."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    recusal = get_object_or_404(recusals_of(panel, request.user), application__public_id=application, user__public_id=person)
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            lift_recusal(recusal.application, recusal.user, by=request.user, **form.cleaned_data)
            messages.success(
                request, f"Le déport est levé. {recusal.user} reçoit un message et déclare de nouveau ses intérêts."
            )
            return redirect("scoring:recusals", slug)
        except DomainError as error:
            form.add_error(None, error.message)
    context = {"panel": panel, "recusal": recusal, "form": form, **navigation.secretariat(panel, "recusals")}
    return render(request, "scoring/secretariat/lift.html", context, status=422 if form.errors else 200)


def _size(count: int, word: str) -> str:
    return f"{count} {word if count < 2 else word + 's'}"


def _state(call: Call) -> str:
    if not hasattr(call, "panel"):
        return "Jury à constituer"
    return "Travaux clos" if call.panel.closed_at else "En cours"

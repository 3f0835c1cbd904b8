"""Where each call stands, from the jury's opinions to the letters read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from aap.calls.models import Call
from aap.decisions import navigation
from aap.decisions.progress import call_progress, calls_to_decide
from aap.people.access import officer_required


@officer_required
def index(request: HttpRequest) -> HttpResponse:
    """Every call, the latest first."""
    context = {"calls": calls_to_decide(request.user), **navigation.space(current="decisions:index")}
    return render(request, "aap/decisions/index.html", context)


@officer_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: its steps, and the one thing to do next."""
    call = get_object_or_404(Call, slug=slug)
    context = {"call": call, "progress": call_progress(call, request.user), **navigation.space(call, "decisions:call")}
    return render(request, "aap/decisions/call.html", context)

"""Record what the Commission permanente decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from aap.applications.models import Application
from aap.calls.models import Call
from aap.decisions import navigation
from aap.decisions.forms import ResolutionForms
from aap.decisions.selectors import awarded_in_force, jury_sat_on, to_decide
from aap.decisions.services import ResolutionRefusedError, record_resolution, resolution_obstacle
from aap.decisions.suggestions import suggest
from aap.errors import DomainError
from aap.people.access import officer_required


@officer_required
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of applications, prefilled from the jury's opinions; nothing is awarded before it is recorded."""
    call = get_object_or_404(Call, slug=slug)
    applications = Application.objects.visible_to(request.user).filter(call=call)
    suggestions = suggest(call, to_decide(call, request.user))
    forms = ResolutionForms(suggestions, request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.is_valid():
        typed = forms.resolution.cleaned_data
        try:
            resolution = record_resolution(
                call,
                number=typed["number"],
                adopted_on=typed["adopted_on"],
                executory_on=typed["executory_on"],
                decisions=forms.drafts(),
                by=request.user,
            )
        except ResolutionRefusedError as refused:
            forms.refuse(refused)
        except DomainError as error:
            forms.resolution.add_error(None, error.message)
        else:
            messages.success(
                request, f"La délibération n° {resolution.number} est enregistrée. Préparez maintenant les lettres."
            )
            return redirect("decisions:call", slug=call.slug)
    context = {
        "call": call,
        "forms": forms,
        "errors": forms.errors() if request.method == "POST" else [],
        "obstacle": resolution_obstacle(call, by=request.user),
        "sat_on": jury_sat_on(call),
        "secondary": [{"label": "Revenir aux décisions", "url": reverse("decisions:call", args=[call.slug])}],
        "already_awarded": awarded_in_force(applications, [each.application for each in suggestions]),
        **navigation.space(call, "decisions:call"),
    }
    return render(request, "aap/decisions/resolution.html", context, status=422 if context["errors"] else 200)

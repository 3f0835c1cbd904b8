"""Declare an application irrecevable or inéligible, under a delegation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from aap.applications.models import Application
from aap.decisions import navigation
from aap.decisions.forms import AdmissibilityForm
from aap.decisions.services import declare_inadmissible
from aap.errors import DomainError
from aap.people.access import officer_required


@officer_required
def declare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Prefilled from the points found unmet; the letter waits for its own batch."""
    visible = Application.objects.visible_to(request.user).select_related("call", "organisation")
    application = get_object_or_404(visible, public_id=public_id)
    form = AdmissibilityForm(request.POST if request.method == "POST" else None, application=application, user=request.user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            declare_inadmissible(
                application,
                outcome=typed["outcome"],
                reason=typed["reason"],
                article=typed["article"],
                delegation=form.delegation_chosen(),
                by=request.user,
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "La décision est enregistrée. La structure la lira quand sa lettre sera publiée.")
            return redirect("decisions:call", slug=application.call.slug)
    back = reverse("desk:application", args=[public_id])
    context = {
        "application": application,
        "form": form,
        "secondary": [{"label": "Revenir au dossier", "url": back}],
        **navigation.space(application.call),
    }
    return render(request, "aap/decisions/declare_inadmissible.html", context, status=422 if form.errors else 200)

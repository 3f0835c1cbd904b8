"""The grid: read when frozen, edited before the first score."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from aap.errors import DomainError
from scoring import navigation
from scoring.grids.forms import CriterionFormSet, initial_of
from scoring.grids.selectors import current_grid
from scoring.grids.services import write_grid
from scoring.panels.views import panel_or_404, require_secretariat

WORDS = {
    "missing_management_form": "La page est arrivée incomplète. Rechargez-la, puis enregistrez de nouveau.",
    "too_many_forms": "Une grille a au plus 20 critères.",
}


@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """The criteria of the call, their weights, the sentence of each level."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    found = current_grid(panel.call)
    formset = CriterionFormSet(
        request.POST or None,
        initial=initial_of(found),
        prefix="c",
        form_kwargs={"label_suffix": ""},
        error_messages=WORDS,
    )
    problem = ""
    if request.method == "POST" and formset.is_valid():
        try:
            write_grid(panel.call, by=request.user, criteria=[draft for form in formset if (draft := form.draft())])
            messages.success(request, "Grille enregistrée.")
            return redirect("scoring:grid", slug)
        except DomainError as error:
            problem = error.message
    elif request.method == "POST":
        problem = " ".join(formset.non_form_errors()) or "La grille n’est pas enregistrée : des réponses sont à revoir."
    criteria = list(found.criteria.all()) if found else []
    context = {
        "panel": panel,
        "grid": found,
        "criteria": criteria,
        "total": sum(criterion.weight for criterion in criteria),
        "formset": formset,
        "problem": problem,
        "editable": not (found and found.frozen_at) and not panel.closed_at,
        **navigation.secretariat(panel, "grid"),
    }
    return render(request, "scoring/grids/grid.html", context, status=422 if problem or formset.is_bound else 200)

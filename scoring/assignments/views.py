"""The matrix of assignments."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from aap.errors import DomainError
from scoring import navigation
from scoring.assignments import services
from scoring.assignments.forms import MatrixForm, name
from scoring.assignments.models import Assignment
from scoring.assignments.selectors import Matrix, is_blind, matrix_of
from scoring.panels.views import panel_or_404, require_secretariat


@require_http_methods(["GET", "POST"])
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Applications by jurors, boxes to tick."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    found = matrix_of(panel, request.user)
    form = MatrixForm(request.POST or None, matrix=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = _apply(form, request)
            messages.success(request, "Affectations enregistrées." if changed else "Rien n’a changé.")
            return redirect("scoring:assignments", slug)
        except DomainError as error:
            form.add_error(None, error.message)
    context = {
        "panel": panel,
        "form": form,
        "lines": _lines(found, form),
        "heads": [{"juror": juror, "load": found.loads[juror.pk]} for juror in found.jurors],
        "seen": " ".join(_ticked(found)),
        "blind": is_blind(request.user, panel),
        **navigation.secretariat(panel, "assignments"),
    }
    return render(request, "scoring/assignments/matrix.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _apply(form: MatrixForm, request: HttpRequest) -> int:
    add, remove = form.changes()
    for each in remove:
        juror, application = form.pairs[each]
        assignment = Assignment.objects.filter(juror=juror, application=application).first()
        if assignment:
            services.unassign(assignment, by=request.user)
    for each in add:
        juror, application = form.pairs[each]
        services.assign(juror, application, by=request.user)
    return len(add) + len(remove)


def _ticked(found: Matrix) -> list[str]:
    return [
        name(row.application.public_id.hex, cell.juror.public_id.hex)
        for row in found.rows
        for cell in row.cells
        if cell.assigned
    ]


def _lines(found: Matrix, form: MatrixForm) -> list[dict]:
    """What the template draws; after a refusal, the boxes as they were ticked."""
    ticked = set(form.data.getlist("pair")) if form.is_bound else set(_ticked(found))
    return [
        {
            "row": row,
            "boxes": [
                {
                    "cell": cell,
                    "name": (value := name(row.application.public_id.hex, cell.juror.public_id.hex)),
                    "checked": value in ticked,
                }
                for cell in row.cells
            ],
        }
        for row in found.rows
    ]

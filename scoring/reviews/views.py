"""The juror's pages: what there is to score, and the ballot beside the application."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aap import clock
from aap.applications.states import State
from aap.errors import DomainError
from aap.files.responses import private_file
from aap.people.models import Role
from scoring import navigation
from scoring.assignments.models import Assignment
from scoring.grids.selectors import current_grid
from scoring.panels.rules import may_manage
from scoring.reviews import services
from scoring.reviews.forms import HandInForm, ReviewForm
from scoring.reviews.models import Review
from scoring.reviews.reading import documents_of, readable_document, sections_of
from scoring.reviews.rules import missing
from scoring.reviews.selectors import following, own_assignments, own_note, seats_of

CHANGED = "Cette évaluation a changé depuis que cette page est ouverte. La voici à jour : relisez-la avant de la remettre."


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """« Mes dossiers »: each jury of the person, what is left to declare, then to score."""
    seats = seats_of(request.user)
    if not seats:
        if may_manage(request.user):
            return redirect("scoring:secretariat")
        if not request.user.has_role(Role.JUROR, Role.CHAIR):
            raise PermissionDenied
    panel = seats[0].juror.panel if len(seats) == 1 else None
    chair = panel is not None and seats[0].juror.is_chair
    return render(request, "scoring/reviews/home.html", {"seats": seats, **navigation.juror("home", panel, chair=chair)})


@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The application and the ballot, side by side."""
    assignment = _own_or_404(request, public_id)
    if request.method == "POST":
        return _save(request, assignment)
    if not _is_open(assignment):
        return _read_only(request, assignment)
    return render(request, "scoring/reviews/score.html", _context(request, assignment, _form(assignment)))


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Read again, then hand in: it is final."""
    assignment = _own_or_404(request, public_id)
    review = _review(assignment)
    if review is None or not _is_open(assignment) or missing(review):
        return redirect("scoring:review", public_id)
    form, problem = HandInForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(assignment, by=request.user, **form.cleaned_data)
            messages.success(request, f"Évaluation remise : {assignment.application.organisation}.")
            return _to_following(request, assignment)
        except services.StaleReview:
            problem = CHANGED
        except DomainError as error:
            problem = error.message
    elif request.method == "POST":
        problem = CHANGED
    context = _context(request, assignment, _form(assignment)) | {
        "juror": assignment.juror,
        "note": own_note(review),
        "problem": problem,
    }
    return render(request, "scoring/reviews/hand_in.html", context, status=422 if problem else 200)


@require_POST
def autosave(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Called by the page a moment after each change: says when the draft was saved, or why it was not."""
    assignment = _own_or_404(request, public_id)
    form = _form(assignment, request.POST)
    context: dict[str, Any] = {"assignment": assignment}
    if form.is_valid():
        try:
            review = services.save_draft(
                assignment, by=request.user, entries=form.entries(), appreciation=form.cleaned_data["appreciation"],
                edit_version=form.cleaned_data["edit_version"],
            )  # fmt: skip
            context |= {"saved_at": timezone.localtime(clock.now()), "edit_version": review.edit_version}
        except DomainError as error:
            context["problem"] = error.message
    else:
        context["problem"] = form.first_problem()
    return render(request, "scoring/reviews/_saved.html", context)


@require_GET
def document(request: HttpRequest, public_id: Any) -> FileResponse:
    """A supporting document, for whoever may see its application."""
    found = readable_document(request.user, public_id)
    if found is None:
        raise Http404
    return private_file(found.file, name=found.original_name, content_type=found.content_type)


def _save(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    form = _form(assignment, request.POST)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            review = services.save_draft(
                assignment, by=request.user, entries=form.entries(), appreciation=form.cleaned_data["appreciation"],
                edit_version=form.cleaned_data["edit_version"],
            )  # fmt: skip
            return _after_saving(request, assignment, review, form)
        except services.StaleReview as error:
            context = {"stale": _form(assignment, None, error.review), "conflict": error.message}
            _carry_version(form, error.review)
        except services.ApplicationGone as error:
            return _read_only(request, assignment, form=form, problem=error.message)
        except DomainError as error:
            form.add_error(None, error.message)
    return render(request, "scoring/reviews/score.html", _context(request, assignment, form) | context, status=422)


def _after_saving(request: HttpRequest, assignment: Assignment, review: Review, form: ReviewForm) -> HttpResponse:
    name = assignment.application.organisation
    if "submit" in request.POST:
        problems = missing(review)
        if not problems:
            return redirect("scoring:hand_in", assignment.public_id)
        _carry_version(form, review)
        form.add_problems(problems)
        context = _context(request, assignment, form) | {"incomplete": services.INCOMPLETE}
        return render(request, "scoring/reviews/score.html", context, status=422)
    messages.success(request, f"Brouillon enregistré : {name}.")
    if "next" in request.POST:
        return _to_following(request, assignment)
    return redirect("scoring:review", assignment.public_id)


def _to_following(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    after = following(assignment)
    if after is None:
        messages.info(request, "Il ne reste aucun autre dossier à noter.")
        return redirect("scoring:home")
    return redirect("scoring:review", after.public_id)


def _own_or_404(request: HttpRequest, public_id: Any) -> Assignment:
    assignment = own_assignments(request.user).filter(public_id=public_id).first()
    if assignment is None:
        raise Http404
    return assignment


def _review(assignment: Assignment) -> Review | None:
    return getattr(assignment, "review", None)


def _is_open(assignment: Assignment) -> bool:
    review = _review(assignment)
    submitted = review is not None and review.state == Review.State.SUBMITTED
    return not submitted and assignment.application.state == State.ADMISSIBLE and not assignment.juror.panel.closed_at


def _form(assignment: Assignment, data: Any = None, review: Review | None = None) -> ReviewForm:
    review = review or _review(assignment)
    grid = review.grid if review else current_grid(assignment.application.call)
    return ReviewForm(data, criteria=list(grid.criteria.all()) if grid else [], review=review)


def _carry_version(form: ReviewForm, review: Review) -> None:
    """The next save of this page is about what is stored now: its reader has been told."""
    form.data = form.data.copy()
    form.data["edit_version"] = review.edit_version


def _context(request: HttpRequest, assignment: Assignment, form: ReviewForm) -> dict[str, Any]:
    application, review = assignment.application, _review(assignment)
    version = review.version_read if review else application.versions.order_by("-number").first()
    return {
        "assignment": assignment,
        "application": application,
        "review": review,
        "form": form,
        "sections": sections_of(application, version),
        "documents": documents_of(application, version, request.user),
        "following": following(assignment),
        "breadcrumbs": [
            {"label": "Mes dossiers", "url": reverse("scoring:home")},
            {"label": str(application.organisation), "url": ""},
        ],
    }


def _read_only(request: HttpRequest, assignment: Assignment, form: ReviewForm | None = None, problem: str = "") -> HttpResponse:
    """What the juror wrote, for memory: the review is handed in, or the application left the jury."""
    context = _context(request, assignment, form or _form(assignment)) | {"problem": problem}
    if assignment.application.state == State.WITHDRAWN:
        # A withdrawn application is nobody's to read any more: only the juror's own words remain.
        context |= {"sections": [], "documents": [], "withdrawn": True}
    return render(request, "scoring/reviews/read.html", context, status=422 if problem else 200)

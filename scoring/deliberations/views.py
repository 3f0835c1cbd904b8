"""The ranking, the sitting, the minutes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aap.decisions.rules import hidden_count
from aap.errors import DomainError
from aap.files.responses import private_file
from scoring import navigation
from scoring.deliberations import services
from scoring.deliberations.board import Board, board_of
from scoring.deliberations.documents import context as minutes_context
from scoring.deliberations.documents import render as render_minutes
from scoring.deliberations.forms import AttendanceForm, OpinionForm, SittingForm
from scoring.deliberations.minutes import without
from scoring.deliberations.models import Minutes, Sitting
from scoring.deliberations.rules import may_read_minutes, ranking_access
from scoring.deliberations.selectors import hidden_identifiers, proposals, ranking_for
from scoring.panels.models import Panel
from scoring.panels.rules import may_manage
from scoring.panels.selectors import juror_of
from scoring.panels.views import panel_or_404, require_secretariat


@require_GET
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking, for the secretariat and the chair."""
    panel = panel_or_404(slug)
    closed = _closed_door(request, panel, "ranking")
    if closed:
        return closed
    found = ranking_for(panel, request.user)
    proposed = proposals(found, panel.call)
    context = {
        "panel": panel,
        "ranking": found,
        "proposed": proposed,
        "hidden": hidden_count(request.user, panel.call),
        "last_funded": list(proposed.proposals)[-1] if proposed.proposals else None,
        **navigation.for_person(request.user, panel, "ranking"),
    }
    return render(request, "scoring/deliberations/ranking.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The date and place of the sitting."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    form = SittingForm(request.POST or None, instance=_planned(panel), label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_sitting(panel, by=request.user, **form.cleaned_data)
            messages.success(request, "La séance est fixée.")
            return redirect("scoring:sitting", slug)
        except DomainError as error:
            form.add_error(None, error.message)
    context = {"panel": panel, "form": form, **navigation.secretariat(panel, "sitting")}
    return render(request, "scoring/deliberations/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sitting(request: HttpRequest, slug: str) -> HttpResponse:
    """The opinions, row by row or together, under the envelope."""
    panel = panel_or_404(slug)
    closed = _closed_door(request, panel, "sitting")
    if closed:
        return closed
    minutes = Minutes.objects.filter(sitting__panel=panel).first()
    if minutes:
        return redirect("scoring:minutes", minutes.public_id)
    found = _planned(panel)
    if found is None:
        context = {
            "panel": panel,
            "may_plan": may_manage(request.user),
            **navigation.for_person(request.user, panel, "sitting"),
        }
        return render(request, "scoring/deliberations/no_sitting.html", context)
    found.panel = panel
    board = board_of(found, request.user, request.POST or None)
    if request.method == "POST":
        saved = _record(request, board)
        if not board.invalid:
            messages.success(request, _count(saved))
            return redirect("scoring:sitting", slug)
        return render(
            request, "scoring/deliberations/sitting.html", _sitting_context(request, board) | _faults(board, saved), status=422
        )
    return render(request, "scoring/deliberations/sitting.html", _sitting_context(request, board))


@require_POST
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits today."""
    panel = panel_or_404(slug)
    closed = _closed_door(request, panel, "sitting")
    if closed:
        return closed
    found = _planned_or_404(panel)
    form = AttendanceForm(request.POST, panel=panel)
    if not form.is_valid():
        return render(
            request,
            "scoring/deliberations/sitting.html",
            _sitting_context(request, board_of(found, request.user), form),
            status=422,
        )
    try:
        services.record_attendance(found, by=request.user, **form.cleaned_data)
        messages.success(request, "Présences enregistrées.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("scoring:sitting", slug)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, then freeze: the minutes are drawn up."""
    panel = panel_or_404(slug)
    closed = _closed_door(request, panel, "sitting")
    if closed:
        return closed
    minutes = Minutes.objects.filter(sitting__panel=panel).first()
    if minutes:
        return redirect("scoring:minutes", minutes.public_id)
    found = _planned_or_404(panel)
    problem = ""
    if request.method == "POST":
        try:
            drawn_up = services.close_sitting(found, by=request.user)
            messages.success(request, "La séance est close. Le procès-verbal est établi.")
            return redirect("scoring:minutes", drawn_up.public_id)
        except DomainError as error:
            problem = error.message
    context = {
        "panel": panel,
        "board": board_of(found, request.user),
        "problem": problem,
        **navigation.for_person(request.user, panel, "sitting"),
    }
    return render(request, "scoring/deliberations/close.html", context, status=422 if problem else 200)


@require_GET
def minutes(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The minutes on screen; whoever stepped aside reads a copy without what they did not attend."""
    found = _minutes_or_404(request, public_id)
    panel = found.sitting.panel
    content, partial = _copy(request, found)
    context = {
        "panel": panel,
        "found": found,
        **minutes_context(content, sha256=found.sha256, partial=partial),
        **navigation.for_person(request.user, panel, "sitting"),
    }
    return render(request, "scoring/deliberations/minutes.html", context)


@require_GET
def minutes_pdf(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The PDF of the minutes, or the reader's copy of it."""
    found = _minutes_or_404(request, public_id)
    name = f"proces-verbal-{found.sitting.panel.call.slug}.pdf"
    content, partial = _copy(request, found)
    if partial:
        response = HttpResponse(render_minutes(content, sha256=found.sha256, partial=True), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response
    if not found.pdf:
        messages.info(request, "Le PDF est en préparation. Réessayez dans quelques secondes.")
        return redirect("scoring:minutes", found.public_id)
    return private_file(found.pdf, name=name, content_type="application/pdf", inline=True)


def _record(request: HttpRequest, board: Board) -> int:
    """Record each valid row, or the one whose button was pressed; refusals are shown in their row."""
    only, saved = request.POST.get("only"), 0
    carried: list[OpinionForm] = []
    for form in board.forms:
        if only and only != form.prefix:
            continue
        if not form.is_valid() or not form.cleaned_data["avis"]:
            continue
        try:
            services.record_opinion(
                board.sitting, form.application, by=request.user, seen=form.seen_at, check_seen=True, **form.values()
            )
            saved += 1
            carried.append(form)
        except services.StaleOpinion as error:
            form.add_error(None, error.message)
            carried.append(form)
        except DomainError as error:
            form.add_error(None, error.message)
    if board.invalid:
        board.reread(carried)
    return saved


def _count(saved: int) -> str:
    if not saved:
        return "Aucun avis à enregistrer."
    return "Avis enregistré." if saved == 1 else f"{saved} avis enregistrés."


def _faults(board: Board, saved: int) -> dict[str, Any]:
    """What was saved all the same, and a link to each row that was not."""
    wrong = len(board.invalid)
    done = "Aucun avis enregistré" if not saved else "1 avis enregistré" if saved == 1 else f"{saved} avis enregistrés"
    return {
        "faults_title": f"{done}, {wrong} à corriger",
        "faults": [
            {
                "text": f"{form.application.organisation} : {next(iter(form.errors.values()))[0]}",
                "href": f"#dossier-{form.prefix}",
            }
            for form in board.invalid
        ],
    }


def _sitting_context(request: HttpRequest, board: Board, attendance_form: AttendanceForm | None = None) -> dict[str, Any]:
    found = board.sitting
    return {
        "panel": found.panel,
        "sitting": found,
        "board": board,
        "attendance": attendance_form
        or AttendanceForm(
            panel=found.panel, initial={"present": list(found.present.values_list("pk", flat=True)), "remarks": found.remarks}
        ),
        "may_plan": may_manage(request.user),
        **navigation.for_person(request.user, found.panel, "sitting"),
    }


def _closed_door(request: HttpRequest, panel: Panel, page: str) -> HttpResponse | None:
    """A page that says what to finish first, for whoever may see the ranking but not yet; 403 or 404 for the others."""
    access = ranking_access(request.user, panel)
    if not access.concerned:
        if juror_of(request.user, panel) is None:
            raise Http404
        raise PermissionDenied
    if access.open:
        return None
    context = {
        "panel": panel,
        "access": access,
        "interests_url": reverse("scoring:interests", args=[panel.call.slug]),
        **navigation.for_person(request.user, panel, page),
    }
    return render(request, "scoring/deliberations/not_yet.html", context, status=403)


def _planned(panel: Panel) -> Sitting | None:
    found = panel.sittings.filter(state=Sitting.State.PLANNED).first()
    if found:
        found.panel = panel
    return found


def _planned_or_404(panel: Panel) -> Sitting:
    found = _planned(panel)
    if found is None:
        raise Http404
    return found


def _minutes_or_404(request: HttpRequest, public_id: Any) -> Minutes:
    found = get_object_or_404(Minutes.objects.select_related("sitting__panel__call"), public_id=public_id)
    if not may_manage(request.user) and juror_of(request.user, found.sitting.panel) is None:
        raise Http404
    if not may_read_minutes(request.user, found.sitting):
        raise PermissionDenied
    return found


def _copy(request: HttpRequest, found: Minutes) -> tuple[dict[str, Any], bool]:
    hidden = hidden_identifiers(found.sitting.panel, request.user)
    return (without(found.content, hidden), True) if hidden else (found.content, False)

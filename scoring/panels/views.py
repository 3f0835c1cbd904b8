"""Who sits in a jury, and what each declares."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from aap.calls.models import Call
from aap.errors import DomainError
from scoring import navigation
from scoring.panels import services
from scoring.panels.forms import InterestForm, JurorForm, PanelForm
from scoring.panels.models import InterestDeclaration, Juror, Panel
from scoring.panels.rules import may_manage
from scoring.panels.seating import Seating, is_own_address, seating_of
from scoring.panels.selectors import interest_rows, juror_of


def require_secretariat(request: HttpRequest) -> None:
    """403 for a signed-in person who is not of the examining service."""
    if not may_manage(request.user):
        raise PermissionDenied


def panel_or_404(slug: str) -> Panel:
    return get_object_or_404(Panel.objects.select_related("call"), call__slug=slug)


@require_POST
def open_panel(request: HttpRequest, slug: str) -> HttpResponse:
    """Create the jury of a call."""
    require_secretariat(request)
    services.open_panel(get_object_or_404(Call, slug=slug), by=request.user)
    return redirect("scoring:members", slug)


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """The members of a jury; add one, after a confirmation when it has consequences that do not show."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    form = JurorForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        seating = _to_confirm(request, panel, form)
        if seating:
            context = {"panel": panel, "form": form, "seating": seating, **navigation.secretariat(panel, "members")}
            return render(request, "scoring/panels/confirm_seat.html", context)
        try:
            juror = services.add_juror(panel, by=request.user, **form.cleaned_data)
            messages.success(request, f"{juror} est membre du jury et vient de recevoir un message.")
            return redirect("scoring:members", slug)
        except DomainError as error:
            form.add_error("email", error.message)
    jurors = panel.jurors.select_related("user")
    context = {"panel": panel, "form": form, "jurors": jurors, **navigation.secretariat(panel, "members")}
    return render(request, "scoring/panels/members.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, public_id: Any) -> HttpResponse:
    """Ask, then take back an unused seat."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    juror = get_object_or_404(panel.jurors.select_related("user"), public_id=public_id)
    problem = ""
    if request.method == "POST":
        name = str(juror)
        try:
            services.remove_juror(juror, by=request.user)
            messages.success(request, f"{name} n’est plus membre du jury.")
            return redirect("scoring:members", slug)
        except DomainError as error:
            problem = error.message
    context = {"panel": panel, "juror": juror, "problem": problem, **navigation.secretariat(panel, "members")}
    return render(request, "scoring/panels/remove.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Reviews wanted per application, and when they are due."""
    require_secretariat(request)
    panel = panel_or_404(slug)
    form = PanelForm(request.POST or None, instance=Panel.objects.get(pk=panel.pk), label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            services.set_up(panel, by=request.user, **form.cleaned_data)
            messages.success(request, "Réglages enregistrés.")
            return redirect("scoring:secretariat_call", slug)
        except DomainError as error:
            form.add_error(None, error.message)
    context = {"panel": panel, "form": form, **navigation.secretariat(panel, "overview")}
    return render(request, "scoring/panels/settings.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def interests(request: HttpRequest, slug: str) -> HttpResponse:
    """The juror's first screen for a call: names, SIRET and communes only, before anything else."""
    panel = panel_or_404(slug)
    juror = juror_of(request.user, panel)
    if juror is None:
        raise Http404
    form = InterestForm(request.POST or None, rows=interest_rows(juror))
    if request.method == "POST" and form.is_valid():
        try:
            aside = _declare(juror, form)
            messages.success(request, _thanks(aside))
            return redirect("scoring:home")
        except DomainError as error:
            form.add_error(None, error.message)
    context = {
        "panel": panel,
        "form": form,
        "left": sum(not row.answer for row in form.interest_rows),
        **navigation.juror("interests", panel, chair=juror.is_chair),
    }
    return render(request, "scoring/panels/interests.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _declare(juror: Juror, form: InterestForm) -> int:
    aside = 0
    for row, answer, detail in form.declarations():
        for application in row.applications:
            services.declare(juror, application, by=juror.user, answer=answer, detail=detail)
        aside += answer == InterestDeclaration.Answer.INTEREST
    return aside


def _thanks(aside: int) -> str:
    if not aside:
        return "Vos déclarations sont enregistrées."
    recused = "Vous êtes en déport pour une structure" if aside == 1 else f"Vous êtes en déport pour {aside} structures"
    return f"Vos déclarations sont enregistrées. {recused} : vous n’en verrez plus rien."


def _to_confirm(request: HttpRequest, panel: Panel, form: JurorForm) -> Seating | None:
    """What the officer must confirm before this seat is given; None when nothing is hidden in it, or it was confirmed."""
    data = form.cleaned_data
    if "confirm" in request.POST or is_own_address(data["email"], request.user):
        return None
    seating = seating_of(panel, data["email"], is_chair=data["is_chair"], by=request.user)
    seated = seating.user is not None and panel.jurors.filter(user=seating.user).exists()
    return seating if seating.surprising and not seated else None

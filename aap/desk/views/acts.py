"""The acts of an officer on one application: each connects a form, a service and a way back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from aap.applications.models import Application
from aap.desk.forms import ChecklistForm, OfficerForm
from aap.desk.panels import panel
from aap.desk.views.dossier import back_query, find, render_dossier
from aap.errors import DomainError
from aap.examination import services
from aap.examination.selectors import checklist
from aap.people.access import officer_required


def _back(request: HttpRequest, found: Application, anchor: str = "") -> HttpResponse:
    return redirect(reverse("desk:application", args=[found.public_id]) + back_query(request, found) + anchor)


@require_POST
@officer_required
def start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = find(request, public_id)
    try:
        services.start_examination(found, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"L’instruction du dossier {found.number} est commencée.")
    return _back(request, found)


@require_POST
@officer_required
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Save the findings together. Refused, the page comes back with everything that was typed."""
    found = find(request, public_id)
    form = ChecklistForm(checklist(found), request.POST)
    if not form.is_valid():
        return render_dossier(request, found, form=form, status=422)
    try:
        now = services.record_checks(found, form.findings(), by=request.user, seen=form.cleaned_data["stamp"])
    except DomainError as error:
        return _refused(request, public_id, error.message)
    # What is left is said by the panel, just below.
    ready = " Tous les points sont conformes : vous pouvez déclarer le dossier recevable." if now.all_met else ""
    messages.success(request, f"Constats enregistrés.{ready}")
    return _back(request, found)


def _refused(request: HttpRequest, public_id: UUID, refusal: str) -> HttpResponse:
    """The page as it now is, with what was typed, and the stamp of now: saving again is then a choice, made knowingly."""
    found = find(request, public_id)
    now = checklist(found)
    typed = request.POST.copy()
    typed["stamp"] = now.stamp
    return render_dossier(request, found, form=ChecklistForm(now, typed), refusal=refusal, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def declare_admissible(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what « recevable » entails, then declare it."""
    found = find(request, public_id)
    if request.method == "POST":
        try:
            services.declare_admissible(found, by=request.user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"Le dossier {found.number} est recevable.")
        return _back(request, found)
    now = panel(found, checklist(found))
    if now.act != "declare":
        messages.error(request, now.text)
        return _back(request, found)
    context = {
        "application": found,
        "back": reverse("desk:application", args=[found.public_id]) + back_query(request, found),
        "consequences": [
            "Le dossier passe devant le jury.",
            "Les constats ne changent plus.",
            "La structure continue de lire « en cours d’examen » : aucun message ne part.",
        ],
    }
    return render(request, "aap/desk/declare_admissible.html", context)


@require_POST
@officer_required
def assign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the application to someone to follow."""
    found = find(request, public_id)
    form = OfficerForm(found, request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez une personne de la liste.")
        return _back(request, found)
    officer = form.cleaned_data["officer"]
    try:
        services.assign_officer(found, officer, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Le dossier est suivi par {officer}." if officer else "Plus personne ne suit ce dossier.")
    return _back(request, found)

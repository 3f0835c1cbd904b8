"""The page of one application."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aap.applications.models import Application
from aap.desk import tables
from aap.desk.forms import ChecklistForm, ListForm, OfficerForm
from aap.desk.panels import panel
from aap.desk.selectors import dossier, listing
from aap.desk.selectors.timeline import timeline
from aap.examination.hints import rate_of
from aap.examination.rules import may_check
from aap.examination.selectors import checklist
from aap.files.responses import private_file
from aap.money import percent
from aap.organisations.rules import spaced_siret
from aap.people.access import officer_required


def find(request: HttpRequest, public_id: UUID) -> Application:
    """The application, or 404 when the person may not see it."""
    found = dossier.application_for(request.user, public_id)
    if found is None:
        raise Http404("Ce dossier n’existe pas.")
    return found


@require_safe
@officer_required
def application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return render_dossier(request, find(request, public_id))


def render_dossier(
    request: HttpRequest, found: Application, *, form: ChecklistForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page, with the findings as they are or, after a refusal, as they were typed."""
    points = form.checklist if form else checklist(found)
    query = ListForm(found.call, request.GET).query()
    others = dossier.other_applications(found, request.user)
    pieces = dossier.documents(found)
    encoded = query.encoded()
    suffix = f"?{encoded}" if encoded else ""
    context: dict[str, Any] = {
        "breadcrumbs": [
            {"label": "Instruction", "url": reverse("desk:home")},
            {"label": found.call.title, "url": reverse("desk:call", args=[found.call.slug]) + suffix},
            {"label": found.number},
        ],
        "application": found,
        "tone": tables.tone(found.state),
        "rate": percent(rate_of(found)),
        "siret": spaced_siret(found.organisation.siret),
        "checklist": points,
        "editable": may_check(found),
        "form": form or ChecklistForm(points),
        "refusals": [{"text": refusal}, {"text": "Revoir ma saisie", "href": "#verification"}] if refusal else [],
        "panel": panel(found, points),
        "answers": dossier.answers(found),
        "documents": pieces,
        "others": [
            {"application": each.application, "granted": each.granted, "tone": tables.tone(each.application.state)}
            for each in others
        ],
        "granted_total": dossier.granted_total(others),
        "events": timeline(found),
        "officer_form": OfficerForm(found),
        "neighbours": listing.neighbours(found, query, request.user),
        "suffix": suffix,
        "space_title": f"Dossier {found.number}",
        "space_nav": _sections(points.checked_count, len(points.points), sum(len(each.given) for each in pieces)),
    }
    return render(request, "aap/desk/dossier.html", context, status=status)


def _sections(checked: int, points: int, files: int) -> list[dict[str, Any]]:
    """The way around the page."""
    return [
        {"label": "Réponses", "url": "#reponses"},
        {"label": "Budget", "url": "#budget"},
        {"label": "Pièces", "url": "#pieces", "count": files},
        {"label": "Structure", "url": "#structure"},
        {"label": "Vérification", "url": "#verification", "count": f"{checked}/{points}"},
        {"label": "Historique", "url": "#historique"},
    ]


@require_safe
@officer_required
def document(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponseBase:
    """One supporting document, for who examines the application."""
    found = find(request, public_id).documents.filter(public_id=document_id, removed_at=None).first()
    if found is None:
        raise Http404("Cette pièce n’existe pas ou a été remplacée.")
    try:
        return private_file(found.file, name=found.original_name, content_type=found.content_type)
    except FileNotFoundError as error:
        raise Http404("Le fichier de cette pièce est introuvable. Signalez-le à l’administration du site.") from error


def back_query(request: HttpRequest, found: Application) -> str:
    """The list from which the application was opened, to stay in it from one act to the next."""
    encoded = ListForm(found.call, request.GET).query().encoded()
    return f"?{encoded}" if encoded else ""

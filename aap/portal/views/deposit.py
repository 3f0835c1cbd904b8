"""Deposit, receipt, papers, withdrawal."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aap.applications import documents, services
from aap.applications.errors import IncompleteError
from aap.applications.models import Application, Receipt
from aap.applications.outcomes import released_outcomes
from aap.applications.papers import BusyError
from aap.applications.states import State
from aap.errors import DomainError
from aap.files.responses import private_file
from aap.organisations.navigation import applicant_nav
from aap.portal.access import own_application, writable_application
from aap.portal.navigation import crumbs, name_of
from aap.portal.views.review import review_page


@require_POST
def submit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Deposit. A second click arrives at the same receipt."""
    application = writable_application(request, public_id)
    try:
        services.submit(application, by=request.user, arrived_at=request.arrived_at)
    except IncompleteError as error:
        return review_page(request, application, problems=error.problems, status=422)
    except DomainError as error:
        application.refresh_from_db()
        if application.state == State.DRAFT:
            return review_page(request, application, refusal=error.message, status=409)
        messages.error(request, error.message)
        return redirect("portal:application", public_id=public_id)
    return redirect("portal:receipt", public_id=public_id)


@require_safe
def receipt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The receipt, shown at once: its PDF may still be in the making."""
    found = _receipt(request, public_id)
    context = {
        **documents.receipt_context(found),
        "breadcrumbs": crumbs(found.application, "Récépissé de dépôt"),
        **applicant_nav("applications"),
    }
    return render(request, "aap/portal/receipt.html", context)


@require_safe
def receipt_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The receipt as a PDF; rendered now when the worker has not done it yet."""
    found = services.ensure_receipt_pdf(_receipt(request, public_id))
    return private_file(found.pdf, name=f"recepisse-{found.application.number}.pdf", content_type="application/pdf")


@require_safe
def application_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The whole application as a PDF, draft or deposited."""
    application = own_application(request, public_id)
    try:
        data = documents.application_pdf(application, by=request.user)
    except BusyError as error:
        return _busy(request, application, error.message)
    response = HttpResponse(data, content_type="application/pdf")
    name = f"dossier-{application.number or 'brouillon'}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _busy(request: HttpRequest, application: Application, text: str) -> HttpResponse:
    context = {
        "name": name_of(application),
        "text": text,
        "again": request.path,
        "back": reverse("portal:application", args=[application.public_id]),
        "breadcrumbs": crumbs(application, "PDF en préparation"),
    }
    response = render(request, "aap/portal/pdf_busy.html", context, status=429)
    response["Retry-After"] = "5"
    return response


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take the application back, after a confirmation that says what it means."""
    application = writable_application(request, public_id)
    draft = application.state == State.DRAFT
    if request.method == "POST":
        try:
            services.withdraw(application, by=request.user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "Votre brouillon est abandonné." if draft else "Votre dossier est retiré.")
        return redirect("portal:application", public_id=public_id)
    if application.state == State.WITHDRAWN or released_outcomes([application.pk]):
        return redirect("portal:application", public_id=public_id)
    consequences = ["Il ne sera plus examiné et ne pourra pas recevoir de subvention.", "Vous pourrez toujours le relire."]
    if draft:
        consequences = [
            "Vous ne pourrez plus le modifier ni le déposer.",
            "Vous pourrez en commencer un autre jusqu’à la clôture de l’appel.",
        ]
    context = {
        "application": application,
        "name": name_of(application),
        "heading": "Abandonner ce brouillon" if draft else "Retirer le dossier",
        "question": "Abandonner ce brouillon pour de bon\u00a0?" if draft else "Retirer ce dossier pour de bon\u00a0?",
        "consequences": [*consequences, "Ce geste ne s’annule pas."],
        "back": reverse("portal:application", args=[public_id]),
        "breadcrumbs": crumbs(application, "Abandonner ce brouillon" if draft else "Retirer le dossier"),
    }
    return render(request, "aap/portal/withdraw.html", context)


def _receipt(request: HttpRequest, public_id: uuid.UUID) -> Receipt:
    application = own_application(request, public_id)
    return get_object_or_404(
        Receipt.objects.select_related("version__deposited_by", "application__call", "application__organisation"),
        application=application,
    )

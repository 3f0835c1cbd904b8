"""The documents of an application: attach, read, take away."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aap import clock
from aap.applications import services
from aap.applications.models import Application, SupportingDocument
from aap.applications.rules import refusal_to_write
from aap.errors import DomainError
from aap.files.responses import private_file
from aap.portal.access import own_application, writable_application
from aap.portal.forms import DocumentForm
from aap.portal.navigation import crumbs, steps_nav
from aap.portal.selectors import requirement_blocks


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One block for each document that the call asks for. « Continuer » attaches what was chosen, then goes on."""
    application = writable_application(request, public_id)
    if request.method == "POST":
        forms = _sent(request, application)
        if _attach_all(request, application, forms):
            return redirect("portal:review", public_id=public_id)
        return _page(request, application, refused=forms)
    if closed := refusal_to_write(application, at=clock.now()):
        messages.info(request, closed)
        return redirect("portal:review", public_id=public_id)
    return _page(request, application)


@require_POST
def attach(request: HttpRequest, public_id: uuid.UUID, requirement_key: str) -> HttpResponse:
    """Keep the file of one block, and those chosen in the others: they came in the same request. Back to the block."""
    application = writable_application(request, public_id)
    get_object_or_404(application.call.document_requirements, key=requirement_key)
    forms = _sent(request, application, wanted=requirement_key)
    if _attach_all(request, application, forms):
        return redirect(f"{reverse('portal:documents', args=[public_id])}#piece-{requirement_key}")
    return _page(request, application, refused=forms)


def _sent(request: HttpRequest, application: Application, *, wanted: str = "") -> dict[str, DocumentForm]:
    """The form of each block in which a file was chosen, by key; and of the one for which a file was wanted."""
    forms = {
        requirement.key: DocumentForm(request.POST, request.FILES, requirement=requirement)
        for requirement in application.call.document_requirements.order_by("position", "pk")
    }
    return {key: form for key, form in forms.items() if key == wanted or form.add_prefix("file") in request.FILES}


def _attach_all(request: HttpRequest, application: Application, forms: dict[str, DocumentForm]) -> bool:
    """Keep each file; one that is refused never blocks the others. Whether all were kept."""
    for form in forms.values():
        if not form.is_valid():
            continue
        try:
            document = services.attach_document(application, form.requirement, form.cleaned_data["file"], by=request.user)
        except DomainError as error:
            form.add_error("file", error.message)
        else:
            messages.success(request, f"«\u00a0{document.original_name}\u00a0» est joint\u00a0: {form.requirement.label}.")
    return not any(form.errors for form in forms.values())


def _page(request: HttpRequest, application: Application, *, refused: dict[str, DocumentForm] | None = None) -> HttpResponse:
    blocks = []
    errors = []
    for block in requirement_blocks(application):
        key = block.requirement.key
        form = (refused or {}).get(key)
        if form is None or not form.errors:
            form = DocumentForm(requirement=block.requirement, another=bool(block.files))
        errors += [
            {"text": f"{block.requirement.label}\u00a0: {text}", "href": f"#{form['file'].id_for_label}"}
            for text in form.errors.get("file", [])
        ]
        blocks.append({"block": block, "form": form, "files": [_file(application, each) for each in block.files]})
    context = {
        "application": application,
        "call": application.call,
        "blocks": blocks,
        "errors": errors,
        "error_title": "Un fichier n’a pas été joint" if len(errors) == 1 else "Des fichiers n’ont pas été joints",
        "breadcrumbs": crumbs(application, "Pièces à joindre"),
        **steps_nav(application, "pieces"),
    }
    return render(request, "aap/portal/documents.html", context, status=422 if errors else 200)


def _file(application: Application, document: SupportingDocument) -> dict[str, object]:
    place = [application.public_id, document.public_id]
    return {
        "document": document,
        "download_url": reverse("portal:document", args=place),
        "remove_url": reverse("portal:remove_document", args=place),
    }


@require_safe
def download(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponseBase:
    """One file, to keep: never shown inside a page, whatever it holds."""
    application = own_application(request, public_id)
    document = get_object_or_404(application.documents, public_id=document_id)
    return private_file(document.file, name=document.original_name, content_type=document.content_type)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Take a file away, after a confirmation."""
    application = writable_application(request, public_id)
    document = get_object_or_404(
        application.documents.select_related("requirement"), public_id=document_id, removed_at__isnull=True
    )
    back = reverse("portal:documents", args=[public_id])
    if request.method == "POST":
        try:
            services.remove_document(document, by=request.user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"«\u00a0{document.original_name}\u00a0» est retiré du dossier.")
        return redirect(f"{back}#piece-{document.requirement.key}")
    context = {
        "application": application,
        "document": document,
        "back": back,
        "breadcrumbs": crumbs(application, "Retirer une pièce"),
    }
    return render(request, "aap/portal/remove_document.html", context)

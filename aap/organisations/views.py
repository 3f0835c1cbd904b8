"""« Ma structure »: what an applicant types once and never again."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from aap.errors import DomainError
from aap.organisations.forms import NewOrganisationForm, OrganisationForm
from aap.organisations.models import MemberRole, Organisation
from aap.organisations.navigation import applicant_nav
from aap.organisations.rights import may_edit_organisation
from aap.organisations.rules import spaced_siret
from aap.organisations.selectors import memberships_of, organisations_of
from aap.organisations.services import create_organisation, update_organisation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The organisations that the person is attached to."""
    memberships = [
        {"organisation": each.organisation, "rows": _rows(each.organisation), "may_edit": each.role != MemberRole.READER}
        for each in memberships_of(request.user)
    ]
    return render(request, "aap/organisations/home.html", {"memberships": memberships, **applicant_nav("organisations")})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Register an organisation, then go on with what one was doing."""
    form = NewOrganisationForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            create_organisation(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error("siret", error.message)
        else:
            messages.success(request, "Votre structure est enregistrée. Vous n’aurez plus à saisir ces informations.")
            return redirect(_next(request) or "organisations:home")
    return _form_page(request, form, {"next": _next(request)})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Correct what is known of an organisation."""
    organisation = get_object_or_404(organisations_of(request.user), public_id=public_id)
    if not may_edit_organisation(request.user, organisation):
        raise PermissionDenied("Votre rattachement à cette structure permet de lire, pas de modifier.")
    # A form writes what was typed on its instance, even refused: the page shows what is stored.
    form = OrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=organisation.pk))
    if request.method == "POST" and form.is_valid():
        try:
            update_organisation(organisation, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "Les informations de votre structure sont à jour.")
            return redirect(_next(request) or "organisations:home")
    context = {"organisation": organisation, "siret": spaced_siret(organisation.siret), "next": _next(request)}
    return _form_page(request, form, context)


def _form_page(request: HttpRequest, form: OrganisationForm, context: dict[str, Any]) -> HttpResponse:
    page = "aap/organisations/form.html"
    return render(
        request, page, {"form": form, **context, **applicant_nav("organisations")}, status=422 if form.errors else 200
    )


def _rows(organisation: Organisation) -> list[dict[str, Any]]:
    rows = [
        ("SIRET", spaced_siret(organisation.siret)),
        ("RNA", organisation.rna),
        ("Adresse", f"{organisation.address}\n{organisation.postcode} {organisation.city}"),
        (
            "Représentée par",
            f"{organisation.representative_title} {organisation.representative_name}\n{organisation.representative_role}",
        ),
        ("Adresse électronique", organisation.email),
        ("Téléphone", organisation.phone),
        ("Site web", organisation.website),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _next(request: HttpRequest) -> str:
    """Where the person was going, when it is an address of this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    # A path alone: « x » or « null » would be looked for among the names of our routes.
    return address if safe and address.startswith("/") else ""

"""A draft filled through the services, ready to be deposited."""

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from aap.applications import services
from aap.applications.models import Application
from aap.calls.models import Call
from aap.organisations.models import Organisation
from aap.people.models import User
from aap.territories.models import Commune
from tests.factories.calls import CallFactory, DocumentRequirementFactory, QuestionnaireVersionFactory, ThemeFactory
from tests.factories.organisations import MembershipFactory

BUDGET = {"achats": 4000, "personnel": 8000, "departement": 8000, "autres_produits": 4000}
ANSWERS = {
    "projet": {
        "titre": "Ateliers au village",
        "axe": "lieux",
        "commune": "84007",
        "description": "Des ateliers.\nChaque semaine.",
        "site": None,
    },
    "budget": {"budget": BUDGET},
    "attestations": {
        "cer": {"accepted": True, "text": "Je déclare exactes les informations.", "at": "2026-01-10T09:00:00+00:00"}
    },
}


def pdf_upload(name: str = "statuts.pdf") -> SimpleUploadedFile:
    """A real one-page PDF."""
    content = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(content)
    return SimpleUploadedFile(name, content.getvalue(), "application/pdf")


def open_call(**fields: object) -> Call:
    """An open call with its questionnaire, one axis, one compulsory document and one that is not."""
    call = CallFactory(**fields)
    ThemeFactory(call=call, key="lieux", title="Des lieux près de chez soi")
    QuestionnaireVersionFactory(call=call)
    DocumentRequirementFactory(call=call, key="statuts", label="Statuts", position=1)
    DocumentRequirementFactory(call=call, key="devis", label="Devis", required=False, multiple=True, position=2)
    Commune.objects.get_or_create(code="84007", defaults={"name": "Avignon", "sort_key": "avignon"})
    return call


def draft(call: Call | None = None, *, member: User | None = None, organisation: Organisation | None = None) -> Application:
    """An empty draft, started by `member` (made up with an organisation when not given)."""
    if organisation is None:
        organisation = MembershipFactory(**({"user": member} if member else {})).organisation
    return services.start(call or open_call(), organisation, by=member or organisation.memberships.first().user)


def complete_draft(
    call: Call | None = None, *, member: User | None = None, organisation: Organisation | None = None
) -> Application:
    """A draft to which nothing is missing."""
    application = draft(call, member=member, organisation=organisation)
    by = application.created_by
    for key, answers in ANSWERS.items():
        services.save_section(application, key, answers, by=by)
    services.attach_document(application, application.call.document_requirements.get(key="statuts"), pdf_upload(), by=by)
    return application

"""The two papers of an application: its receipt, and the application itself."""

from typing import Any

from django.template.loader import render_to_string

from aap.applications.deposited import ORGANISATION_FIELDS, current_documents
from aap.applications.models import Application, Receipt
from aap.applications.papers import kept_pdf
from aap.organisations.rules import spaced_siret
from aap.pdf.rendering import render_pdf
from aap.people.models import User
from aap.questionnaires.reading import readable

STYLES = ("css/pdf/applications.css",)


def receipt_pdf(receipt: Receipt) -> bytes:
    """The « récépissé de dépôt » (CRPA, articles R112-5 and R112-11-1)."""
    return render_pdf("pdf/applications/receipt.html", receipt_context(receipt), stylesheets=STYLES)


def application_pdf(application: Application, *, by: User | None = None) -> bytes:
    """The whole application: as deposited, or as it stands while it is a draft (and then it says so).

    `by` is who asks for it: raises papers.BusyError while another is rendered for the same person.
    """
    html = render_to_string("pdf/applications/application.html", application_context(application))
    return kept_pdf(application.public_id, html, stylesheets=STYLES, by=by)


def receipt_context(receipt: Receipt) -> dict[str, Any]:
    """What the page and the PDF of the receipt say."""
    application, content = receipt.application, receipt.version.content
    return {
        "receipt": receipt,
        "application": application,
        "call": application.call,
        "version": receipt.version,
        # As deposited: the organisation may have changed its name or its project's title since.
        "title": content["title"],
        "organisation": {**content["organisation"], "siret": spaced_siret(content["organisation"]["siret"])},
        "documents": content["documents"],
        "requested_amount": application.requested_amount,
        # Of a decision that nobody notifies: the time runs from its date. A call without that text has the letters' one.
        "remedies": application.call.silence_remedies_notice or application.call.remedies_notice,
    }


def application_context(application: Application) -> dict[str, Any]:
    """What the PDF of the application says; the deposited version when there is one."""
    version = application.versions.select_related("deposited_by").order_by("-number").first()
    definition = application.questionnaire_version.definition
    if version:
        content = version.content
        answers, documents = content.get("answers", {}), content.get("documents", [])
        organisation = content.get("organisation") or _organisation(application)
    else:
        answers = dict(application.answers.values_list("question_key", "value"))
        documents = [
            {"label": each.requirement.label, "name": each.original_name, "size": each.size, "sha256": each.sha256}
            for each in current_documents(application)
        ]
        organisation = _organisation(application)
    return {
        "application": application,
        "call": application.call,
        "version": version,
        "organisation": {**organisation, "siret": spaced_siret(organisation["siret"])},
        "sections": readable(definition, application.call, answers),
        "documents": documents,
    }


def _organisation(application: Application) -> dict[str, str]:
    return {name: getattr(application.organisation, name) for name in ORGANISATION_FIELDS}
